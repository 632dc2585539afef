"""Each comment's language, with short ones following the majority."""

from __future__ import annotations

from amp.text.language import languages

LONG = {
    "en": "Deliveries arrive late and nobody tells us in advance when they will come.",
    "de": "Die Lieferung kommt oft zu spät und niemand meldet sich bei uns.",
    "fr": "La livraison est souvent en retard et personne ne nous prévient.",
    "es": "La entrega siempre llega tarde y nadie nos avisa con tiempo.",
    "it": "La consegna arriva sempre in ritardo e nessuno ci avvisa.",
}


def test_the_five_languages_are_told_apart():
    assert languages(list(LONG.values())) == tuple(LONG)


def test_a_short_comment_follows_the_majority():
    assert languages([LONG["de"], LONG["de"], LONG["en"], "Info"])[-1] == "de"


def test_nothing_but_short_comments_is_english():
    assert languages(["ok", "fine"]) == ("en", "en")
    assert languages([]) == ()
