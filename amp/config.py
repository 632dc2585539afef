"""Settings from AMP_* environment variables, validated once at start; a wrong one stops the start with a sentence."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from amp.errors import ConfigError

PREFIX: Final = "AMP_"
PROJECT: Final = Path(__file__).resolve().parent.parent
DATA: Final = PROJECT / "data"


class Settings(BaseSettings):
    """Everything an operator can set; docs/settings.md explains each one (a test compares the two)."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True)

    home: Path = Path(".amp")
    auth: Literal["local", "passcode"] = "local"
    viewer_passcode: SecretStr | None = None
    editor_passcode: SecretStr | None = None
    admin_passcode: SecretStr | None = None
    idle_minutes: Annotated[int, Field(ge=1, le=24 * 60)] = 60
    public_url: str = ""
    min_group: Annotated[int, Field(ge=3, le=10)] = 5
    min_comments: Annotated[int, Field(ge=3, le=50)] = 10
    memory_limit_mb: Annotated[int, Field(ge=256)] = 2048
    threads: Annotated[int, Field(ge=1, le=64)] = 2
    query_seconds: Annotated[int, Field(ge=1, le=600)] = 60
    max_upload_mb: Annotated[int, Field(ge=1, le=2048)] = 200
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    @model_validator(mode="after")
    def _passcodes_fit_the_mode(self) -> Settings:
        codes = [self.viewer_passcode, self.editor_passcode, self.admin_passcode]
        given = [code.get_secret_value() for code in codes if code is not None]
        if self.auth == "passcode" and self.admin_passcode is None:
            raise ValueError("AMP_AUTH=passcode needs at least AMP_ADMIN_PASSCODE")
        if any(len(code) < 8 for code in given):
            raise ValueError("a passcode needs at least 8 characters")
        if len(set(given)) != len(given):
            raise ValueError("two roles share one passcode; give each its own")
        return self

    @property
    def datasets(self) -> Path:
        """Folder of the immutable data sets."""
        return self.home / "datasets"

    @property
    def scratch(self) -> Path:
        """Folder for the engine's spill files and for uploads in progress; emptied at start."""
        return self.home / "tmp"

    @property
    def records_file(self) -> Path:
        """The SQLite file with everything people did."""
        return self.home / "records.sqlite3"


def read_settings() -> Settings:
    """Settings from the environment; raises ConfigError naming the first bad or unknown variable."""
    known = {PREFIX + field.upper() for field in Settings.model_fields}
    for name in sorted(os.environ):
        if name.upper().startswith(PREFIX) and name.upper() not in known:
            raise ConfigError(f"The setting {name} is not known.", f"Known settings: {', '.join(sorted(known))}.")
    try:
        read = Settings()
    except ValidationError as error:
        first = error.errors()[0]
        where = PREFIX + str(first["loc"][0]).upper() + ": " if first["loc"] else ""
        raise ConfigError(
            f"A setting is not valid. {where}{first['msg'].removeprefix('Value error, ')}.",
            "Mend it and start again; docs/settings.md lists all settings.",
        ) from None
    return read.model_copy(update={"home": read.home.expanduser().resolve()})


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process, read once."""
    return read_settings()
