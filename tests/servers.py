"""The servers of a test run: named by whoever started it, or started when the first test asks.

`./yunge test` starts them before everything; `./yunge test PATH` leaves it to the first test that needs a database,
so that a rule is tested at once.
"""

import fcntl
import json
import os
from functools import cache
from pathlib import Path


def database_server_url() -> str:
    """Any database of the server."""
    return os.environ.get("TEST_DATABASE_URL") or _started()["database_url"]


def redis_url() -> str:
    return os.environ.get("TEST_REDIS_URL") or _started()["redis_url"]


@cache
def _started() -> dict[str, str]:
    """Whichever process asks first starts them; the launcher that named the folder throws them away at the end."""
    from api.local.place import Place
    from api.local.servers import start_servers

    folder = Path(os.environ["TEST_SERVERS_FOLDER"])
    noted = folder / "addresses.json"
    with (folder / "starting").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not noted.exists():
            servers = start_servers(Place(folder), is_fast=True, may_be_given=False)
            noted.touch(mode=0o600)
            noted.write_text(
                json.dumps({"database_url": servers.database_url, "redis_url": servers.redis_url})
            )
    addresses: dict[str, str] = json.loads(noted.read_text())
    return addresses
