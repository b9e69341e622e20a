"""What runs, where, and with which accounts: the answer of `./yunge status`."""

from collections.abc import Mapping
from typing import Any

import psycopg

from api.local.held import held_files
from api.local.place import Place
from api.local.refusal import CannotGoOn
from api.local.state import read_state
from api.local.supervisor import Supervisor
from api.local.tls import reachable
from api.local.words import t
from api.settings import ROOT, Mode
from domain.shared.data_date import data_date_in_force


def program_version() -> str:
    import tomllib

    return str(tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"])


def noted_or_refuse(place: Place) -> dict[str, Any]:
    """What `up` noted; a sentence where it never ran."""
    noted = read_state(place)
    if "database_url" not in noted:
        raise CannotGoOn(t("local_status.nothing_was_brought"))
    return noted


def noted_database(place: Place) -> str:
    """The address of the product's database; a sentence where `up` never ran."""
    return str(noted_or_refuse(place)["database_url"])


def base_address(noted: Mapping[str, Any]) -> str:
    """The application's address as somebody writes it into a browser."""
    scheme = "https" if "tls_certificate" in noted else "http"
    return f"{scheme}://{reachable(str(noted['host']))}:{noted['port']}"


def describe(place: Place) -> dict[str, Any]:
    """One object: addresses, folders, data date, version, processes, and the demonstration accounts."""
    noted = noted_or_refuse(place)
    base = base_address(noted)
    states = Supervisor(place).states()
    return {
        "desk": f"{base}/",
        "phone": f"{base}/h5/",
        "graphql": f"{base}/graphql",
        "database_url": noted["database_url"],
        "redis_url": noted["redis_url"],
        "landing": noted.get("landing"),
        "truth": noted.get("truth"),
        "mode": noted["mode"],
        "version": program_version(),
        "is_running": states.get("api") == "RUNNING",
        "processes": states,
        **_of_database(noted),
    }


def _of_database(noted: dict[str, Any]) -> dict[str, Any]:
    """What only the database knows; nulls and an empty list while it is stopped."""
    try:
        with psycopg.connect(noted["database_url"], connect_timeout=5) as database:
            day = data_date_in_force(database)
            held = held_files(database)
            accounts = [] if noted["mode"] == Mode.PRODUCTION else _accounts(database)
    except psycopg.OperationalError:
        return {"data_date": None, "held": [], "accounts": []}
    return {"data_date": day and day.isoformat(), "held": held, "accounts": accounts}


def _accounts(database: psycopg.Connection) -> list[dict[str, str]]:
    """The demonstration accounts. Their passwords are public on purpose and exist nowhere else."""
    rows = database.execute(
        """select a.account, s.role, o.name
             from accounts a join staff s on s.id = a.staff_id join org_units o on o.id = s.org_unit_id
            order by (select position from roles where code = s.role),
                     length(a.account), a.account"""
    )
    return [
        {"account": account, "password": f"yunge-{account}", "role": role, "org": org}
        for account, role, org in rows
    ]
