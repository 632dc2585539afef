"""Words of data are shown letter by letter where Markdown is read."""

import pytest

from amp.ui.words import plain


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Birch & Sons (Tier I)", r"Birch \& Sons (Tier I)"),
        ("[click](http://evil.example)", "\\[click\\](http://\u2060evil.example)"),
        ("**bold** $x^2$ :material/star:", r"\*\*bold\*\* \$x^2\$ \:material/star:"),
        ("www.evil.example", "www\u2060.evil.example"),
        ("# a heading", r"\# a heading"),
        ("1. a list", r"1\. a list"),
        ("<script>alert(1)</script>", r"\<script\>alert(1)\</script\>"),
        ("two\nlines", "two lines"),
        ("Statement 1.1: we listen", "Statement 1.1: we listen"),
    ],
)
def test_markup_in_data_stays_letters(text, shown):
    assert plain(text) == shown
