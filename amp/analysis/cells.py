"""Answers added up by account in the engine, small groups left out there: what figures with intervals are made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np
import pandas as pd

from amp.analysis.filters import Filters
from amp.stats.clustered import Cells, cell_difference, cell_means
from amp.stats.estimate import NOTHING, Estimate
from amp.stats.nps import bounded_nps, nps_of_counts
from amp.stats.proportions import bounded_share, wilson
from amp.warehouse.engine import Engine

Metric = Literal["recommend", "rating", "comparison"]
Weighing = Literal["respondent", "account", "revenue"]
WEIGHINGS: Final[tuple[Weighing, ...]] = ("respondent", "account", "revenue")
GROUPS: Final = {
    "all": "'All'",
    "tier": "r.tier_label",
    "role": "r.role_label",
    "industry": "r.industry",
    "region": "r.region",
    "product": "r.product",
    "wave": "r.wave",
    "account": "coalesce(r.account_id, r.cluster)",
    "subject": "q.subject",
    "attribute": "q.attribute",
    "competitor": "q.competitor",
}
SEPARATOR: Final = " · "
_CODES: Final = {
    "recommend": "case when a.value not between 0 and 10 or a.value <> floor(a.value) then null"
    " when a.value >= 9 then 100 when a.value >= 7 then 0 else -100 end",
    "rating": "case when a.value between q.scale_low and q.scale_high then a.value end",
    "comparison": "case when a.value not between -2 and 2 then null when a.value > 0 then 100"
    " when a.value < 0 then -100 else 0 end",
}
# A group is hidden when it is small. While subtraction from a shown total would expose what is hidden, the next
# smallest goes too (the passes of `_judging`); where the filters leave out only a few people of a wave, all of the wave
# goes, since the same figures without the filters would expose those.
_CELLS: Final = """
with heard as (
  select /*group*/ as label, /*margins*/, r.wave_order, r.cluster, r.person, cast(r.revenue as double) as worth,
    cast(/*code*/ as double) as code, cast(case when a.value >= q.scale_high - 1 then 1 else 0 end as double) as top,
    q.scale_low, q.scale_high, case when (/*filters*/) then 1 else 0 end as inside
  from answers a
  join questions q on q.dataset_id = a.dataset_id and q.question_id = a.question_id
  join respondents r on r.dataset_id = a.dataset_id and r.response_id = a.response_id
  where a.status = 'answered' and a.value is not null and q.question_key in (/*keys*/)
    and r.wave_order between $first_wave and $last_wave
), exposed as (
  select wave_order from heard where code is not null and inside = 0
  group by wave_order having count(distinct person) < $least
), valid as (
  select * from heard where inside = 1 and code is not null and label is not null
), sized as (
  select v.label, /*margin names*/, v.wave_order, count(distinct v.person) as people,
    case when count(distinct v.person) < $least or max(e.wave_order) is not null then 1 else 0 end as hidden,
    0 as late
  from valid v left join exposed e on e.wave_order = v.wave_order
  group by v.label, /*margin names*/, v.wave_order
), /*judging*/
select j.label, j.wave_order, j.hidden = 1 as hidden, case when j.hidden = 0 then j.people end as people, v.cluster,
  max(case when v.cluster like 'p:%' or v.cluster like 'x:%' then 1 else 0 end) as alone,
  max(v.worth) as worth, count(v.code) as n, sum(v.code) as total, sum(v.code * v.code) as squares, sum(v.top) as tops,
  min(v.scale_low) as low, max(v.scale_high) as high
