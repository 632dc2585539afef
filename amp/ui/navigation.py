"""Every screen of the app: where its file is, what it is called and who may open it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from amp.records.access import Role

SECTIONS: Final = ("", "Assess", "Listen", "Understand", "Act", "Admin")


@dataclass(frozen=True, slots=True)
class Screen:
    """One page: `file` below pages/, `url` below the root, `role` the least that opens it.

    A `translated` page speaks the visitor's language; the others are in English.
    """

    key: str
    file: str
    title: str
    section: str
    role: Role
    wide: bool = True
    listed: bool = True
    translated: bool = False

    @property
    def url(self) -> str:
        """The path below the root; the overview is the root itself."""
        return "" if self.key == "overview" else self.key


_ALL: Final = (
    Screen("overview", "understand/overview.py", "Overview", "", Role.VIEWER),
    Screen("audit", "assess/audit.py", "Take the audit", "Assess", Role.GUEST, wide=False, translated=True),
    Screen("result", "assess/result.py", "Audit result", "Assess", Role.GUEST, listed=False, translated=True),
    Screen("audits", "assess/audits.py", "Submitted audits", "Assess", Role.VIEWER),
    Screen("campaigns", "assess/campaigns.py", "Campaigns", "Assess", Role.VIEWER),
    Screen("instruments", "assess/instruments.py", "Instruments", "Assess", Role.VIEWER),
    Screen("tiers", "listen/tiers.py", "Tiers", "Listen", Role.VIEWER),
    Screen("satisfaction", "listen/satisfaction.py", "Satisfaction", "Listen", Role.VIEWER),
    Screen("competitors", "listen/competitors.py", "Competitors", "Listen", Role.VIEWER),
    Screen("account", "listen/account.py", "Account", "Listen", Role.VIEWER),
    Screen("import", "listen/importing.py", "Import", "Listen", Role.EDITOR),
    Screen("data", "listen/data.py", "Data sets", "Listen", Role.VIEWER),
    Screen("themes", "understand/themes.py", "Themes", "Understand", Role.VIEWER),
    Screen("methods", "understand/methods.py", "How it is calculated", "Understand", Role.VIEWER, wide=False),
    Screen("system", "admin/system.py", "System", "Admin", Role.ADMIN),
)

SCREENS: Final = {screen.key: screen for screen in _ALL}
