"""Answers added up by account in the engine, small groups left out there: what figures with intervals are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import pandas as pd

from amp.analysis.filters import Filters
from amp.stats.clustered import Cells, cell_difference, cell_means
from amp.stats.estimate import NOTHING, Estimate
from amp.stats.nps import bounded_nps
from amp.stats.proportions import bounded_share
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
# A group is hidden when it is small; the next smallest one goes too while subtraction from the total would expose it.
_CELLS: Final = """
with heard as (
  select /*group*/ as label, /*family*/ as family, r.wave_order, r.cluster, r.person,
    cast(r.revenue as double) as worth,
    cast(/*code*/ as double) as code, cast(case when a.value >= q.scale_high - 1 then 1 else 0 end as double) as top,
    q.scale_low, q.scale_high
  from answers a
  join questions q on q.dataset_id = a.dataset_id and q.question_id = a.question_id
  join respondents r on r.dataset_id = a.dataset_id and r.response_id = a.response_id
  where a.status = 'answered' and a.value is not null and q.question_key in (/*keys*/)
    and r.wave_order between $first_wave and $last_wave and (/*filters*/)
), valid as (
  select * from heard where code is not null and label is not null
), sized as (
  select label, family, wave_order, count(distinct person) as people from valid group by label, family, wave_order
), ranked as (
  select label, wave_order, people, min(people) over (partition by family, wave_order) as fewest,
    row_number() over (partition by family, wave_order order by people, label) as place,
    sum(people) over (partition by family, wave_order order by people, label
      rows between unbounded preceding and 1 preceding) as people_before
  from sized
), judged as (
  select label, wave_order, people, people < $least or ($complement and fewest < $least
    and (place = 2 or people_before < $least)) as hidden
  from ranked
)
select j.label, j.wave_order, j.hidden, case when not j.hidden then j.people end as people, v.cluster,
  max(v.worth) as worth, count(v.code) as n, sum(v.code) as total, sum(v.code * v.code) as squares, sum(v.top) as tops,
  min(v.scale_low) as low, max(v.scale_high) as high
from judged j left join valid v on v.label = j.label and v.wave_order = j.wave_order and not j.hidden
group by j.label, j.wave_order, j.hidden, j.people, v.cluster
order by j.wave_order, j.label, v.cluster
"""


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
    complement: bool = True,
    family: int = 0,
) -> pd.DataFrame:
    """Sums by group, wave and account: label, wave_order, hidden, people, cluster, worth, n, total, squares, tops,
    and the ends of the scale, low and high.

    `by` names groups of GROUPS, crossed; `waves` is the first and last place in time (the filters' own waves are not
    looked at); a hidden group is one row without figures. `complement` protects groups that add up to a shown
    total, which is that of the first `family` groups of `by` (0: of everything).
    """
    group = f" || '{SEPARATOR}' || ".join(GROUPS[name] for name in by)
    whole = f" || '{SEPARATOR}' || ".join(GROUPS[name] for name in by[:family]) or "'all'"
    names = [f"key_{i}" for i in range(len(keys))]
    sql = _CELLS.replace("/*group*/", group).replace("/*family*/", whole).replace("/*code*/", _CODES[metric])
    sql = sql.replace("/*keys*/", ", ".join("$" + name for name in names) or "null")
    narrowed, params = filters.of_all_waves().narrow(sql)
    bound = dict(zip(names, keys, strict=True)) | {"first_wave": waves[0], "last_wave": waves[1]}
    return engine.query(narrowed, least=min_group, complement=complement, **bound, **params)


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
    if metric != "rating":
        return {label: bounded_nps(estimate) for label, estimate in made.items()}
    if top:
        return {label: bounded_share(estimate) for label, estimate in made.items()}
    ends = shown.groupby(shown["label"].astype(str)).agg(low=("low", "min"), high=("high", "max"))
    return {
        label: made[label].clipped(float(low), float(high)) for label, low, high in ends.itertuples() if label in made
    }


def _as_cells(shown: pd.DataFrame, weighing: Weighing, top: bool) -> Cells:
    n = shown["n"].to_numpy(dtype=np.float64)
    worth = shown["worth"].to_numpy(dtype=np.float64, na_value=np.nan)
    weight = {"respondent": np.ones(len(n)), "account": 1 / n, "revenue": worth / n}[weighing]
    total, squares = ("tops", "tops") if top else ("total", "squares")
    return Cells(shown["label"].astype(str), shown["cluster"], n, shown[total], shown[squares], weight)
