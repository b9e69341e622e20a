"""`./yunge documents`: what each registered document costs, how it is run, its statement and its plan."""

from functools import cache

import psycopg
from rich.console import Console

from api.app import MANIFEST
from api.cli.tables import plain_table
from api.local.place import Place
from api.local.refusal import CannotGoOn
from api.local.status import noted_database
from api.local.words import t
from domain.shared.actor import ScopeForm
from domain.shared.masks import Mask
from schema.documents import Document, Registry, load_registry
from schema.engine.rendering import Statement
from schema.root import COMPILER, CONTRACT
from schema.view import View


def print_documents() -> None:
    """One line a document; what is not compiled says why."""
    registry = registered()
    table = plain_table(
        t("documents.document"),
        t("documents.id"),
        t("documents.runs"),
        t("documents.cost"),
        t("documents.statements"),
        t("documents.longest"),
    )
    for document_id, document in sorted(registry.documents.items(), key=lambda pair: pair[1].name):
        table.add_row(document.name, document_id[:12], *_row(document))
    for document_id, unfit in registry.unfit.items():
        table.add_row(unfit.name, document_id[:12], t("documents.does_not_fit", reason=str(unfit)))
    Console(soft_wrap=True).print(table)


def _row(document: Document) -> list[str]:
    if document.compiled is None:
        reason = document.not_compiled
        return [t("documents.ordinary", reason=reason), str(_cost(document)), "", ""]
    texts = [len(statement.text) for _key, statement in document.compiled.plans.statements()]
    return [t("documents.compiled"), str(_cost(document)), str(len(texts)), f"{max(texts):,}"]


def _cost(document: Document) -> int:
    """In objects, with the variables that it demands."""
    return document.meter.check({} if document.compiled is None else document.compiled.raw_samples())


def print_document(place: Place, name: str, scope: ScopeForm, mask: Mask, *, has_plan: bool) -> None:
    """The text of the statement for one form of scope and mask profile and, from the product's database, its plan."""
    document = _named(registered(), name)
    print(f"{document.name}  {t('documents.cost')} {_cost(document)}  {t('documents.permissions')} "
          f"{', '.join(document.permissions) or '-'}")  # fmt: skip
    if document.compiled is None:
        print(t("documents.run_ordinary_executor", not_compiled=document.not_compiled))
        return
    statement = document.compiled.statement(View(scope, mask), document.compiled.sample_variables())
    print(f"-- {scope}, {mask}, {t('documents.parameters')} {len(statement.reads)}\n{statement.text}")
    if has_plan:
        print()
        for line in plan_of(noted_database(place), statement):
            print(line)


def plan_of(database_url: str, statement: Statement) -> list[str]:
    """The plan that serves every value, as the readers' pool asks for it."""
    nulls = f"({', '.join(['null'] * len(statement.reads))})" if statement.reads else ""
    with psycopg.connect(database_url) as database:
        database.execute("set plan_cache_mode = force_generic_plan")
        database.execute(f"prepare looked_at as {statement.text}".encode())
        return [row[0] for row in database.execute(f"explain execute looked_at{nulls}".encode())]


@cache
def registered() -> Registry:
    """The documents of this program, compiled."""
    return load_registry(CONTRACT, MANIFEST, compiler=COMPILER)


def _named(registry: Registry, name: str) -> Document:
    for document_id, document in registry.documents.items():
        if document.name == name or document_id.startswith(name):
            return document
    known = ", ".join(sorted(document.name for document in registry.documents.values()))
    raise CannotGoOn(t("documents.no_document_registered", name=name, known=known))
