"""systemd units and a front proxy's configuration for this installation: written into a folder, installed by people.

The processes run as whoever ran `up`; what they may write is what they have to. Secrets are in a file of their own
that only root reads (`/etc/yunge/yunge.env`); the units hold none.
"""

import pwd
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from api.local.backups.taking import files_folder
from api.local.place import Place
from api.local.postgres import Cluster, find_binaries
from api.local.redis import Cache
from api.local.refusal import CannotGoOn
from api.local.servers import archive_of
from api.local.serving import UVICORN
from api.local.status import noted_or_refuse
from api.local.supervisor import WORKERS
from api.local.words import t
from api.settings import ROOT, Mode, states_beside

ENVIRONMENT = "/etc/yunge/yunge.env"
HARDENED = """\
NoNewPrivileges=true
CapabilityBoundingSet=
ProtectSystem=strict
ProtectHome=read-only
PrivateTmp=true
PrivateDevices=true
ProtectKernelTunables=true
ProtectKernelModules=true
ProtectKernelLogs=true
ProtectControlGroups=true
ProtectClock=true
ProtectHostname=true
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6
RestrictNamespaces=true
RestrictRealtime=true
RestrictSUIDSGID=true
LockPersonality=true
SystemCallArchitectures=native
"""
AGAIN = "Restart=always\nRestartSec=2\n"


@dataclass(frozen=True)
class Installation:
    """What the units are about."""

    place: Place
    noted: dict[str, Any]
    user: str

    @property
    def cluster(self) -> Cluster:
        return Cluster(self.place)

    @property
    def has_own_postgres(self) -> bool:
        """Whether the noted database is the private one."""
        address = urlsplit(str(self.noted["database_url"]))
        return self.cluster.data.exists() and address.password == self.cluster.password

    @property
    def has_own_redis(self) -> bool:
        configuration = Cache(self.place).configuration_file
        password = urlsplit(str(self.noted["redis_url"])).password
        return configuration.exists() and f"requirepass {password}\n" in configuration.read_text()

    @property
    def server_user(self) -> str:
        account = self.place.server_account
        return self.user if account is None else account.pw_name

    @property
    def written(self) -> list[Path]:
        """Folders that the processes write to, where they lie outside of the installation's own."""
        landing = Path(str(self.noted["landing"]))
        named = self.noted.get("state_dir")
        states = states_beside(landing, Path(str(named)) if named else None)
        return [self.place.folder, files_folder(self.place, self.noted), states]


def write_units(place: Place, out: Path) -> list[Path]:
    """Write every file; gives them. Raises CannotGoOn where `up --production` never ran here."""
    noted = noted_or_refuse(place)
    if noted.get("mode") != Mode.PRODUCTION:
        raise CannotGoOn(t("units.not_production"))
    if not out.is_dir():
        raise CannotGoOn(t("units.no_folder", folder=out))
    about = Installation(place, noted, pwd.getpwuid(place.state_file.stat().st_uid).pw_name)
    made = []
    for name, text in files(about):
        path = out / name
        path.write_text(text, "utf-8")
        path.chmod(0o600 if name.endswith(".env") else 0o644)
        made.append(path)
    return made


def files(about: Installation) -> Iterator[tuple[str, str]]:
    """Name and text of every file."""
    servers = [
        name
        for name, is_own in (
            ("yunge-postgres.service", about.has_own_postgres),
            ("yunge-redis.service", about.has_own_redis),
        )
        if is_own
    ]
    processes = ["yunge-api.service", *(f"yunge-worker@{number}.service" for number in range(WORKERS))]
    yield "yunge.target", _target([*servers, *processes])
    if about.has_own_postgres:
        yield "yunge-postgres.service", _postgres(about)
    if about.has_own_redis:
        yield "yunge-redis.service", _redis(about)
    yield "yunge-api.service", _process(about, "Yunge: pages and GraphQL", _api(about), servers)
    yield "yunge-worker@.service", _process(about, "Yunge: worker %i", [*_python(), "api.worker"], servers)
    yield "yunge-backup.service", _backup(about, servers)
    yield "yunge-backup.timer", _TIMER
    yield "yunge.env", _environment(about)
    yield (
        "yunge.nginx.conf",
        _NGINX.format(host=_loopback(str(about.noted["host"])), port=about.noted["port"]),
    )


def _target(parts: list[str]) -> str:
    return f"""\
[Unit]
Description=Yunge
Wants={" ".join(parts)}

[Install]
WantedBy=multi-user.target
"""


def _postgres(about: Installation) -> str:
    port = urlsplit(str(about.noted["database_url"])).port
    data = about.cluster.data
    # No socket in a folder: the product comes over the loopback, and /tmp is the unit's own.
    command = [
        find_binaries() / "postgres",
        "-D",
        data,
        "-p",
        port,
        "-h",
        "127.0.0.1",
        "-c",
        "unix_socket_directories=",
    ]
    written = [about.place.servers, archive_of(about.place)]
    return f"""\
[Unit]
Description=Yunge: PostgreSQL
PartOf=yunge.target

[Service]
Type=notify
User={about.server_user}
ExecStart={_words(command)}
ExecReload=/bin/kill -HUP $MAINPID
KillMode=mixed
KillSignal=SIGINT
TimeoutStartSec=infinity
TimeoutStopSec=120
{AGAIN}OOMScoreAdjust=-900
{HARDENED}ReadWritePaths={_words(written)}

[Install]
WantedBy=yunge.target
"""


