"""Finding the account of an answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amp.analysis.matching import Directory, folded_name

DIRECTORY = Directory(
    [
        ("1", "Müller GmbH & Co. KG", "mueller.example"),
        ("2", "Acme Inc.", "acme.example"),
        ("3", "ACME", None),
        ("AG", "Brand Y", "https://www.brandy.example/x"),
    ]
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Müller GmbH & Co. KG", "MULLER"),
        ("Acme, Inc.", "acme incorporated"),
        ("Novo A/S", "Novo AS"),
        ("Acme S.p.A.", "ACME SpA"),
        ("O'Neil Ltd", "O’Neil Limited"),
    ],
)
def test_spellings_of_one_company_fold_together(one, other):
    assert folded_name(one) == folded_name(other)


@pytest.mark.parametrize(("one", "other"), [("Brand Y", "Brand E"), ("Smith & Sons", "Smith"), ("AG", "SE")])
def test_different_companies_stay_apart(one, other):
    assert folded_name(one) != folded_name(other)


@given(st.text())
def test_case_and_outer_spaces_never_matter(name):
    assert folded_name(f"  {name} ") == folded_name(name)
    assert folded_name(name).casefold() == folded_name(name)


@given(st.text(alphabet="abcdefghij ", min_size=1).filter(str.strip))
def test_a_legal_form_at_the_end_never_matters(name):
    assert folded_name(f"{name.upper()} GmbH") == folded_name(f"{name}, Ltd.")


@pytest.mark.parametrize(
    ("reference", "domain", "account", "how"),
    [
        ("1", None, "1", "id"),
        ("muller gmbh", None, "1", "name"),
        ("Unheard of", "ACME.example", "2", "domain"),
        (None, "brandy.example", "AG", "domain"),
        ("Acme Ltd", None, None, "ambiguous"),
        ("Acme Ltd", "acme.example", "2", "domain"),
        ("Nobody", None, None, "unknown"),
        (None, None, None, "empty"),
        (" ag ", None, "AG", "id"),
    ],
)
def test_an_account_is_found_by_id_then_name_then_domain(reference, domain, account, how):
    found = DIRECTORY.find(reference, domain)
    assert (found.account_id, found.how) == (account, how)
