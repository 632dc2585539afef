"""Accounts one by one: who recommends us, who is in trouble, and in whose words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import pandas as pd

from amp.analysis.filters import Filters
from amp.analysis.joining import records
from amp.analysis.questions import Period, loyalty_question, period, questions
from amp.analysis.words import interval, number, plural
from amp.stats.clustered import Cells, cell_differences, cell_means
from amp.stats.estimate import NOTHING, Estimate
from amp.text.cleaning import clean, kind, masked
from amp.warehouse.engine import Engine

TROUBLE_MEAN: Final = 7.0  # a mean recommendation below the passives' lowest score
PROMOTING_MEAN: Final = 9.0
RECOMMENDING, CONTENT, IN_TROUBLE, TOO_FEW = "Recommending", "Content", "In trouble", "Too few to say"
LEVELS: Final = (RECOMMENDING, CONTENT, IN_TROUBLE, TOO_FEW)
# People inside the filters, by account and wave; where the filters leave out only a few of an account, nobody is heard.
_SCORED: Final = """
with scored as (
  select r.account_id, r.account_name, r.cluster, r.person, r.role, r.wave_order, cast(a.value as double) as score,
    case when (/*filters*/) then 1 else 0 end as inside
  from answers a
  join questions q on q.dataset_id = a.dataset_id and q.question_id = a.question_id
  join respondents r on r.dataset_id = a.dataset_id and r.response_id = a.response_id
  where a.status = 'answered' and q.kind = 'recommend' and q.question_key = $key and a.value between 0 and 10
    and a.value = floor(a.value) and r.wave_order between $first_wave and $last_wave
), sized as (
  select cluster, wave_order, count(distinct case when inside = 1 then person end) as people,
    count(distinct case when inside = 0 then person end) as others,
    count(distinct case when inside = 1 and role = 'decision_maker' then person end) as deciders
  from scored group by cluster, wave_order
), shown as (
  select * from sized where people >= $least and (others = 0 or others >= $least)
)
"""
_ACCOUNTS: Final = (
    _SCORED
    + """
select s.cluster, min(s.account_id) as account_id, min(s.account_name) as name,
  cast(max(c.revenue) as varchar) as amount,
  coalesce(min(c.tier_label), 'Untiered') as tier_label, coalesce(min(c.currency), '') as currency,
  count(distinct s.person) as people,
  case when max(n.deciders) >= $least then avg(case when s.role = 'decision_maker' then s.score end) end as deciders
from scored s left join accounts c on c.account_id = s.account_id
left join shown n on n.cluster = s.cluster and n.wave_order = s.wave_order
where s.wave_order = $last_wave and s.inside = 1
group by s.cluster
order by max(c.revenue) desc nulls last, name, s.cluster
"""
)
_ANSWERS: Final = (
    _SCORED
    + """
