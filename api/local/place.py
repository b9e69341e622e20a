"""The folder in which everything private lives: `.local`, or `.local/test` for the throw-away servers of the tests."""

import hashlib
import os
import pwd
import shutil
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from api.local.refusal import CannotGoOn
from api.local.words import t
from api.settings import ROOT

LONGEST_SOCKET_FOLDER = 80
"""A socket's address holds 107 bytes, and PostgreSQL appends `/.s.PGSQL.<port>.lock`."""

SERVER_USER = "postgres"
"""PostgreSQL refuses to run as root; the Debian package makes this user."""

GIB = 1 << 30


@dataclass(frozen=True)
class Place:
    folder: Path

    @classmethod
    def default(cls) -> "Place":
        return cls(ROOT / ".local")

    @property
    def state_file(self) -> Path:
        return self.folder / "state.json"

    @property
    def logs(self) -> Path:
        return self.folder / "log"

    @property
    def landing(self) -> Path:
        return self.folder / "landing"

    @property
    def files(self) -> Path:
        return self.folder / "files"

    @property
    def truth(self) -> Path:
        return self.folder / "truth"

    @property
    def short_name(self) -> str:
        """Tells this place from those of other checkouts in folders that all of them share."""
        return hashlib.sha256(str(self.folder).encode()).hexdigest()[:12]

    @cached_property
    def server_account(self) -> pwd.struct_passwd | None:
        """Whom the servers run as when the launcher is root; None: the launcher's own user."""
        if os.geteuid() != 0:
            return None
        try:
            return pwd.getpwnam(SERVER_USER)
        except KeyError:
            raise CannotGoOn(t("local_place.as_root_database", server_user=SERVER_USER)) from None

    @cached_property
    def servers(self) -> Path:
        """Where the servers keep their data: here, or under /var/lib when their user cannot get here."""
        if self.server_account is None or _is_open_to_all(self.folder):
            return self.folder / "servers"
        return Path("/var/lib/yunge") / self.short_name

    @property
    def sockets(self) -> Path:
        inside = self.servers / "run"
        if len(str(inside).encode()) <= LONGEST_SOCKET_FOLDER:
            return inside
        return Path("/tmp") / f"yunge-{self.short_name}"  # noqa: S108  (0700, its owner is checked when made)

    def make(self) -> None:
        """Make the folders, those of the servers for their own user alone."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.logs.mkdir(exist_ok=True)
        self.servers.parent.mkdir(parents=True, exist_ok=True)
        for folder in (self.servers, self.sockets):
            folder.mkdir(mode=0o700, exist_ok=True)
            self._hand_over(folder)

    def hand_over_folder(self, folder: Path) -> None:
        """Make a folder in which the servers' user may write; one that is there is left to whoever owns it."""
        if not folder.exists():
            folder.mkdir(mode=0o700, parents=True)
            self._hand_over(folder)

    def _hand_over(self, folder: Path) -> None:
        account = self.server_account
        wanted = os.geteuid() if account is None else account.pw_uid
        found = folder.lstat()
        if account is not None and found.st_uid == 0 and not folder.is_symlink():
            os.chown(folder, account.pw_uid, account.pw_gid)
        elif found.st_uid != wanted or folder.is_symlink():
            raise CannotGoOn(t("local_place.belongs_another_user", folder=folder))

    def need_space(self, wanted_bytes: int) -> None:
        """Say before anything starts that the disk is too full to end it."""
        for folder in {self.folder, self.servers}:
            existing = next(path for path in (folder, *folder.absolute().parents) if path.exists())
            free = shutil.disk_usage(existing).free
            if free < wanted_bytes:
                raise CannotGoOn(
                    t(
                        "local_place.disk_too_full",
                        folder=folder,
                        free=f"{free / GIB:.1f}",
                        wanted_bytes=f"{wanted_bytes / GIB:.1f}",
                    )
                )


def _is_open_to_all(folder: Path) -> bool:
    """Whether any user can get through every folder on the way (`/root` is 0700)."""
    return all(parent.stat().st_mode & 0o001 for parent in folder.absolute().parents)
