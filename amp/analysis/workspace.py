"""Opening a workspace: its tables made from the data sets and from what people decided (docs/data-model.md)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Final

import pandas as pd

from amp.analysis import joining
from amp.stats.pareto import DEFAULT_CUTS
from amp.warehouse.datasets import DataSet
from amp.warehouse.engine import Engine
from amp.warehouse.schema import TABLES

_READ: Final = "select * from read_parquet($files, union_by_name = true)"
_TYPES: Final = {
    "string": "varchar",
    "double": "double",
    "int32": "integer",
    "bool": "boolean",
    "timestamp[us, tz=UTC]": "timestamptz",
    "decimal128(18, 2)": "decimal(18, 2)",
}
_WAVES: Final = """
select r.wave, median(cast(epoch(r.answered_at) as double)) as middle
from named_responses r group by r.wave order by r.wave
"""
_NAMED_RESPONSES: Final = """
select r.* exclude (wave), coalesce(nullif(trim(r.wave), ''), d.wave) as wave, d.kind
from raw_responses r join loaded d on d.dataset_id = r.dataset_id
"""
_ACCOUNTS: Final = """
select a.* exclude (strategic, strategic_reason), p.tier, p.shown_tier, p.tier_label, p.strategic,
  p.strategic_reason, p.flag, cast(p.cumulative_before as decimal(24, 2)) as cumulative_before
from listed_accounts a join placed p on p.account_id = a.account_id
"""
_LISTED: Final = """
select * exclude (place) from (
  select a.*,
    row_number() over (partition by a.account_id order by a.revenue desc nulls last, a.name nulls last) as place
  from raw_accounts a where a.account_id is not null
) where place = 1
"""
_RESPONDENTS: Final = """
select r.dataset_id, r.response_id, r.respondent_id, r.answered_at, r.weight, r.complete, r.title, r.account_ref,
  l.account_id, coalesce(a.name, nullif(trim(r.account_ref), ''), 'Not given') as account_name,
  coalesce('a:' || l.account_id, 'r:' || nullif(l.folded, ''), 'd:' || r.email_domain, 'p:' || r.respondent_id,
    'x:' || r.dataset_id || ':' || r.response_id) as cluster,
  coalesce(r.respondent_id, r.dataset_id || ':' || r.response_id) as person,
  a.revenue, a.shown_tier as tier, coalesce(a.tier_label, 'Untiered') as tier_label,
  coalesce(o.role, r.role, c.role, 'unknown') as role,
  coalesce(a.industry, r.industry, 'Not given') as industry, coalesce(a.region, r.region, 'Not given') as region,
  coalesce(r.product, 'Not given') as product, coalesce(a.segment, r.segment, 'Not given') as segment,
  r.wave, w.wave_order, l.how as matched_by
from named_responses r
join waves w on w.wave = r.wave
left join links l on l.account_ref is not distinct from r.account_ref
  and l.email_domain is not distinct from r.email_domain
left join accounts a on a.account_id = l.account_id
left join role_overrides o on o.raw_title = r.title
left join contact_roles c on c.person = lower(trim(r.respondent_id))
where (r.kind = 'employees') = $employees
"""
_WITH_LABELS: Final = """
select r.*, case r.role when 'decision_maker' then 'Decision makers' when 'recommender' then 'Recommenders'
  when 'influencer' then 'Influencers' else 'Role unknown' end as role_label
from joined_respondents r
"""
_CONTACTS: Final = """
select c.* exclude (role), l.account_id, coalesce(o.role, c.role, 'unknown') as role
from raw_contacts c
left join links l on l.account_ref is not distinct from c.account_ref
  and l.email_domain is not distinct from nullif(lower(split_part(c.email, '@', 2)), '')
