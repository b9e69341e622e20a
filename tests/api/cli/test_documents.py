"""What `./yunge documents` tells people who look at documents."""

from collections.abc import Callable

import pytest
from typer.testing import CliRunner

from api.cli.app import app
from api.cli.documents import plan_of, registered
from domain.shared.actor import ScopeForm
from domain.shared.masks import Mask
from schema.view import VIEWS, View


@pytest.fixture(scope="module")
def empty_bank(make_database: Callable[..., str]) -> str:
    """Statements are planned in it and never run."""
    return make_database()


def run(*arguments: str) -> str:
    shown = CliRunner().invoke(app, ["documents", *arguments], env={"COLUMNS": "200"})
    assert shown.exit_code == 0, shown.output
    return shown.stdout


def test_every_document_says_how_it_runs() -> None:
    lines = {line.split()[0]: line for line in run().splitlines()[1:]}
    assert "已编译" in lines["CustomerRouteQuery"]
    assert "普通执行" in lines["sendVisitMutation"]
    assert len(lines) == len(registered().documents)


def test_one_document_shows_its_statement_for_a_view() -> None:
    manager, head = run("CustomerRouteQuery"), run("CustomerRouteQuery", "--scope", "bank", "--mask", "head")
    assert "GRIDS, FULL_OWN" in manager
    assert "concat(" in manager
    assert "overlay(" not in manager
    assert "overlay(" in head, "head office sees phones masked"


@pytest.mark.parametrize(
    "view", [*VIEWS, View(ScopeForm.UNITS, Mask.HEAD), View(ScopeForm.MIXED, Mask.OUTLET)], ids=str
)
def test_every_statement_can_be_planned(empty_bank: str, view: View) -> None:
    for document in registered().documents.values():
        if document.compiled is not None:
            statement = document.compiled.statement(view, document.compiled.sample_variables())
            assert plan_of(empty_bank, statement), document.name
