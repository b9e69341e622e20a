"""systemd units of an installation: systemd itself reads them, and what they start is what `up` starts."""

import getpass
import re
from pathlib import Path

import pytest

from api.local.place import Place
from api.local.postgres import Cluster
from api.local.refusal import CannotGoOn
from api.local.state import note
from api.local.units import write_units


def noted(tmp_path: Path, **given: object) -> Place:
    place = Place(tmp_path / "a place" / ".local")
    place.folder.mkdir(parents=True)
    facts = {
        "mode": "production",
        "database_url": "postgresql://bank:geheim@db.bank:5432/yunge",
        "redis_url": "redis://cache.bank:6379/0",
        "landing": "/srv/landing files",
        "host": "127.0.0.1",
        "port": 8610,
    }
    note(place, **(facts | given))
    return place


def units(place: Place, tmp_path: Path) -> dict[str, str]:
    out = tmp_path / "units"
    out.mkdir(exist_ok=True)
    return {path.name: path.read_text() for path in write_units(place, out)}


def test_servers_of_the_bank_s_own_get_no_unit_and_no_secret_is_written(tmp_path: Path) -> None:
    made = units(noted(tmp_path), tmp_path)
    assert sorted(made) == [
        "yunge-api.service",
        "yunge-backup.service",
        "yunge-backup.timer",
        "yunge-worker@.service",
        "yunge.env",
        "yunge.nginx.conf",
        "yunge.target",
    ]
    assert "postgres" not in made["yunge.target"]
    assert [name for name, text in made.items() if "geheim" in text] == []
    assert (tmp_path / "units" / "yunge.env").stat().st_mode & 0o077 == 0
    assert f"User={getpass.getuser()}" in made["yunge-api.service"]
    assert "proxy_pass http://127.0.0.1:8610;" in made["yunge.nginx.conf"]


def test_private_servers_are_started_on_the_noted_port(tmp_path: Path) -> None:
    place = noted(tmp_path)
    cluster = Cluster(place)
    cluster.data.mkdir(parents=True)
    note(place, database_url=cluster.url(8611))
    made = units(place, tmp_path)
    assert "-p 8611 " in made["yunge-postgres.service"]
    assert "yunge-postgres.service" in made["yunge.target"]
    assert cluster.password not in "".join(made.values())


def test_every_line_is_one_that_systemd_reads(tmp_path: Path) -> None:
    place = noted(tmp_path)
    cluster = Cluster(place)
    cluster.data.mkdir(parents=True)
    note(place, database_url=cluster.url(8611), tls_certificate="/etc/tls 100%.crt", tls_key="/etc/tls.key")
    made = units(place, tmp_path)
    for name, text in made.items():
        if name.endswith((".service", ".target", ".timer")):
            lines = [line for line in text.splitlines() if line]
            odd = [line for line in lines if not re.fullmatch(r"\[[A-Z][a-z]+\]|[A-Z][A-Za-z]+=.*", line)]
            assert odd == [], name
    assert '"/etc/tls 100%%.crt"' in made["yunge-api.service"]
    assert f'ReadWritePaths=-"{place.folder}"' in made["yunge-worker@.service"]


def test_a_demonstration_gets_none(tmp_path: Path) -> None:
    with pytest.raises(CannotGoOn, match="--production"):
        write_units(noted(tmp_path, mode="demonstration"), tmp_path)
    with pytest.raises(CannotGoOn, match="nowhere"):
        write_units(noted(tmp_path / "b"), tmp_path / "nowhere")
