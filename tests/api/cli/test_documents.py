"""What `./yunge documents` tells people who look at documents."""

import pytest
from typer.testing import CliRunner

from api.app import MANIFEST
from api.cli.app import app
from api.cli.documents import plan_of
from domain.shared.actor import ScopeForm
from domain.shared.masks import Mask
from schema.documents import load_registry
from schema.root import COMPILER, CONTRACT
from schema.view import VIEWS, View


def run(*arguments: str) -> str:
    shown = CliRunner().invoke(app, ["documents", *arguments], env={"COLUMNS": "200"})
    assert shown.exit_code == 0, shown.output
    return shown.stdout


def test_every_document_says_how_it_runs() -> None:
    lines = {line.split()[0]: line for line in run().splitlines()[1:]}
    assert "已编译" in lines["CustomerRouteQuery"]
    assert "普通执行" in lines["useRecordVisitMutation"]
    assert len(lines) == len(load_registry(CONTRACT, MANIFEST).documents)


def test_one_document_shows_its_statement_for_a_view() -> None:
    manager, head = run("CustomerRouteQuery"), run("CustomerRouteQuery", "--scope", "bank", "--mask", "head")
    assert "GRIDS, FULL_OWN" in manager
    assert "concat(" in manager
    assert "overlay(" not in manager
    assert "overlay(" in head, "head office sees phones masked"


@pytest.mark.parametrize(
    "view", [*VIEWS, View(ScopeForm.UNITS, Mask.HEAD), View(ScopeForm.MIXED, Mask.OUTLET)], ids=str
)
def test_every_statement_can_be_planned(database_url: str, view: View) -> None:
    for document in load_registry(CONTRACT, MANIFEST, compiler=COMPILER).documents.values():
        if document.compiled is not None:
            statement = document.compiled.statement(view, document.compiled.sample_variables())
            assert plan_of(database_url, statement), document.name
