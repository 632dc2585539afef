"""The questions that the themes ask of the engine; what fewer than the minimum people said is left out here, in SQL."""

from __future__ import annotations

from dataclasses import replace
from typing import Final, TypedDict

import pandas as pd

from amp.analysis.filters import Filters
from amp.warehouse.engine import Engine


class Totals(TypedDict):
    """Counts under the filters: comments and people without non-answers, which stand apart."""

    comments: int
    people: int
    accounts: int
    alone: int
    non_answers: int
    short_praise: int


# Every query below opens with these steps: the comments in scope, the sentences in them, the nodes that may be shown.
# A wave of which the filters leave out only a few who commented is out of scope: they could be found by subtraction.
_SCOPE: Final = """
with commented as (
  select r.dataset_id, r.response_id, r.person, r.cluster, r.tier_label, r.role_label, r.wave, r.wave_order,
    c.comment_no, c.kind, c.language, case when (/*filters*/) then 1 else 0 end as inside
  from theme_comments c
  join respondents r on r.dataset_id = c.dataset_id and r.response_id = c.response_id
  where /*waves*/
), exposed as (
  select wave_order from commented where inside = 0 group by wave_order having count(distinct person) < $least
), scope as (
  select c.* from commented c left join exposed e on e.wave_order = c.wave_order
  where c.inside = 1 and e.wave_order is null
), said as (
  select s.*, m.node, m.sentence_no, m.text, m.fit, m.sentiment
  from theme_mentions m join scope s on s.comment_no = m.comment_no
), shown as (
  select node from said group by node having count(distinct person) >= $least
)
"""
_TOTALS: Final = """
select count(case when kind <> 'non_answer' then 1 end) as comments,
  count(distinct case when kind <> 'non_answer' then person end) as people,
  count(distinct case when kind <> 'non_answer' then cluster end) as accounts,
  count(distinct case when kind <> 'non_answer' and (cluster like 'p:%' or cluster like 'x:%') then cluster end)
    as alone,
  count(case when kind = 'non_answer' then 1 end) as non_answers,
  count(case when kind = 'praise' then 1 end) as short_praise
from scope having count(distinct case when kind <> 'non_answer' then person end) >= $least
"""
_LANGUAGES: Final = """
select language, count(*) as comments from scope where kind <> 'non_answer'
group by language having count(distinct person) >= $least order by comments desc, language
"""
_PEOPLE: Final = """
select node, case when count(distinct person) >= $least then count(distinct person) end as people,
  case when count(distinct person) >= $least then count(distinct sentence_no) end as sentences
from said group by node
"""
_SENTENCES: Final = """
select d.node, d.cluster, d.sentiment from said d join shown n on n.node = d.node
where d.sentiment is not null and not isnan(d.sentiment) order by d.node, d.sentence_no
"""
# One recommend score a response: the question on the company where there is one, else the first.
_SCORED: Final = """
, scores as (
  select dataset_id, response_id, value as score from (
    select a.dataset_id, a.response_id, a.value, row_number() over (
      partition by a.dataset_id, a.response_id
      order by case when q.subject = 'company' then 0 else 1 end, q.position nulls last, a.question_id) as place
    from answers a join questions q on q.dataset_id = a.dataset_id and q.question_id = a.question_id
    where q.kind = 'recommend' and a.status = 'answered' and a.value between 0 and 10
  ) where place = 1
), scored as (
  select distinct s.dataset_id, s.response_id, s.person, s.cluster, x.score
  from scope s join scores x on x.dataset_id = s.dataset_id and x.response_id = s.response_id
  where s.kind <> 'non_answer'
)
"""
_SCORED_ANSWERS: Final = "select dataset_id, response_id, cluster, score from scored order by dataset_id, response_id"
_SCORED_MENTIONS: Final = """
, pairs as (
  select distinct d.node, s.dataset_id, s.response_id, s.person
  from said d join scored s on s.dataset_id = d.dataset_id and s.response_id = d.response_id
), compared as (
  select node from pairs group by node
  having count(distinct person) >= $least
    and (select count(*) from scored) - count(distinct dataset_id || ':' || response_id) >= $least
)
select p.node, p.dataset_id, p.response_id from pairs p join compared c on c.node = p.node
order by p.node, p.dataset_id, p.response_id
"""
# The denominators must reach the minimum in both waves; a theme may rise from nobody, or vanish.
_WAVES: Final = """
, commenters as (
  select wave_order, min(wave) as wave, count(distinct person) as people
  from scope where kind <> 'non_answer' group by wave_order having count(distinct person) >= $least
), latest as (
  select * from commenters where wave_order = (select max(wave_order) from scope where wave_order <= $latest)
), earlier as (
  select * from commenters where wave_order = (
    select max(wave_order) from scope where wave_order < (select wave_order from latest))
), mentioned as (
  select node, wave_order, count(distinct person) as people from said group by node, wave_order
), nodes as (
  select distinct node from said
)
select n.node, coalesce(m.people, 0) as people, l.people as commenters, coalesce(b.people, 0) as before,
  e.people as commenters_before, l.wave, e.wave as previous
from nodes n cross join latest l cross join earlier e
left join mentioned m on m.node = n.node and m.wave_order = l.wave_order
left join mentioned b on b.node = n.node and b.wave_order = e.wave_order
where coalesce(m.people, 0) >= $least or coalesce(b.people, 0) >= $least
"""
_LATEST: Final = "select max(wave_order) as latest from scope"
# Each person's best sentence, each wording once, the ones nearest the theme's middle first.
_QUOTES: Final = """
, per_person as (
  select d.*, row_number() over (partition by d.node, d.person order by d.fit desc, d.sentence_no) as place
  from said d join shown n on n.node = d.node
), per_text as (
  select p.*, row_number() over (partition by p.node, lower(p.text) order by p.fit desc, p.sentence_no) as copy
  from per_person p where p.place = 1
), ranked as (
  select t.*, row_number() over (partition by t.node order by t.fit desc, t.sentence_no) as rank
  from per_text t where t.copy = 1
)
select node, text, tier_label, role_label, wave, sentiment from ranked where rank <= $quotes order by node, rank
"""


