"""Settings of every process: from the environment, then from what `./yunge up` noted in `.local/state.json`.

`DATABASE_URL` and `REDIS_URL` carry their usual names; everything else is `YUNGE_<NAME>`. In production nothing
is guessed: a missing secret or landing folder is a sentence, not a default.
"""

import json
import os
from datetime import time
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Self

from pydantic import AliasChoices, Field, ValidationError, field_validator, model_validator
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from api.local.words import t

ROOT = Path(__file__).resolve().parent.parent
SECRET_LENGTH = 32


class Mode(StrEnum):
    """Three ways to run one program."""

    DEMONSTRATION = "demonstration"
    """The demonstration county; documents by id for browsers, free text with a bearer from `./yunge token`."""
    PRODUCTION = "production"
    """No free text, no token command, no demonstration data; secrets are required."""
    DEVELOPMENT = "development"
    """Reload, IDE and introspection."""


class BadSettings(Exception):
    """The environment does not describe a product that could run. The message is for the operator."""


def state_file() -> Path:
    """Where `./yunge up` notes what it started; `YUNGE_STATE` names another one."""
    return Path(os.environ.get("YUNGE_STATE", ROOT / ".local" / "state.json"))


def states_beside(landing: Path, named: Path | None) -> Path:
    """The folder of `<data date>.running|ok|failed`: the one that is named, or a neighbour of the landing folder."""
    return named or landing.with_name(f"{landing.name}.states")


class _State(PydanticBaseSettingsSource):
    """What the launcher noted. Weaker than the environment."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:  # noqa: ARG002
        return None, field_name, False

    def __call__(self) -> dict[str, Any]:
        try:
            noted = json.loads(state_file().read_text())
        except FileNotFoundError:
            return {}
        return {name: noted[name] for name in self.settings_cls.model_fields if name in noted}


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="YUNGE_", extra="ignore", populate_by_name=True)

    database_url: str = Field(validation_alias=AliasChoices("DATABASE_URL", "database_url"))
    redis_url: str = Field(validation_alias=AliasChoices("REDIS_URL", "redis_url"))
    mode: Mode = Mode.DEMONSTRATION
    host: str = "127.0.0.1"
    port: int = 8610
    night_at: time = time(2, 30)
    """When workers open the night, in Asia/Shanghai."""
    landing: Path = ROOT / ".local" / "landing"
    """Where the bank's systems drop their files; read in place, never written by the product."""
    files: Path = ROOT / ".local" / "files"
    """Where the product puts the files that people send; its own alone."""
    state_dir: Path | None = None
    """Where an outer scheduler reads how the nights are; beside the landing folder unless it is named."""
    secret: str = ""
    """The key of everything that is signed or sealed; made by `up` outside production."""
    metrics_token: str = ""
    """Whoever carries it as a bearer reads `/metrics`; without one only this machine does."""
    web: Path = ROOT / "frontend" / "dist"
    log_level: str = "INFO"

    @property
    def is_production(self) -> bool:
        return self.mode is Mode.PRODUCTION

    @property
    def states(self) -> Path:
        return states_beside(self.landing, self.state_dir)

    @property
    def sqlalchemy_url(self) -> str:
        """The address as SQLAlchemy's asyncpg dialect wants it."""
        return self.database_url.replace("postgresql://", "postgresql+asyncpg://", 1)

    @field_validator("metrics_token")
    @classmethod
    def _long_or_none(cls, token: str) -> str:
        if 0 < len(token) < SECRET_LENGTH:
            raise ValueError(t("settings.metrics_token_too_short", least=SECRET_LENGTH))
        return token

    @model_validator(mode="after")
    def _production_guesses_nothing(self) -> Self:
        if self.is_production and len(self.secret) < SECRET_LENGTH:
            raise ValueError(t("settings.secret_too_short", least=SECRET_LENGTH))
        if self.is_production and "landing" not in self.model_fields_set:
            raise ValueError(t("settings.landing_missing"))
        if self.is_production and "files" not in self.model_fields_set:
            raise ValueError(t("settings.files_missing"))
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, _State(settings_cls)


def read_settings(**given: Any) -> Settings:
    """The settings of this process, or one sentence about what is missing."""
    try:
        return Settings(**given)
    except ValidationError as wrong:
        raise BadSettings("; ".join(_sentence(dict(error)) for error in wrong.errors())) from None


def _sentence(error: dict[str, Any]) -> str:
    field = ".".join(str(part) for part in error["loc"])
    name = field if field.isupper() else f"YUNGE_{field.upper()}"
    if error["type"] == "missing":
        return t("settings.missing", name=name)
    if error["type"] == "value_error":
        return str(error["msg"]).removeprefix("Value error, ")
    return t("settings.not_valid", name=name, wrong=error["msg"])


@cache
def settings() -> Settings:
    """The settings of this process, read once."""
    return read_settings()
