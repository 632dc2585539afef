"""What the audit's statements are measured by, counted in the engine: lists, waves, questions and levels heard."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from amp.analysis.accounts import AccountScore, account_scores
from amp.analysis.filters import Filters
from amp.analysis.joining import records
from amp.analysis.questions import Period, Question, loyalty_question, overall_ratings, period, questions
from amp.warehouse.engine import Engine

HOLDINGS: Final = """
select (select count(*) from accounts) as accounts, (select count(*) from accounts where tier is not null) as tiered,
  (select count(*) from contacts) as contacts,
  (select count(*) from contacts where role in ('decision_maker', 'recommender', 'influencer')) as roles
"""
_HEARD: Final = """
select count(distinct wave_order) as waves, count(distinct case when wave_order = $place then person end) as people,
  count(distinct case when wave_order = $place and account_id is not null then person end) as placed,
  (select count(*) from accounts) as accounts
from respondents
"""
COMPARED: Final = """
with compared as (
  select q.question_key, q.competitor, r.wave_order, r.person
  from answers a
  join questions q on q.dataset_id = a.dataset_id and q.question_id = a.question_id
  join respondents r on r.dataset_id = a.dataset_id and r.response_id = a.response_id
  where q.kind = 'comparison' and q.competitor <> '' and a.status = 'answered' and a.value is not null
), asked as (
  select question_key, competitor, wave_order from compared group by question_key, competitor, wave_order
  having count(distinct person) >= $least
), repeated as (
  select question_key, count(distinct wave_order) as waves from asked group by question_key
)
select (select count(distinct person) from compared) as people,
  (select count(distinct competitor) from asked) as rivals, (select coalesce(max(waves), 0) from repeated) as waves
"""
SHARED: Final = """
with theirs as (
  select distinct question_key from questions
  where kind = 'rating' and dataset_id in (select dataset_id from respondents where wave_order = $place)
), ours as (
  select q.question_key from answers a
  join questions q on q.dataset_id = a.dataset_id and q.question_id = a.question_id
  join employees e on e.dataset_id = a.dataset_id and e.response_id = a.response_id
  where q.kind = 'rating' and a.status = 'answered' and a.value is not null
  group by q.question_key having count(distinct e.person) >= $least
)
select (select count(distinct person) from employees) as people, (select count(*) from theirs) as attributes,
  (select count(*) from theirs t join ours o on o.question_key = t.question_key) as shared
"""
# Per rating, the people who also answered the question that says how they feel on the whole.
_BESIDE: Final = """
with outcome as (
  select distinct a.dataset_id, a.response_id
  from answers a join questions q on q.dataset_id = a.dataset_id and q.question_id = a.question_id
  where q.question_key = $outcome and a.status = 'answered' and a.value is not null
)
select q.question_key, count(distinct case when o.response_id is not null then r.person end) as people
from answers a
join questions q on q.dataset_id = a.dataset_id and q.question_id = a.question_id
join respondents r on r.dataset_id = a.dataset_id and r.response_id = a.response_id
left join outcome o on o.dataset_id = a.dataset_id and o.response_id = a.response_id
where q.kind = 'rating' and q.question_key <> $outcome and a.status = 'answered' and a.value is not null
  and r.wave_order = $place
group by q.question_key
"""
_WORDED: Final = """
select question_key as key, kind, min(coalesce(attribute, wording, '')) as about, min(coalesce(wording, '')) as words
from questions where kind <> 'importance' and dataset_id in (select dataset_id from respondents)
group by question_key, kind order by min(position) nulls last, key
"""
# People whose account is not known are no accounts of their own.
_ANSWERED: Final = """
select count(distinct r.cluster) as accounts,
  count(distinct case when v.response_id is not null then r.cluster end) as answered,
  count(distinct case when v.response_id is not null then r.person end) as people