def totals(engine: Engine, filters: Filters, least: int) -> Totals | None:
    """What was said in all, or None where fewer than `least` people said anything."""
    found = _query(engine, _SCOPE + _TOTALS, filters, least=least)
    if found.empty:
        return None
    row = found.iloc[0]
    return Totals(
        comments=int(row["comments"]),
        people=int(row["people"]),
        accounts=int(row["accounts"]),
        alone=int(row["alone"]),
        non_answers=int(row["non_answers"]),
        short_praise=int(row["short_praise"]),
    )


def languages(engine: Engine, filters: Filters, least: int) -> tuple[tuple[str, int], ...]:
    """Comments per language code, most first; languages of fewer than `least` people are left out."""
    found = _query(engine, _SCOPE + _LANGUAGES, filters, least=least)
    return tuple((str(code), int(n)) for code, n in zip(found["language"], found["comments"], strict=True))


def people(engine: Engine, filters: Filters, least: int) -> dict[str, tuple[int | None, int | None]]:
    """Distinct people, and sentences, by node; None below `least` people."""
    found = _query(engine, _SCOPE + _PEOPLE, filters, least=least)
    columns = (found[column].astype(object).where(found[column].notna(), None) for column in ("people", "sentences"))
    counts = zip(*columns, strict=True)
    return {str(node): (n and int(n), s and int(s)) for node, (n, s) in zip(found["node"], counts, strict=True)}


def sentences(engine: Engine, filters: Filters, least: int) -> pd.DataFrame:
    """node, cluster, sentiment of every sentence whose sentiment could be read."""
    return _query(engine, _SCOPE + _SENTENCES, filters, least=least)


def scored(engine: Engine, filters: Filters, least: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Recommend scores of all who commented, and the responses that mention a node with enough people on both sides."""
    answers = _query(engine, _SCOPE + _SCORED + _SCORED_ANSWERS, filters, least=least)
    return answers, _query(engine, _SCOPE + _SCORED + _SCORED_MENTIONS, filters, least=least)


def waves(engine: Engine, filters: Filters, least: int) -> pd.DataFrame:
    """By node: people and people who commented, in the latest wave under the filters and in the wave before it."""
    latest = _query(engine, _SCOPE + _LATEST, filters, least=least)["latest"].iloc[0]
    around = replace(filters, waves=(), since=None, until=None)  # the wave before is there even when one wave is chosen
    return _query(engine, _SCOPE + _WAVES, around, least=least, latest=int(latest))


def quotes(engine: Engine, filters: Filters, least: int, most: int) -> pd.DataFrame:
    """Up to `most` sentences a node, each of another person and in other words."""
    return _query(engine, _SCOPE + _QUOTES, filters, least=least, quotes=most)


def _query(engine: Engine, sql: str, filters: Filters, **params: object) -> pd.DataFrame:
    waves, bound = Filters(waves=filters.waves).clause()
    narrowed, more = filters.narrow(sql.replace("/*waves*/", waves))
    return engine.query(narrowed, **(bound | more), **params)
