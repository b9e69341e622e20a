"""What a job is handed besides its own row."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from api.night.steps import STEPS
from api.settings import ROOT
from domain.shared.files.kinds import FilePurpose
from domain.shared.imports.kinds import ImportKind
from domain.shared.night import Connection, NightStep
from domain.shared.outbox import LeasedJob
from domain.shared.parameters import Parameter
from domain.shared.rules.language import Language
from domain.shared.statements import Statement
from schema.house import HOUSE
from schema.parameters.declared import PARAMETERS
from schema.rules.language import LANGUAGE


@dataclass(frozen=True)
class JobContext:
    """Made once a process by `api.wiring`; tests hand in what other rooms make of them."""

    database_url: str
    landing: Path
    steps: tuple[NightStep, ...] = STEPS
    parameters: tuple[Parameter[Any], ...] = PARAMETERS
    language: Language = LANGUAGE
    files: Path = ROOT / ".local" / "files"
    """Where files that people send are put."""
    purposes: tuple[FilePurpose, ...] = HOUSE.files
    imports: tuple[ImportKind, ...] = HOUSE.imports


Handler = Callable[[Connection, LeasedJob, JobContext], None]
"""Writes its effect through the connection and never commits: `DONE` joins it in the same transaction."""

Tell = Callable[[Connection, LeasedJob, Statement], None]
"""Tells the business that a job was given up or put off, with the reason, in the transaction that marks it so."""
