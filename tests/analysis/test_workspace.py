"""Opening a workspace: joins, tiers, roles and waves, with any of the data missing."""

from __future__ import annotations

from decimal import Decimal

from amp.analysis.workspace import facts


def test_a_workspace_without_data_has_every_table_and_no_rows(empty):
    for table in ("accounts", "contacts", "respondents", "employees", "answers", "questions"):
        assert len(empty.query(f"select * from {table}")) == 0
    columns = set(empty.query("select * from respondents").columns)
    assert {"account_id", "cluster", "person", "tier_label", "role_label", "wave_order", "product"} <= columns


def test_answers_join_their_account_by_id_and_by_name_without_legal_form(opened):
    found = opened.query("select distinct account_ref, account_id from respondents order by 1")
    assert dict(found.itertuples(index=False)) == {
        "A1": "A1", "A4": "A4", "A5": "A5", "A6": "A6", "Birch Limited": "A2", "cedar": "A3",
    }  # fmt: skip


def test_an_answer_without_account_joins_by_its_mail_domain(company):
    company.add_accounts()
    company.add_survey(
        "Spring 2024", [{"email_domain": "elm.example", "q1": 9}, {"email_domain": "web.example", "q1": 3}]
    )
    found = company.open().query("select account_id, tier_label from respondents order by response_id")
    assert found["account_id"].fillna("").tolist() == ["A5", ""]
    assert found["tier_label"].tolist() == ["Tier III", "Untiered"]


def test_tiers_are_the_first_eighty_ninety_and_hundred_percent(opened):
    found = opened.query("select account_id, tier_label, flag from accounts order by account_id")
    assert found["tier_label"].tolist() == [
        "Tier I", "Tier I", "Tier I", "Tier II", "Tier III", "Tier III", "Untiered",
    ]  # fmt: skip
    assert found["flag"].tolist()[-1] == "revenue_missing"


def test_a_strategic_account_is_shown_in_tier_one_and_keeps_its_computed_tier(company):
    company.add_accounts()
    found = company.open(strategic={"A6": "Opens Asia"}).query(
        "select tier, shown_tier, tier_label, strategic, strategic_reason from accounts where account_id = 'A6'"
    )
    assert found.iloc[0].tolist() == [3, 1, "Tier I", True, "Opens Asia"]


def test_a_survey_without_accounts_is_untiered(company):
    company.add_survey("Spring 2024", [{"account_ref": "Nowhere Ltd", "q1": 9}, {"account_ref": "nowhere", "q1": 2}])
    found = company.open().query("select tier_label, cluster, account_name from respondents order by response_id")
    assert set(found["tier_label"]) == {"Untiered"}
    assert found["cluster"].nunique() == 1, "one company under two spellings is one cluster"
    assert found["account_name"].tolist() == ["Nowhere Ltd", "nowhere"]


def test_waves_are_in_the_order_of_their_dates_not_of_their_names(company):
    company.add_survey("Winter 2023", [{"q1": 9}])
    company.add_survey("Autumn 2024", [{"q1": 9}])
    found = company.open().query("select wave, wave_order from respondents order by wave_order")
    assert found["wave"].tolist() == ["Winter 2023", "Autumn 2024"]
    assert found["wave_order"].tolist() == [1, 2]


def test_undated_waves_are_in_the_order_of_their_numbers(company):
    for wave in ("Wave 2010", "Wave 210"):
        company.add_survey("Wave 2010", [{"q1": 9, "answered_at": None, "wave": wave}])
    found = company.open().query("select wave from respondents order by wave_order")
    assert found["wave"].tolist() == ["Wave 210", "Wave 2010"]


def test_a_role_given_by_hand_wins_over_the_stored_one_and_the_contact_list_fills_gaps(company):
    company.add_contacts([{"contact_id": "c9", "email": "ann@elm.example", "title": "Clerk", "role": "influencer"}])
    company.add_survey(
        "Spring 2024",
        [
            {"title": "Head  of Buying", "role": "influencer", "q1": 9},
            {"title": "CEO", "role": "decision_maker", "q1": 9},
            {"respondent_id": "Ann@elm.example", "q1": 9},
            {"q1": 9},
        ],
    )
    found = company.open(roles={"head of buying": "recommender"}).query(
        "select role, role_label from respondents order by response_id"
    )
    assert found["role"].tolist() == ["recommender", "decision_maker", "influencer", "unknown"]
    assert found["role_label"].tolist()[-1] == "Role unknown"


def test_employees_are_kept_apart_from_customers(company):
    company.add_survey("Spring 2024", [{"q1": 9}])
    company.add_survey("Spring 2025", [{"q1": 9}, {"q1": 8}], kind="employees")
    engine = company.open()
    assert len(engine.query("select * from respondents")) == 1
    assert len(engine.query("select * from employees")) == 2


def test_a_response_is_never_doubled_by_its_joins(opened):
    assert len(opened.query("select * from respondents")) == 60
    assert len(opened.query("select distinct dataset_id, response_id from respondents")) == 60


def test_the_facts_of_an_empty_workspace_are_all_nothing(empty):
    found = facts(empty)
    assert found.is_empty
    assert found.waves == ()
    assert found.revenue_total == 0
    assert found.unmatched == ()


def test_the_facts_say_what_is_loaded_and_what_is_silent(opened):
    found = facts(opened)
    assert (found.responses, found.accounts, found.accounts_heard) == (60, 7, 6)
    assert found.waves == ("Spring 2024", "Spring 2025")
    assert found.options["tiers"] == ("Tier I", "Tier II", "Tier III")
    assert found.options["roles"] == ("decision_maker", "recommender", "influencer")
    assert (found.revenue_total, found.revenue_silent, found.currency) == (Decimal("2000.00"), 0, "EUR")


def test_the_facts_name_answers_whose_account_is_unknown(company):
    company.add_accounts()
    company.add_survey("Spring 2024", [{"account_ref": "Nowhere", "q1": 9}] * 2 + [{"account_ref": "A1", "q1": 9}])
    found = facts(company.open())
    assert [(u.name, u.responses, u.ambiguous) for u in found.unmatched] == [("Nowhere", 2, False)]
    assert found.unmatched_responses == 2
    assert found.revenue_silent == Decimal("1200.00")
