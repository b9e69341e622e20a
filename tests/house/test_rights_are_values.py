"""Nothing that reads or guards knows a role: it looks at forms of scopes, masks and permissions alone."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from domain.shared.actor import Actor
from schema.root import CONTRACT

ROOT = Path(__file__).parents[2]
LOOKED_AT = sorted(
    path for folder in ("api", "schema", "geo", "ml", "domain") for path in ROOT.glob(f"{folder}/**/*.py")
)
PAGES = sorted(path for path in ROOT.glob("frontend/src/**/*.ts*") if "__generated__" not in path.parts)
KIND_OF_UNIT = re.compile(r"kind = 'HEAD_OFFICE'")
"""The head office is a unit as well, and whoever says so says that he means the kind."""

NAMED = {
    "api/county/bank.py": "the people of the demonstration, each with the role he is entered with",
    "api/county/generator/places.py": "whom the demonstration's books name as managers",
    "api/county/load.py": "the kind of the demonstration's highest unit",
    "api/local/accounts.py": "the kind of the first unit of an installation",
    "api/cli/answers.py": "words for the demonstration's accounts",
    "domain/shared/imports/import_columns.py": "words of lists for the kind of a unit",
    "domain/shared/org_units.py": "the kind of a unit",
    "frontend/src/features/opening/en.ts": "words for the kinds of units, one of which has the same name",
    "frontend/src/features/opening/zh-CN.ts": "words for the kinds of units, one of which has the same name",
    "frontend/src/shared/i18n/en.ts": "words for the roles that every bank begins with",
    "frontend/src/shared/i18n/zh-CN.ts": "words for the roles that every bank begins with",
    "frontend/src/shared/words.ts": "one of the keys of those words, so that the compiler knows their form",
}
"""Where a role's name (or the kind of unit that is called the same) may stand, and why."""


def roles_of(connection: psycopg.Connection) -> set[str]:
    return {code for (code,) in connection.execute("select code from roles")}


def texts_of(tree: ast.AST) -> Iterator[str]:
    """All strings of a file but docstrings."""
    described = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in described:
            yield node.value


def in_python(path: Path) -> Iterator[str]:
    for one in texts_of(ast.parse(path.read_text())):
        yield KIND_OF_UNIT.sub("", one)


def in_pages(path: Path) -> Iterator[str]:
    yield re.sub(r"/\*.*?\*/|(?<!:)//[^\n]*", "", path.read_text(), flags=re.DOTALL)


def test_no_file_names_a_role_without_a_reason(connection: psycopg.Connection) -> None:
    names = roles_of(connection)
    assert names == {"HEAD_OFFICE", "OUTLET_MANAGER", "CUSTOMER_MANAGER", "ADMINISTRATOR"}
    assert len(LOOKED_AT) > 250
    assert len(PAGES) > 80
    role = re.compile(rf"\b({'|'.join(names)})\b")
    read = [(path, in_python) for path in LOOKED_AT] + [(path, in_pages) for path in PAGES]
    found = {
        str(path.relative_to(ROOT)) for path, texts in read if any(role.search(one) for one in texts(path))
    }
    assert found == set(NAMED)


def test_an_actors_role_is_read_for_people_alone() -> None:
    """Whoever decides by `actor.role` would decide by a name that the bank may change."""
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in LOOKED_AT
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute)
        and node.attr == "role"
        and isinstance(node.value, ast.Name)
        and node.value.id in ("actor", "view")
        and path.name != "sessions.py"
    ]
    assert found == []
    assert "role" in Actor.__dataclass_fields__


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_pages_have_a_word_for_every_permission(language: str) -> None:
    """A proposal names permissions by their codes, and the pages word them as the program does."""
    words = (ROOT / f"frontend/src/features/parameters/{language}.ts").read_text()
    said = [f"'{one}': '{one.zh if language == 'zh-CN' else one.en}'," for one in CONTRACT.permissions]
    assert [one for one in said if one not in words] == []


def test_todays_roles_have_the_rights_that_they_had(connection: psycopg.Connection) -> None:
    everybody = {
        "customers.view",
        "grids.view",
        "performance.view",
        "tasks.view_walk",
        "models.explain",
        "files.send",
    }
    leads = {"accounts.view", "accounts.hand_out", "grids.give_customers"}
    proposes = {"parameters.view", "parameters.propose", "proposals.view", "rights.view", "rights.propose"}
    rows = connection.execute("select code, mask, scope, permissions from roles order by position").fetchall()
    assert {code: (mask, scope, set(permissions)) for code, mask, scope, permissions in rows} == {
        "HEAD_OFFICE": (
            "HEAD",
            "BANK",
            everybody
            | proposes
            | {"nights.view", "models.view", "parameters.decide", "rights.decide"}
            | {"grids.edit", "grids.approve"}
            | leads
            | {"imports.view", "imports.bring", "imports.decide"},
        ),
        "ADMINISTRATOR": (
            "ALL",
            "NOTHING",
            proposes
            | {
                "files.send",
                "grids.view",
                "nights.view",
                "nights.start",
                "feeds.release",
                "feeds.describe",
                "imports.view",
                "imports.bring",
                "models.view",
                "performance.view",
            },
        ),
        "OUTLET_MANAGER": (
            "OUTLET",
            "OWN_UNIT",
            everybody | leads | {"tasks.record_visit", "customers.cut_link", "nights.view", "models.view"},
        ),
        "CUSTOMER_MANAGER": ("FULL_OWN", "OWN_GRIDS", everybody | {"tasks.record_visit"}),
    }
    for _, _, _, permissions in rows:
        assert set(permissions) <= set(CONTRACT.permissions)


@pytest.mark.parametrize(
    "wrong",
    [
        "update staff set role = 'NOBODY'",
        "update roles set scope = 'ALL'",
        "update roles set mask = 'HEAD NOTHING'",
        "update org_units set parent_id = id",
        "insert into scope_grants (staff_id, from_on) select id, '2026-01-01' from staff",
    ],
)
def test_the_database_refuses_what_is_no_right(connection: psycopg.Connection, wrong: str) -> None:
    connection.execute("insert into org_units (code, name, kind) values ('1', '行', 'HEAD_OFFICE')")
    connection.execute(
        """insert into staff (number, name, role, org_unit_id, is_active)
           select '1', '甲', 'HEAD_OFFICE', id, true from org_units"""
    )
    with pytest.raises(psycopg.errors.IntegrityError):
        connection.execute(wrong.encode())
