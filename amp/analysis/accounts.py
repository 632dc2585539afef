"""Accounts one by one: who recommends us, who is in trouble, and in whose words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from amp.analysis.filters import Filters
from amp.analysis.joining import records
from amp.analysis.questions import Period, period, questions
from amp.analysis.words import number, plural
from amp.text.cleaning import clean, kind, masked
from amp.warehouse.engine import Engine

TROUBLE_MEAN: Final = 7.0  # a mean recommendation below the passives' lowest score
PROMOTING_MEAN: Final = 9.0
LEVELS: Final = ("Recommending", "Content", "In trouble")
_ACCOUNTS: Final = """
with scored as (
  select r.account_id, r.account_name, r.cluster, r.person, r.role, r.wave_order, cast(a.value as double) as score
  from answers a
  join questions q on q.dataset_id = a.dataset_id and q.question_id = a.question_id
  join respondents r on r.dataset_id = a.dataset_id and r.response_id = a.response_id
  where a.status = 'answered' and q.kind = 'recommend' and q.question_key = $key and a.value between 0 and 10
    and a.value = floor(a.value) and r.wave_order between $first_wave and $last_wave and (/*filters*/)
)
select s.cluster, min(s.account_id) as account_id, min(s.account_name) as name,
  cast(max(c.revenue) as varchar) as amount,
  coalesce(min(c.tier_label), 'Untiered') as tier_label, coalesce(min(c.currency), '') as currency,
  count(distinct case when s.wave_order = $last_wave then s.person end) as people,
  avg(case when s.wave_order = $last_wave then s.score end) as mean_now,
  avg(case when s.wave_order < $last_wave then s.score end) as mean_before,
  avg(case when s.wave_order = $last_wave and s.role = 'decision_maker' then s.score end) as deciders
from scored s left join accounts c on c.account_id = s.account_id
group by s.cluster
having count(case when s.wave_order = $last_wave then 1 end) > 0
order by max(c.revenue) desc nulls last, name, s.cluster
"""
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
  where a.comment is not null and length(trim(a.comment)) >= 15 and r.wave_order = $place
    and r.cluster in (/*clusters*/) and (/*filters*/)
) where place <= 5 order by cluster, place
"""


@dataclass(frozen=True, slots=True)
class AccountScore:
    """What one account said in the wave on show; `mean` (0 to 10) is None with fewer people than the minimum.

    `level` is one of LEVELS, by the rule of `trouble_rule`, also for fewer people: following up single answers is
    what asking is for. No score is shown for them.
    """

    cluster: str
    account_id: str | None
    name: str
    revenue: Decimal | None
    currency: str
    tier_label: str
    people: int
    mean: float | None
    change: float | None
    level: str
    reason: str

    @property
    def in_trouble(self) -> bool:
        """Whether somebody should call."""
        return self.level == LEVELS[-1]

    @property
    def too_few(self) -> bool:
        """Whether too few people answered for a score."""
        return self.mean is None


def trouble_rule() -> str:
    """The rule in words, for “how this was calculated”."""
    return (
        f"An account is in trouble when the mean recommendation of its people, or of its decision makers, "
        f"is below {TROUBLE_MEAN:g} of 10."
    )


def account_scores(engine: Engine, *, filters: Filters, min_group: int = 5) -> tuple[AccountScore, ...]:
    """The league table: every account heard in the latest filtered wave, largest revenue first."""
    when = period(engine, filters)
    asked = next((q for q in questions(engine) if q.kind == "recommend"), None)
    if when.wave is None or asked is None:
        return ()
    first, last = when.places
    sql, params = filters.of_all_waves().narrow(_ACCOUNTS)
    found = engine.query(sql, key=asked.key, first_wave=first, last_wave=last, **params)
    return tuple(_score(row, min_group) for row in records(found))


def quotes(engine: Engine, *, clusters: Sequence[str], filters: Filters, when: Period) -> dict[str, str]:
    """For each cluster, the longest comment of its least satisfied people in the wave on show, where there is one."""
    names = [f"cluster_{i}" for i in range(len(clusters))]
    sql = _QUOTES.replace("/*clusters*/", ", ".join("$" + name for name in names) or "null")
    narrowed, params = filters.of_all_waves().narrow(sql)
    found = engine.query(narrowed, place=when.place, **dict(zip(names, clusters, strict=True)), **params)
    said = [(str(cluster), masked(str(words))) for cluster, words in found.itertuples(index=False)]
    return {cluster: words for cluster, words in reversed(said) if kind(clean(words)) == "answer"}


def _score(row: dict[str, object], min_group: int) -> AccountScore:
    mean, before, people = float(str(row["mean_now"])), row["mean_before"], int(str(row["people"]))
    deciders, enough = None if row["deciders"] is None else float(str(row["deciders"])), people >= min_group
    return AccountScore(
        cluster=str(row["cluster"]),
        account_id=None if row["account_id"] is None else str(row["account_id"]),
        name=str(row["name"]),
        revenue=None if row["amount"] is None else Decimal(str(row["amount"])),
        currency=str(row["currency"]),
        tier_label=str(row["tier_label"]),
        people=people,
        mean=mean if enough else None,
        change=mean - float(str(before)) if enough and before is not None else None,
        level=_level(mean, deciders),
        reason=_reason(mean, deciders, people, enough=enough),
    )


def _level(mean: float, deciders: float | None) -> str:
    if min(mean, mean if deciders is None else deciders) < TROUBLE_MEAN:
        return LEVELS[2]
    return LEVELS[0] if mean >= PROMOTING_MEAN else LEVELS[1]


def _reason(mean: float, deciders: float | None, people: int, *, enough: bool) -> str:
    said = []
    if mean < TROUBLE_MEAN:
        told = (
            f"mean recommendation {number(mean, 1)} of 10" if enough else f"mean recommendation below {TROUBLE_MEAN:g}"
        )
        said.append(f"{told} from {plural(people, 'person', 'people')}")
    if deciders is not None and deciders < TROUBLE_MEAN:
        said.append(f"its decision makers' mean is below {TROUBLE_MEAN:g}")
    return "; ".join(said)
