"""One account: what it is worth, who was heard there, what they said wave by wave, and in which words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from amp.analysis.joining import records
from amp.analysis.questions import loyalty_question, questions
from amp.analysis.words import ROLES, interval, money, number, percent, plural
from amp.errors import NotFound
from amp.stats.csat import Interval, mean_interval
from amp.text.cleaning import masked
from amp.warehouse.engine import Engine

_ACCOUNT: Final = """
select account_id, coalesce(name, account_id) as name, tier_label, cast(revenue as varchar) as revenue,
  cast(cost as varchar) as cost, coalesce(currency, '') as currency, coalesce(industry, '') as industry,
  coalesce(region, '') as region, coalesce(owner, '') as owner, strategic, coalesce(strategic_reason, '') as reason
from accounts where account_id = $account
"""
_CHOICES: Final = """
select account_id, coalesce(name, account_id) as name, tier_label,
  count(*) over (partition by coalesce(name, account_id), tier_label) as alike
from accounts order by revenue desc nulls last, name, account_id
"""
# The mean recommendation is of whole scores from 0 to 10; satisfaction is brought to 0 … 1 of its own scale, so that
# questions on different scales can stand in one mean.
_WAVES: Final = """
select r.wave, r.wave_order, count(distinct r.person) as people,
  case when count(distinct case when q.question_key = $key then r.person end) >= $least then
    avg(case when q.question_key = $key and a.value between 0 and 10 and a.value = floor(a.value)
      then cast(a.value as double) end) end as recommend,
  stddev_samp(case when q.question_key = $key and a.value between 0 and 10 and a.value = floor(a.value)
    then cast(a.value as double) end) as spread,
  count(case when q.question_key = $key and a.value between 0 and 10 and a.value = floor(a.value)
    then 1 end) as scores,
  case when count(distinct case when q.kind = 'rating' then r.person end) >= $least then
    avg(case when q.kind = 'rating' and q.scale_high > q.scale_low
      then cast(a.value - q.scale_low as double) / cast(q.scale_high - q.scale_low as double) end) end as satisfied
from respondents r
join answers a on a.dataset_id = r.dataset_id and a.response_id = r.response_id
join questions q on q.dataset_id = a.dataset_id and q.question_id = a.question_id
where r.account_id = $account and a.status = 'answered'
group by r.wave, r.wave_order order by r.wave_order
"""
# Roles are told for a wave only where those of them that are few are nobody, or together enough: else what is left
# without a role would be of one person.
_ROLES: Final = """
with roles as (
  select wave, wave_order, role, role_label, count(distinct person) as people
  from respondents where account_id = $account group by wave, wave_order, role, role_label
), told as (
  select wave_order from roles group by wave_order
  having sum(case when people < $least then people else 0 end) = 0
    or sum(case when people < $least then people else 0 end) >= $least
)
"""
_COVERAGE: Final = (
    _ROLES
    + """
, known as (
  select role, count(*) as contacts from contacts where account_id = $account group by role
), heard as (
  select r.role, case when r.people >= $least and t.wave_order is not null then r.people end as people
  from roles r left join told t on t.wave_order = r.wave_order
  where r.wave_order = (select max(wave_order) from respondents)
)
select coalesce(k.role, h.role) as role, coalesce(k.contacts, 0) as contacts,
  case when h.role is null then 0 else h.people end as heard
from known k full join heard h on h.role = k.role order by role
"""
)
_QUOTES: Final = (
    _ROLES
    + """
select a.comment as said, r.wave,
  case when o.people >= $least and t.wave_order is not null then r.role_label else '' end as role