from respondents r left join (
  select distinct a.dataset_id, a.response_id
  from answers a join questions q on q.dataset_id = a.dataset_id and q.question_id = a.question_id
  where a.status = 'answered' and q.question_key in (/*keys*/)
) v on v.dataset_id = r.dataset_id and v.response_id = r.response_id
where r.wave_order = $place and r.cluster not like 'p:%' and r.cluster not like 'x:%'
"""
LEVELS: Final = """
select count(*) as accounts, coalesce(sum(people), 0) as heard, coalesce(sum(known), 0) as with_role,
  coalesce(sum(case when deciders > 0 and others > 0 then 1 else 0 end), 0) as two_levels
from (
  select a.account_id, count(distinct r.person) as people,
    count(distinct case when r.role <> 'unknown' then r.person end) as known,
    count(distinct case when r.role = 'decision_maker' then r.person end) as deciders,
    count(distinct case when r.role in ('recommender', 'influencer') then r.person end) as others
  from accounts a left join respondents r on r.account_id = a.account_id and r.wave_order = $place
  where a.shown_tier = 1 group by a.account_id
) by_account
"""


@dataclass(frozen=True, slots=True)
class Worded:
    """A question that customers were asked, of any kind but importance, in words."""

    key: str
    kind: str
    about: str
    words: str

    def says(self, pattern: re.Pattern[str]) -> bool:
        """Whether its words speak of it."""
        return bool(pattern.search(self.words) or pattern.search(self.about))


@dataclass(frozen=True)
class Ask:
    """What one judgement asks the engine, of all customers; what several statements need is asked once."""

    engine: Engine
    min_group: int

    @cached_property
    def when(self) -> Period:
        """The newest wave and the one before it."""
        return period(self.engine, Filters())

    @cached_property
    def asked(self) -> tuple[Question, ...]:
        """The questions that customers were asked for scores."""
        return questions(self.engine)

    @cached_property
    def outcome(self) -> Question | None:
        """The question that says how people feel on the whole: recommending, else the company's overall rating."""
        overall = overall_ratings(self.asked, "company")
        return loyalty_question(self.asked) or (overall[0] if len(overall) == 1 else None)

    @cached_property
    def heard(self) -> dict[str, int]:
        """`waves`; `people` of the newest, those `placed` at an account of the list; `accounts` on it."""
        return self.counts(_HEARD)

    @cached_property
    def worded(self) -> tuple[Worded, ...]:
        """All questions, to be read for what they are about."""
        return tuple(Worded(**row) for row in records(self.engine.query(_WORDED)))

    @cached_property
    def troubled(self) -> tuple[tuple[AccountScore, AccountScore | None], ...]:
        """The accounts in trouble in the wave before the newest, each with what it said in the newest."""
        if self.when.previous is None:
            return ()
        earlier = Filters(waves=(self.when.previous,))
        before = account_scores(self.engine, filters=earlier, min_group=self.min_group)
        now = account_scores(self.engine, filters=Filters(), min_group=self.min_group)
        heard = {account.cluster: account for account in now}
        return tuple((account, heard.get(account.cluster)) for account in before if account.in_trouble)

    def counts(self, sql: str, **params: object) -> dict[str, int]:
        """The one row of counts that `sql` gives."""
        found = self.engine.query(sql, least=self.min_group, place=self.when.place, **params)
        return {name: int(count) for name, count in next(records(found)).items()}

    def beside(self, outcome: Question) -> tuple[int, ...]:
        """For each attribute rated in the newest wave, the people who answered `outcome` too."""
        found = self.engine.query(_BESIDE, outcome=outcome.key, place=self.when.place)
        return tuple(int(row["people"]) for row in records(found))

    def answered(self, about: Sequence[Worded]) -> dict[str, int]:
        """`accounts` heard in the newest wave, those that `answered` one of the questions, and their `people`."""
        names = {f"key_{i}": question.key for i, question in enumerate(about)}
        return self.counts(_ANSWERED.replace("/*keys*/", ", ".join("$" + name for name in names) or "null"), **names)