def _redis(about: Installation) -> str:
    cache = Cache(about.place)
    command = [
        "/usr/bin/redis-server",
        cache.configuration_file,
        "--daemonize",
        "no",
        "--supervised",
        "systemd",
    ]
    return f"""\
[Unit]
Description=Yunge: Redis
PartOf=yunge.target

[Service]
Type=notify
User={about.server_user}
ExecStart={_words(command)}
{AGAIN}{HARDENED}ReadWritePaths={_words([about.place.servers])}

[Install]
WantedBy=yunge.target
"""


def _process(about: Installation, title: str, command: list[Any], servers: list[str]) -> str:
    after = " ".join(["network.target", *servers])
    return f"""\
[Unit]
Description={title}
After={after}
{_wants(servers)}PartOf=yunge.target

[Service]
User={about.user}
WorkingDirectory={_word(ROOT)}
EnvironmentFile={ENVIRONMENT}
{_own_environment(about)}ExecStart={_words(command)}
TimeoutStopSec=30
{AGAIN}{HARDENED}ReadWritePaths={_words(about.written, optional=True)}

[Install]
WantedBy=yunge.target
"""


def _backup(about: Installation, servers: list[str]) -> str:
    return f"""\
[Unit]
Description=Yunge: backup
After={" ".join(["network.target", *servers])}

[Service]
Type=oneshot
User={about.user}
EnvironmentFile={ENVIRONMENT}
ExecStart={_word(ROOT / "yunge")} backup --out ${{YUNGE_BACKUPS}} --keep 7
Nice=10
IOSchedulingClass=idle
"""


_TIMER = """\
[Unit]
Description=Yunge: a backup before each night

[Timer]
OnCalendar=*-*-* 01:00
Persistent=true

[Install]
WantedBy=timers.target
"""


def _environment(about: Installation) -> str:
    return f"""\
# As {ENVIRONMENT}, for root alone: install -D -m 600 yunge.env {ENVIRONMENT}
# The secret that seals the audit chain, at least 32 characters: the one that `up` was given.
YUNGE_SECRET=
YUNGE_LANDING={about.noted["landing"]}
YUNGE_FILES={files_folder(about.place, about.noted)}
# Whoever carries it reads /metrics; empty: only this machine.
YUNGE_METRICS_TOKEN=
# Where yunge-backup.timer puts its backups; best on another machine's disk, and there before the first of them.
YUNGE_BACKUPS=/var/backups/yunge
LANG=C.UTF-8
"""


def _own_environment(about: Installation) -> str:
    given = {
        "PYTHONPATH": ROOT,
        "PYTHONPYCACHEPREFIX": about.place.folder / "pycache",
        "YUNGE_STATE": about.place.state_file,
    }
    return "".join(f"Environment={_word(f'{name}={value}')}\n" for name, value in given.items())


def _api(about: Installation) -> list[Any]:
    encrypted = [
        word
        for option, name in (("--ssl-certfile", "tls_certificate"), ("--ssl-keyfile", "tls_key"))
        if name in about.noted
        for word in (option, about.noted[name])
    ]
    address = ["--host", about.noted["host"], "--port", about.noted["port"], "--no-access-log"]
    return [*_python(), *UVICORN, *address, *encrypted]


def _python() -> list[str]:
    return [sys.executable, "-P", "-m"]


def _wants(servers: list[str]) -> str:
    return f"Wants={' '.join(servers)}\n" if servers else ""


def _loopback(host: str) -> str:
    return "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104


def _words(words: list[Any], *, optional: bool = False) -> str:
    """Words of a line; a path with a dash before it may be away."""
    return " ".join(("-" if optional else "") + _word(word) for word in words)


def _word(word: object) -> str:
    """As systemd reads one: quoted where it has a space, and its own signs twice."""
    text = str(word).replace("%", "%%").replace("$", "$$")
    if not any(sign in text for sign in " \t\"'\\"):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


_NGINX = """\
# nginx before Yunge: as /etc/nginx/conf.d/yunge.conf, with the bank's certificate and name.
server {{
    listen 80;
    server_name yunge.example.bank;
    return 301 https://$host$request_uri;
}}

server {{
    listen 443 ssl http2;
    server_name yunge.example.bank;
    ssl_certificate     /etc/yunge/tls.crt;
    ssl_certificate_key /etc/yunge/tls.key;
    ssl_protocols TLSv1.2 TLSv1.3;
    ssl_session_cache shared:yunge:10m;
    add_header Strict-Transport-Security "max-age=31536000" always;
    server_tokens off;

    # The application packs its answers itself, and measures each body by its own gate.
    client_max_body_size 64m;
    client_header_timeout 10s;

    location / {{
        proxy_pass http://{host}:{port};
        proxy_http_version 1.1;
        # Set here whatever the browser sent: sign-in is limited by the address in the first of them.
        proxy_set_header X-Forwarded-For $remote_addr;
        proxy_set_header X-Forwarded-Proto $scheme;
        proxy_set_header Host $host;
        proxy_set_header Upgrade $http_upgrade;
        proxy_set_header Connection $connection_upgrade;
        proxy_read_timeout 75s;
    }}

    # Figures of the machine are not for the outside.
    location = /metrics {{ return 404; }}
}}

map $http_upgrade $connection_upgrade {{
    default upgrade;
    ''      '';
}}
"""