left join role_overrides o on o.raw_title = c.title
"""
_CONTACT_ROLES: Final = """
select person, min(role) as role from (
  select lower(trim(contact_id)) as person, role from contacts
  union select lower(trim(email)), role from contacts
) where person is not null and role <> 'unknown' group by person having count(distinct role) = 1
"""


def prepare(
    engine: Engine,
    *,
    folder: Path,
    datasets: Sequence[DataSet],
    strategic: Mapping[str, str | None],
    roles: Mapping[str, str],
    cuts: Sequence[Decimal] = DEFAULT_CUTS,
) -> None:
    """Fill the engine with the tables of “What an analysis sees”, from `folder`/<id>/*.parquet.

    `datasets` is what is loaded, oldest first: all surveys are united, the newest accounts and contacts lists are in
    force. `strategic` maps account id → reason (None takes the list's own flag back); `roles` maps a title folded by
    `matching.folded_title` → role; `cuts` are percentages. Works with any of the kinds missing.
    """
    _load_raw(engine, folder, datasets)
    _load_accounts(engine, strategic, cuts)
    engine.load_frame("links", joining.links(engine))
    engine.load_frame("role_overrides", joining.role_overrides(engine, roles))
    engine.load("contacts", _CONTACTS)
    engine.load("contact_roles", _CONTACT_ROLES)
    engine.load_frame("waves", _waves_in_order(engine.query(_WAVES)))
    for table, employees in (("respondents", False), ("employees", True)):
        engine.load("joined_respondents", _RESPONDENTS, employees=employees)
        engine.load(table, _WITH_LABELS)


def _load_raw(engine: Engine, folder: Path, datasets: Sequence[DataSet]) -> None:
    surveys = [d for d in datasets if d.kind in {"survey", "employees"}]
    for table, name in (("responses", "raw_responses"), ("answers", "answers"), ("questions", "questions")):
        _load_table(engine, name, table, folder, surveys)
    for kind in ("accounts", "contacts"):
        _load_table(engine, f"raw_{kind}", kind, folder, [d for d in datasets if d.kind == kind][-1:])
    rows = [(d.id, d.kind, d.wave.strip() or d.title.strip() or "Undated") for d in surveys]
    engine.load_frame("loaded", pd.DataFrame(rows, columns=["dataset_id", "kind", "wave"], dtype="str"))
    engine.load("named_responses", _NAMED_RESPONSES)


def _load_table(engine: Engine, name: str, table: str, folder: Path, datasets: Sequence[DataSet]) -> None:
    if datasets:
        engine.load(name, _READ, files=[str(folder / d.id / f"{table}.parquet") for d in datasets])
    else:
        engine.load(name, _empty(table))


def _empty(table: str) -> str:
    """A select of no rows with the table's columns and types."""
    columns = (f'cast(null as {_TYPES[str(field.type)]}) as "{field.name}"' for field in TABLES[table])
    return "select " + ", ".join(columns) + " where false"


def _load_accounts(engine: Engine, strategic: Mapping[str, str | None], cuts: Sequence[Decimal]) -> None:
    engine.load("listed_accounts", _LISTED)
    engine.load_frame("placed", joining.placed(engine, strategic, cuts))
    engine.load("accounts", _ACCOUNTS)


def _waves_in_order(found: pd.DataFrame) -> pd.DataFrame:
    """Waves by the middle of their dates; by label, numbers read as numbers, where one of them has no dates."""
    if found["middle"].notna().all():
        found = found.sort_values(["middle", "wave"])
    else:
        found = found.iloc[sorted(range(len(found)), key=lambda i: joining.natural_order(found["wave"].iloc[i]))]
    return pd.DataFrame({"wave": found["wave"].astype("str"), "wave_order": range(1, len(found) + 1)})


_COUNTS: Final = """
select (select count(*) from respondents) as responses, (select count(*) from employees) as employee_responses,
  (select count(distinct person) from respondents) as people, (select count(*) from accounts) as accounts,
  (select count(*) from contacts) as contacts,
  (select count(*) from answers x join respondents r on r.dataset_id = x.dataset_id and r.response_id = x.response_id
    where x.comment is not null) as comments,
  (select count(*) from accounts where strategic) as strategic,
  (select count(*) from accounts where tier is null) as untiered,
  (select count(distinct account_id) from respondents) as accounts_heard
"""
_OPTIONS: Final = """
select 'waves' as filter, wave as option, min(wave_order) as place from respondents group by wave
union all select 'tiers', tier_label, min(coalesce(tier, 99)) from respondents group by tier_label
union all select 'roles', role, min(case role when 'decision_maker' then 1 when 'recommender' then 2
  when 'influencer' then 3 else 9 end) from respondents group by role
union all select 'industries', industry, min(case industry when 'Not given' then 9 else 1 end) from respondents
  group by industry
union all select 'regions', region, min(case region when 'Not given' then 9 else 1 end) from respondents group by region
union all select 'products', product, min(case product when 'Not given' then 9 else 1 end) from respondents
  group by product
order by filter, place, option
"""
_MONEY: Final = """
select cast(coalesce(sum(revenue), 0) as varchar) as total,
  cast(coalesce(sum(case when h.account_id is null then revenue end), 0) as varchar) as silent,
  coalesce(min(currency), '') as first_currency, count(distinct currency) as currencies
from accounts a left join (select distinct account_id from respondents) h on h.account_id = a.account_id
"""
_UNMATCHED: Final = """
select account_name as name, count(*) as responses, min(matched_by) as how
from respondents where account_id is null group by account_name order by responses desc, name
"""


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A company name in the answers that no account was found for; `ambiguous` when several accounts carry it."""

    name: str
    responses: int
    ambiguous: bool


@dataclass(frozen=True, slots=True)
class WorkspaceFacts:
    """What is loaded, the options of each filter (in display order), what the joins left over; money in `currency`."""

    responses: int
    employee_responses: int
    people: int
    accounts: int
    contacts: int
    comments: int
    strategic: int
    untiered: int
    accounts_heard: int
    options: Mapping[str, tuple[str, ...]]
    unmatched: tuple[Unmatched, ...]
    revenue_total: Decimal
    revenue_silent: Decimal
    currency: str
    mixed_currencies: bool

    @property
    def waves(self) -> tuple[str, ...]:
        """The waves in order, oldest first."""
        return self.options.get("waves", ())

    @property
    def unmatched_responses(self) -> int:
        """Answers that no account was found for."""
        return sum(name.responses for name in self.unmatched)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to analyse at all."""
        return not (self.responses or self.accounts or self.employee_responses)


def facts(engine: Engine) -> WorkspaceFacts:
    """What the prepared engine holds; see `WorkspaceFacts`."""
    counts = {str(name): int(count) for name, count in engine.query(_COUNTS).iloc[0].items()}
    money = engine.query(_MONEY).iloc[0]
    options = engine.query(_OPTIONS)
    chosen = {str(name): tuple(group["option"].astype(str)) for name, group in options.groupby("filter", sort=False)}
    left = engine.query(_UNMATCHED)
    unmatched = zip(left["name"], left["responses"], left["how"], strict=True)
    return WorkspaceFacts(
        **counts,
        options=chosen,
        unmatched=tuple(Unmatched(str(name), int(n), how == "ambiguous") for name, n, how in unmatched),
        revenue_total=Decimal(money["total"]),
        revenue_silent=Decimal(money["silent"]),
        currency=str(money["first_currency"]) if money["currencies"] == 1 else "",
        mixed_currencies=bool(money["currencies"] > 1),
    )
