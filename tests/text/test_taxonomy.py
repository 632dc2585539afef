"""The seed tree is a file people edit; sentences go where they belong, in several languages."""

from __future__ import annotations

import pytest

from amp.errors import AmpError
from amp.text.embedding import embed
from amp.text.taxonomy import assigned, read, scores

SENTENCES = {
    "Lead times have become far too long this winter": "delivery",
    "The accounting department keeps sending us wrong invoices": "billing",
    "You raised the price twice within a year": "pricing",
    "My account manager visits us every month": "account_management",
    "Nobody answers the phone when we have a question": "support",
    "The user training was well prepared": "onboarding",
    "It does not connect to our ERP": "integration",
    "Zu hohe Preise": "pricing",
    "Die Lieferung ist unvollständig": "delivery",
    "La facture est fausse": "billing",
    "I had soup and a sandwich at the airport": None,
}


def needs_of(texts):
    taxonomy = read()
    columns = assigned(scores(taxonomy, texts, embed(texts)))
    return [taxonomy.needs[column].key if column >= 0 else None for column in columns]


def test_sentences_find_their_need():
    assert needs_of(list(SENTENCES)) == list(SENTENCES.values())


def test_no_sentences_need_no_need():
    assert needs_of([]) == []


def test_the_shipped_tree_has_several_anchors_a_need():
    assert all(len(need.anchors) >= 5 for need in read().needs)
    assert read().label("nowhere") == "Other"


NEED = '[[needs]]\nkey = "{0}"\nlabel = "{1}"\nanchors = ["late"]\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title = ", "cannot be read"),
        ('title = "T"', "cannot be read"),
        ('title = "T"\nneeds = []', "no anchors"),
        ('title = "T"\n' + NEED.format("a", "A") + NEED.format("b", "a"), "doubled"),
        ('title = "T"\n' + NEED.format("other", "A"), "other"),
        ('title = "T"\n' + NEED.format("a", "A").replace('["late"]', "[]"), "no anchors"),
    ],
)
def test_a_broken_tree_is_refused_with_a_sentence(tmp_path, text, said):
    path = tmp_path / "mine.toml"
    path.write_text(text)
    with pytest.raises(AmpError, match=r"mine\.toml") as refused:
        read(path)
    assert said in refused.value.message
    assert refused.value.hint
