"""The pictures of the Listen section say in words what they show, and never speak by colour alone."""

from __future__ import annotations

from amp.analysis.competitors import competitors
from amp.analysis.filters import Filters
from amp.analysis.overview import overview
from amp.analysis.satisfaction import satisfaction
from amp.analysis.tiers import tiers
from amp.charts import competitors as competitor_charts
from amp.charts import overview as overview_charts
from amp.charts import satisfaction as satisfaction_charts
from amp.charts import tiers as tier_charts
from amp.charts.template import DIVERGING, MARK, PAPER_DARK, PAPER_LIGHT, SEQUENTIAL, contrast, ink_on, plain
from tests.small_company import person


def test_the_curve_starts_at_nothing_and_names_its_cuts(opened):
    drawn = tier_charts.pareto_curve(tiers(opened))
    assert (drawn.data[0].x[0], drawn.data[0].y[0], drawn.data[0].y[-1]) == (0, 0, 100)
    assert [note.text for note in drawn.layout.annotations] == ["80 %: end of Tier I", "90 %: end of Tier II"]
    assert "Tier I is 3 accounts and 85.0\u202f% of revenue" in tier_charts.pareto_curve_in_words(tiers(opened))


def test_dots_carry_figure_n_and_interval(opened):
    view = satisfaction(opened, filters=Filters())
    drawn = satisfaction_charts.group_dots(view, "nps")
    assert list(drawn.data[0].y) == ["All", "Tier I", "Tier II", "Tier III"]
    assert drawn.data[0].text[0] == "+13, n 30"
    total = view.total.nps.respondent
    assert drawn.data[0].x[0] + drawn.data[0].error_x.array[0] == total.high
    assert "All: +13" in satisfaction_charts.group_dots_in_words(view, "nps")


def test_a_hidden_group_is_named_and_has_no_dot(company):
    company.add_accounts()
    company.add_survey("Spring 2024", [person("A1", "influencer", 9)] * 12 + [person("A4", "influencer", 8)] * 3)
    drawn = satisfaction_charts.group_dots(satisfaction(company.open(), filters=Filters()), "nps")
    assert list(drawn.data[0].y) == ["All"]
    assert {note.text for note in drawn.layout.annotations} == {"Hidden: fewer than 5 people"}


def test_shares_are_drawn_in_percent_and_scores_are_printed(opened):
    view = satisfaction(opened, filters=Filters())
    drawn = satisfaction_charts.group_dots(view, "top_two")
    assert drawn.data[0].x[0] == view.total.top_two.respondent.value * 100
    bars = satisfaction_charts.score_bars(view.recommend_scores, recommend=True)
    assert sum(bars.data[0].y) == 30
    assert "promoters" in bars.layout.xaxis.title.text


def test_a_comparison_is_centred_on_the_same(opened):
    rows = competitors(opened, filters=Filters()).rows
    drawn = competitor_charts.diverging_bars(rows)
    pieces = {bar.name: (bar.base[0], bar.x[0]) for bar in drawn.data}
    assert pieces["Same"] == (-10, 20)
    assert pieces["Superior"] == (30, 20)
    assert pieces["Failed"] == (-50, 20)
    said = competitor_charts.diverging_bars_in_words(rows)
    assert "20\u202f% superior" in said
    assert "5 answers “don't know” apart" in said


def test_the_map_prints_every_figure(opened):
    found = overview(opened, filters=Filters())
    drawn = overview_charts.standing_map(found)
    assert len(drawn.data) == 5 * len(found.standing)
    assert all(bar.text[0] for bar in drawn.data)
    assert (
        "Tier I: 1 recommending, 1 content, 1 in trouble, 0 too few to say, 0 not heard"
        in overview_charts.standing_map_in_words(found)
    )


def test_customers_names_are_never_read_as_markup(company):
    company.add_survey("Spring 2024", [person("X", "influencer", 9, product="<b>Saw</b>")] * 9)
    drawn = satisfaction_charts.group_dots(satisfaction(company.open(), filters=Filters(), by=("product",)), "nps")
    assert "&lt;b&gt;Saw&lt;/b&gt;" in drawn.data[0].y
    assert plain("a & b") == "a &amp; b"


def test_every_picture_draws_when_there_is_nothing_to_draw(company):
    engine = company.open()
    view, rivals = satisfaction(engine, filters=Filters()), competitors(engine, filters=Filters())
    assert tier_charts.pareto_curve(tiers(engine)).layout.height
    assert satisfaction_charts.group_dots(view, "mean").layout.height
    assert satisfaction_charts.trend(view, "nps").layout.height
    assert competitor_charts.diverging_bars(rivals.rows).layout.height
    assert overview_charts.standing_map(overview(engine, filters=Filters())).layout.height
    assert "None" not in satisfaction_charts.group_dots_in_words(view, "nps")


def test_text_on_a_filled_shape_is_readable():
    assert all(contrast(ink_on(colour), colour) >= 4.5 for colour in (*DIVERGING, *SEQUENTIAL))


def test_marks_stand_out_on_the_paper_of_both_themes():
    assert all(contrast(MARK, paper) >= 3 for paper in (*PAPER_LIGHT, *PAPER_DARK))