from answers a
join respondents r on r.dataset_id = a.dataset_id and r.response_id = a.response_id
join roles o on o.wave_order = r.wave_order and o.role = r.role
left join told t on t.wave_order = r.wave_order
join (
  select wave_order from respondents where account_id = $account
  group by wave_order having count(distinct person) >= $least
) s on s.wave_order = r.wave_order
where r.account_id = $account and a.comment is not null and length(trim(a.comment)) >= 15
order by r.wave_order desc, length(a.comment) desc, a.comment limit 40
"""
)


@dataclass(frozen=True, slots=True)
class AccountWave:
    """What one wave says of the account; the figures are None below the minimum group.

    `recommend` is the mean on 0 to 10 with its 95 % `interval` over people, `satisfied` the mean of all ratings as a
    share of their scales.
    """

    wave: str
    people: int
    recommend: float | None
    satisfied: float | None
    interval: Interval = None


@dataclass(frozen=True, slots=True)
class RoleCoverage:
    """People of one role: known as contacts, and heard in the newest wave; None where so few that it names them."""

    label: str
    contacts: int
    heard: int | None


@dataclass(frozen=True, slots=True)
class Said:
    """A comment from a wave in which enough people answered; no role where so few have it that it names the person."""

    text: str
    wave: str
    role: str


@dataclass(frozen=True, slots=True)
class AccountView:
    """Everything known about one account; money in `currency`."""

    account_id: str
    name: str
    tier_label: str
    revenue: Decimal | None
    margin: Decimal | None
    currency: str
    industry: str
    region: str
    owner: str
    strategic_reason: str | None
    waves: tuple[AccountWave, ...]
    coverage: tuple[RoleCoverage, ...]
    said: tuple[Said, ...]
    min_group: int

    @property
    def headline(self) -> str:
        """The sentence over the page."""
        worth = money(self.revenue, self.currency)
        said = f"{self.name}: {self.tier_label}, {worth}"
        if not self.waves:
            return f"{said}; nobody there has answered yet."
        last = self.waves[-1]
        heard = f"{plural(last.people, 'person', 'people')} answered in {last.wave}"
        if last.recommend is None:
            return f"{said}; {heard}, too few for a score."
        span = f" (95 % interval {interval(*last.interval, 1)})" if last.interval else ""
        return f"{said}; {heard}, mean recommendation {number(last.recommend, 1)} of 10{span}{self._before()}."

    def _before(self) -> str:
        earlier = [wave for wave in self.waves[:-1] if wave.recommend is not None]
        return f" after {number(earlier[-1].recommend, 1)} in {earlier[-1].wave}" if earlier else ""


def choices(engine: Engine) -> dict[str, str]:
    """Account id → “name (tier)”, largest revenue first; accounts of one name are told apart by their number."""
    return {
        row["account_id"]: f"{row['name']} ({row['tier_label']}"
        + (f", number {row['account_id']})" if row["alike"] > 1 else ")")
        for row in records(engine.query(_CHOICES))
    }


def account(engine: Engine, *, account_id: str, min_group: int = 5) -> AccountView:
    """Everything known about an account of the list in force; raises NotFound for an id that is not on it."""
    found = next(iter(records(engine.query(_ACCOUNT, account=account_id))), None)
    if found is None:
        raise NotFound("This account is not on the account list in force.", "Choose one from the list.")
    asked = {"account": account_id, "least": min_group}
    loyalty = loyalty_question(questions(engine))
    quotes = records(engine.query(_QUOTES, **asked))
    revenue = None if found["revenue"] is None else Decimal(found["revenue"])
    return AccountView(
        account_id=account_id, name=found["name"], tier_label=found["tier_label"], revenue=revenue,
        margin=None if revenue is None or found["cost"] is None else revenue - Decimal(found["cost"]),
        currency=found["currency"], industry=found["industry"], region=found["region"], owner=found["owner"],
        strategic_reason=found["reason"] if found["strategic"] else None,
        waves=tuple(_wave(row) for row in records(engine.query(_WAVES, key=loyalty.key if loyalty else "", **asked))),
        coverage=tuple(_coverage(row) for row in records(engine.query(_COVERAGE, **asked))),
        said=tuple(Said(masked(row["said"]), row["wave"], row["role"]) for row in quotes),
        min_group=min_group,
    )  # fmt: skip


def satisfied_words(wave: AccountWave) -> str:
    """“78 % of the way up the scales”, as a share."""
    return "too few" if wave.satisfied is None else percent(wave.satisfied)


def _wave(row: dict[str, object]) -> AccountWave:
    recommend, satisfied, spread = (
        None if row[name] is None else float(str(row[name])) for name in ("recommend", "satisfied", "spread")
    )
    found = None if recommend is None else mean_interval(recommend, spread, int(str(row["scores"])))
    return AccountWave(
        wave=str(row["wave"]),
        people=int(str(row["people"])),
        recommend=recommend,
        satisfied=satisfied,
        interval=found and (max(0.0, found[0]), min(10.0, found[1])),
    )


def _coverage(row: dict[str, object]) -> RoleCoverage:
    heard = None if row["heard"] is None else int(str(row["heard"]))
    return RoleCoverage(ROLES[str(row["role"])], int(str(row["contacts"])), heard)
