"""What a production installation lacks is said first, whatever else is wrong with the machine."""

from pathlib import Path

import pytest

from api.local.place import Place
from api.local.refusal import CannotGoOn
from api.local.screen import Screen
from api.local.up import Wanted, bring_up
from api.settings import BadSettings, Mode


class FullDisk(Place):
    def need_space(self, wanted_bytes: int) -> None:
        raise CannotGoOn("the disk is too full")


@pytest.fixture
def full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FullDisk:
    for name in ("YUNGE_LANDING", "YUNGE_FILES", "YUNGE_SECRET"):
        monkeypatch.delenv(name, raising=False)
    return FullDisk(tmp_path / ".local")


def test_settings_are_said_before_a_full_disk(
    full_disk: FullDisk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    production = Wanted(Mode.PRODUCTION)
    with pytest.raises(CannotGoOn, match="YUNGE_LANDING"):
        bring_up(full_disk, production, Screen())
    monkeypatch.setenv("YUNGE_LANDING", str(tmp_path))
    with pytest.raises(CannotGoOn, match="YUNGE_FILES"):
        bring_up(full_disk, production, Screen())
    monkeypatch.setenv("YUNGE_FILES", str(tmp_path / "files"))
    with pytest.raises(BadSettings, match="YUNGE_SECRET"):
        bring_up(full_disk, production, Screen())
    assert not full_disk.folder.exists()


def test_with_its_settings_the_full_disk_is_said(
    full_disk: FullDisk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("YUNGE_LANDING", str(tmp_path))
    monkeypatch.setenv("YUNGE_FILES", str(tmp_path / "files"))
    monkeypatch.setenv("YUNGE_SECRET", "s" * 40)
    with pytest.raises(CannotGoOn, match="too full"):
        bring_up(full_disk, Wanted(Mode.PRODUCTION), Screen())
