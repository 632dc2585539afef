"""Another instrument: faults are told by line, a draft is seen and published, old results keep their version."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests import browsing, seeding

FIRST_WORDS, SECOND_WORDS = "We know who decides at every customer.", "We know who decides at every key customer."


def toml(version: str, first: str = FIRST_WORDS) -> str:
    """An instrument of two categories with two statements each, rated from 1 to 3."""
    scale = "".join(f'[[scale]]\nvalue = {n}\nlabel = "{word}"\n' for n, word in ((1, "No"), (2, "Partly"), (3, "Yes")))
    bands = "".join(
        f'[[{kind}]]\nlabel = "{label}"\nlow = {low}\nhigh = {high}\n'
        for kind, label, low, high in (
            ("category_bands", "Low", 2, 4), ("category_bands", "High", 5, 6),
            ("overall_bands", "Beginning", 4, 8), ("overall_bands", "Practised", 9, 12),
        )
    )  # fmt: skip
    texts = {"a.1": first, "a.2": "We meet them in person.", "b.1": "We ask them yearly.", "b.2": "We act on it."}
    categories = "".join(
        f'[[categories]]\nid = "{one}"\ntitle = "{title}"\n'
        + "".join(
            f'[[categories.statements]]\nid = "{number}"\ntext = "{text}"\n'
            for number, text in texts.items()
            if number.startswith(one)
        )
        for one, title in (("a", "Who they are"), ("b", "What they say"))
    )
    head = f'id = "steel"\nversion = "{version}"\ntitle = "Steel audit"\nquestion = "Is it so?"\n'
    return f'{head}{scale}{bands}{categories}[industry]\nsegments = ["Construction", "Other"]\n'


def upload(page: Page, folder: Path, content: str) -> None:
    file = folder / "steel.toml"
    file.write_text(content)
    room = page.locator("details", has_text="Load an instrument")
    if room.get_attribute("open") is None:
        room.locator("summary").click()
    page.locator('input[type="file"]').set_input_files(file)


def keep_and_publish(page: Page, folder: Path, content: str, version: str) -> None:
    upload(page, folder, content)
    expect(page.get_by_text(f"Steel audit, version {version}: 2 categories, 4 statements.")).to_be_visible()
    page.get_by_role("button", name="Keep it as a draft").click()
    choose(page, f"Steel audit, version {version} (draft)")
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("button", name="Publish")).to_have_count(0)
    browsing.settle(page)


def choose(page: Page, name: str) -> None:
    expect(page.get_by_text("1 of them drafts")).to_be_visible()
    browsing.settle(page)
    page.get_by_role("combobox", name="Version", exact=True).click()
    page.get_by_role("option", name=name).click()
    browsing.settle(page)


def take(page: Page, link: str) -> None:
    """All four statements with “Yes”, then submit."""
    browsing.open_page(page, link)
    for name in ("Next", "Review"):
        for place in range(2):
            browsing.radio(page, place, 3).tap()
            expect(browsing.notes(page).nth(place).get_by_text("Saved: 3 Yes")).to_be_visible()
        browsing.step_on(page, name)
    browsing.choose_industry(page, "Construction")
    browsing.submit(page)


def test_an_instrument_goes_from_its_faults_over_a_draft_to_results_that_keep_their_version(
    own_server, page, phone, tmp_path
):
    browsing.open_page(page, f"{own_server.url}/instruments")
    broken = toml("1.0").replace('label = "Partly"', 'label = ""').replace('id = "b.2"', 'id = "b.1"')
    line = broken.splitlines().index('label = ""') + 1
    upload(page, tmp_path, broken)
    expect(page.get_by_text(f"Line {line}: scale 2, label: must not be empty")).to_be_visible()
    expect(page.get_by_role("button", name="Keep it as a draft")).to_have_count(0)
    assert not page.get_by_test_id("stException").count()

    browsing.open_page(page, f"{own_server.url}/instruments")
    upload(page, tmp_path, toml("1.0"))
    page.get_by_role("button", name="Keep it as a draft").click()
    choose(page, "Steel audit, version 1.0 (draft)")
    page.get_by_text("Preview: as takers see it; nothing is saved").click()
    expect(page.get_by_role("radiogroup", name=FIRST_WORDS)).to_be_visible()
    page.get_by_role("radiogroup", name=FIRST_WORDS).get_by_role("radio", name="Yes").click()
    browsing.settle(page)
    visitor = browsing.open_page(phone.new_page(), f"{own_server.url}/audit?i=steel")
    expect(visitor.get_by_text("There is no such audit here.")).to_be_visible()  # a draft is given to nobody

    page.get_by_role("button", name="Publish").click()
    link = page.get_by_test_id("stCode").filter(has_text="?i=steel")
    expect(link).to_have_text(f"{own_server.url}/audit?i=steel")
    expect(page.get_by_role("button", name="Publish")).to_have_count(0)
    take(visitor, link.inner_text().strip())
    expect(visitor.get_by_text("You score 12 of 12 points: Practised, the highest band.")).to_be_visible()
    old = visitor.url

    browsing.open_page(page, f"{own_server.url}/instruments")
    keep_and_publish(page, tmp_path, toml("2.0", SECOND_WORDS), "2.0")
    browsing.open_page(page, f"{own_server.url}/instruments")
    expect(page.get_by_text("3 versions of instruments are kept")).to_be_visible()
    expect(page.get_by_text("1 of 4 statements differ.")).to_be_visible()
    visitor = browsing.open_page(phone.new_page(), old)
    expect(visitor.get_by_text("You score 12 of 12 points: Practised, the highest band.")).to_be_visible()
    assert SECOND_WORDS not in browsing.words(visitor)
    visitor.get_by_text("How this was calculated").click()
    expect(visitor.get_by_text("Steel audit, version 1.0;")).to_be_visible()
    browsing.open_page(visitor, f"{own_server.url}/audit?i=steel")
    expect(browsing.ratings(visitor).get_by_role("radiogroup", name=SECOND_WORDS)).to_be_visible()
    with seeding.records_of(own_server.home) as records:
        assert records.instruments.uses() == {("steel", "1.0"): 1}