from judged j left join valid v on v.label = j.label and v.wave_order = j.wave_order and j.hidden = 0
group by j.label, j.wave_order, j.hidden, j.people, v.cluster
order by j.wave_order, j.label, v.cluster
"""
# Hidden groups are found by subtraction where one is hidden, or where all that are hidden are few people together.
_STEP: Final = """/*name*/ as (
  select label, /*margin names*/, wave_order, people,
    case when hidden = 1 or place = 1 and (gone = 1 or gone > 1 and few < $least) then 1 else 0 end as hidden,
    case when hidden = 0 and place = 1 and (gone = 1 or gone > 1 and few < $least) then /*round*/ else late end as late
  from (
    select p.*, sum(hidden) over (partition by /*margin*/, wave_order) as gone,
      sum(hidden * people) over (partition by /*margin*/, wave_order) as few,
      row_number() over (partition by /*margin*/, wave_order, hidden order by people, label) as place
    from /*before*/ p
  ) as /*name*/_counted
)"""
# What hiding for one margin does to the other settles within a round or two; where it has not, nothing is shown.
_ROUNDS: Final = 4
_JUDGED: Final = """judged as (
  select label, wave_order, people,
    case when max(late) over (partition by wave_order) = /*last*/ then 1 else hidden end as hidden
  from /*before*/
)"""


@dataclass(frozen=True, slots=True)
class Weighed:
    """One figure, weighed three ways: every respondent alike, every account alike, every account by its revenue."""

    respondent: Estimate = NOTHING
    account: Estimate = NOTHING
    revenue: Estimate = NOTHING


UNKNOWN: Final = Weighed()


def cells(
    engine: Engine,
    *,
    metric: Metric,
    by: Sequence[str],
    keys: Sequence[str],
    filters: Filters,
    waves: tuple[int, int],
    min_group: int,
    totals: Sequence[Sequence[str]] = ((),),
) -> pd.DataFrame:
    """Sums by group, wave and account: label, wave_order, hidden, people, cluster, alone, worth, n, total, squares,
    tops, and the ends of the scale, low and high.

    `by` names groups of GROUPS, crossed; `waves` is the first and last place in time (the filters' own waves are not
    looked at); a hidden group is one row without figures. `totals` names the groups whose totals are shown elsewhere
    (an empty one: everything), from which no hidden group may be found by subtraction; `alone` is 1 for a cluster that
    is a single person whose account is not known.
    """
    names = [f"key_{i}" for i in range(len(keys))]
    margins = {f"margin_{i}": _label(of) for i, of in enumerate(totals or ((),))}
    sql = _CELLS.replace("/*group*/", _label(by)).replace("/*code*/", _CODES[metric])
    sql = sql.replace("/*judging*/", _judging(list(margins) if totals else []))
    sql = sql.replace("/*margins*/", ", ".join(f"{text} as {name}" for name, text in margins.items()))
    sql = sql.replace("/*margin names*/", ", ".join(margins))
    sql = sql.replace("/*keys*/", ", ".join("$" + name for name in names) or "null")
    narrowed, params = filters.of_all_waves().narrow(sql)
    bound = dict(zip(names, keys, strict=True)) | {"first_wave": waves[0], "last_wave": waves[1]}
    return engine.query(narrowed, least=min_group, **bound, **params)


def _label(of: Sequence[str]) -> str:
    return f" || '{SEPARATOR}' || ".join(GROUPS[name] for name in of) or "'all'"


def _judging(margins: list[str]) -> str:
    """The steps from `sized` to `judged`: one pass for a single margin, rounds of passes for crossed ones."""
    rounds = _ROUNDS if len(margins) > 1 else 1
    steps: list[str] = []
    before = "sized"
    for number in range(1, rounds + 1):
        for margin in margins:
            name = f"pass_{len(steps) + 1}"
            step = _STEP.replace("/*name*/", name).replace("/*margin*/", margin).replace("/*before*/", before)
            steps.append(step.replace("/*round*/", str(number)))
            before = name
    last = rounds if rounds > 1 else -1  # a single margin is settled by its one pass
    return ", ".join([*steps, _JUDGED.replace("/*before*/", before).replace("/*last*/", str(last))])


def weighed(found: pd.DataFrame, metric: Metric, *, top: bool = False) -> dict[str, Weighed]:
    """The figure of each group that is shown, weighed three ways; `top` takes the share of the top two choices."""
    shown = found[~found["hidden"].astype(bool)]
    made = {weighing: _estimates(shown, metric, weighing, top) for weighing in WEIGHINGS}
    labels = dict.fromkeys(shown["label"].astype(str))
    return {label: Weighed(**{way: made[way].get(label, NOTHING) for way in WEIGHINGS}) for label in labels}


def change(found: pd.DataFrame, later: int, *, weighing: Weighing = "respondent", top: bool = False) -> Estimate:
    """Wave `later` less the other wave in `found`, the cells of one group; clustered, since accounts are in both."""
    shown = found[~found["hidden"].astype(bool)]
    if shown.empty:
        return NOTHING
    return cell_difference(_as_cells(shown, weighing, top), shown["wave_order"].to_numpy() == later)


def _estimates(shown: pd.DataFrame, metric: Metric, weighing: Weighing, top: bool) -> dict[str, Estimate]:
    if shown.empty:
        return {}
    made: dict[str, Estimate] = cell_means(_as_cells(shown, weighing, top))
    facts = shown.groupby(shown["label"].astype(str)).agg(
        low=("low", "min"), high=("high", "max"), alone=("alone", "sum")
    )
    found = {
        label: replace(_bounded(made[label], metric, top, (float(low), float(high))), alone=int(alone))
        for label, low, high, alone in facts.itertuples()
        if label in made
    }
    if weighing == "respondent" and (top or metric != "rating"):
        found |= {label: _independent(part, found[label], top) for label, part in _of_strangers(shown)}
    return found


def _bounded(estimate: Estimate, metric: Metric, top: bool, ends: tuple[float, float]) -> Estimate:
    if metric != "rating":
        return bounded_nps(estimate)
    return bounded_share(estimate) if top else estimate.clipped(*ends)


def _of_strangers(shown: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """The groups in which every answer is of another person and nobody's account is known."""
    label = shown["label"].astype(str)
    whole = ((shown["alone"] == 1) & (shown["n"] == 1)).groupby(label).transform("all")
    return ((str(name), part) for name, part in shown[whole].groupby(label[whole]))


def _independent(part: pd.DataFrame, estimate: Estimate, top: bool) -> Estimate:
    """The estimate with the interval of independent answers: Wilson's of a share, adjusted Wald of a score."""
    if top:
        low, high = wilson(int(part["tops"].sum()), len(part))
        return replace(estimate, low=low, high=high)
    found = nps_of_counts(*(int((part["total"] == code).sum()) for code in (100, 0, -100)))
    return replace(estimate, low=found.low, high=found.high, se=found.adjusted_se)


def _as_cells(shown: pd.DataFrame, weighing: Weighing, top: bool) -> Cells:
    n = shown["n"].to_numpy(dtype=np.float64)
    worth = shown["worth"].to_numpy(dtype=np.float64, na_value=np.nan)
    weight = {"respondent": np.ones(len(n)), "account": 1 / n, "revenue": worth / n}[weighing]
    total, squares = ("tops", "tops") if top else ("total", "squares")
    return Cells(shown["label"].astype(str), shown["cluster"], n, shown[total], shown[squares], weight)
