"""Settings stop the start with a sentence when they are wrong."""

from pathlib import Path

import pytest

from amp.config import PROJECT, Settings, read_settings
from amp.errors import ConfigError


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch):
    import os

    for name in [name for name in os.environ if name.startswith("AMP_")]:
        monkeypatch.delenv(name)


def test_without_any_setting_the_app_is_local_and_keeps_its_data_beside_it():
    settings = read_settings()
    assert (settings.auth, settings.home) == ("local", Path.cwd() / ".amp")


def test_an_unknown_setting_is_named(monkeypatch):
    monkeypatch.setenv("AMP_IDLE_MINUTE", "5")
    with pytest.raises(ConfigError, match="AMP_IDLE_MINUTE is not known"):
        read_settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [("AMP_IDLE_MINUTES", "soon"), ("AMP_MIN_GROUP", "2"), ("AMP_AUTH", "open"), ("AMP_LOG_LEVEL", "loud")],
)
def test_a_bad_value_is_refused_by_name(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigError, match=name):
        read_settings()


def test_passcode_mode_needs_an_admin(monkeypatch):
    monkeypatch.setenv("AMP_AUTH", "passcode")
    with pytest.raises(ConfigError, match="AMP_ADMIN_PASSCODE"):
        read_settings()


@pytest.mark.parametrize(("viewer", "sentence"), [("short", "8 characters"), ("correct horse", "share one passcode")])
def test_weak_or_shared_passcodes_are_refused(monkeypatch, viewer, sentence):
    monkeypatch.setenv("AMP_AUTH", "passcode")
    monkeypatch.setenv("AMP_ADMIN_PASSCODE", "correct horse")
    monkeypatch.setenv("AMP_VIEWER_PASSCODE", viewer)
    with pytest.raises(ConfigError, match=sentence):
        read_settings()


def test_every_setting_stands_in_the_docs_and_no_other():
    import re

    documented = set(
        re.findall(r"^\| `(AMP_[A-Z_]+)` \|", (PROJECT / "docs" / "settings.md").read_text(), re.MULTILINE)
    )
    assert documented == {f"AMP_{field.upper()}" for field in Settings.model_fields}