select s.cluster, s.wave_order, s.person, count(*) as n, sum(s.score) as total, sum(s.score * s.score) as squares
from scored s join shown n on n.cluster = s.cluster and n.wave_order = s.wave_order
where s.inside = 1 group by s.cluster, s.wave_order, s.person order by s.cluster, s.wave_order, s.person
"""
)
_QUOTES: Final = """
select cluster, said from (
  select r.cluster, a.comment as said, row_number() over (partition by r.cluster
    order by case when s.score <= 6 then 1 when s.score <= 8 then 2 else 3 end, length(a.comment) desc, a.comment
  ) as place
  from answers a
  join respondents r on r.dataset_id = a.dataset_id and r.response_id = a.response_id
  left join (
    select b.dataset_id, b.response_id, min(b.value) as score from answers b
    join questions q on q.dataset_id = b.dataset_id and q.question_id = b.question_id
    where q.kind = 'recommend' and b.status = 'answered' group by b.dataset_id, b.response_id
  ) s on s.dataset_id = a.dataset_id and s.response_id = a.response_id
  join (
    select cluster from respondents where wave_order = $place group by cluster having count(distinct person) >= $least
  ) e on e.cluster = r.cluster
  where a.comment is not null and length(trim(a.comment)) >= 15 and r.wave_order = $place
    and r.cluster in (/*clusters*/) and (/*filters*/)
) where place <= 5 order by cluster, place
"""


@dataclass(frozen=True, slots=True)
class AccountScore:
    """What one account said in the wave on show: the mean of 0 to 10 and its change, with intervals over its people.

    Below the minimum group there are no figures, and the account is TOO_FEW; above it `level` follows `trouble_rule`.
    """

    cluster: str
    account_id: str | None
    name: str
    revenue: Decimal | None
    currency: str
    tier_label: str
    people: int
    mean: Estimate
    change: Estimate
    level: str
    reason: str

    @property
    def in_trouble(self) -> bool:
        """Whether somebody should call."""
        return self.level == IN_TROUBLE

    @property
    def too_few(self) -> bool:
        """Whether too few people answered for a score."""
        return self.mean.value is None


def trouble_rule(min_group: int = 5) -> str:
    """The rule in words, for “how this was calculated”."""
    return (
        f"An account is in trouble when at least {min_group} of its people answered and their mean recommendation is "
        f"below {TROUBLE_MEAN:g} of 10, or when that holds for at least {min_group} decision makers of it."
    )


def account_scores(engine: Engine, *, filters: Filters, min_group: int = 5) -> tuple[AccountScore, ...]:
    """The league table: every account heard in the latest filtered wave, largest revenue first."""
    when, asked = period(engine, filters), loyalty_question(questions(engine))
    if when.wave is None or asked is None:
        return ()

    def found(sql: str) -> pd.DataFrame:
        narrowed, params = filters.of_all_waves().narrow(sql)
        first, last = when.places
        return engine.query(narrowed, key=asked.key, first_wave=first, last_wave=last, least=min_group, **params)

    means, changes = _estimates(found(_ANSWERS), when.place)
    return tuple(
        _score(row, means.get(str(row["cluster"]), NOTHING), changes.get(str(row["cluster"]), NOTHING))
        for row in records(found(_ACCOUNTS))
    )


def _estimates(answers: pd.DataFrame, place: int) -> tuple[dict[str, Estimate], dict[str, Estimate]]:
    """Mean in the wave on show and change since the one before, by account; a person's answers are a cluster."""
    now = answers["wave_order"].to_numpy() == place
    means: dict[str, Estimate] = cell_means(_by_person(answers[now]))
    changes: dict[str, Estimate] = cell_differences(_by_person(answers), now)
    return {account: estimate.clipped(0.0, 10.0) for account, estimate in means.items()}, changes


def _by_person(answers: pd.DataFrame) -> Cells:
    return Cells(answers["cluster"], answers["person"], answers["n"], answers["total"], answers["squares"])


def quotes(
    engine: Engine, *, clusters: Sequence[str], filters: Filters, when: Period, min_group: int = 5
) -> dict[str, str]:
    """For each cluster, the longest comment of its least satisfied people in the wave on show, where there is one.

    Only of clusters of which at least `min_group` people answered: a name and a comment would else name the person.
    """
    names = [f"cluster_{i}" for i in range(len(clusters))]
    sql = _QUOTES.replace("/*clusters*/", ", ".join("$" + name for name in names) or "null")
    narrowed, params = filters.of_all_waves().narrow(sql)
    found = engine.query(
        narrowed, place=when.place, least=min_group, **dict(zip(names, clusters, strict=True)), **params
    )
    said = [(str(cluster), masked(str(words))) for cluster, words in found.itertuples(index=False)]
    return {cluster: words for cluster, words in reversed(said) if kind(clean(words)) == "answer"}


def _score(row: dict[str, object], mean: Estimate, change: Estimate) -> AccountScore:
    deciders = None if row["deciders"] is None else float(str(row["deciders"]))
    return AccountScore(
        cluster=str(row["cluster"]),
        account_id=None if row["account_id"] is None else str(row["account_id"]),
        name=str(row["name"]),
        revenue=None if row["amount"] is None else Decimal(str(row["amount"])),
        currency=str(row["currency"]),
        tier_label=str(row["tier_label"]),
        people=int(str(row["people"])),
        mean=mean,
        change=change,
        level=_level(mean.value, deciders),
        reason=_reason(mean, deciders),
    )


def _level(mean: float | None, deciders: float | None) -> str:
    if mean is None:
        return TOO_FEW
    if min(mean, mean if deciders is None else deciders) < TROUBLE_MEAN:
        return IN_TROUBLE
    return RECOMMENDING if mean >= PROMOTING_MEAN else CONTENT


def _reason(mean: Estimate, deciders: float | None) -> str:
    said = []
    if mean.value is not None and mean.value < TROUBLE_MEAN:
        span = f", 95 % interval {interval(mean.low, mean.high, 1)}" if mean.low is not None else ""
        people = plural(mean.accounts, "person", "people")
        said.append(f"mean recommendation {number(mean.value, 1)} of 10 from {people}{span}")
    if deciders is not None and deciders < TROUBLE_MEAN:
        said.append(f"its decision makers' mean is below {TROUBLE_MEAN:g}")
    return "; ".join(said)
