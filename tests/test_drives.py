"""A store on a network drive is known as such."""

from pathlib import Path

import pytest

from srtminer.store.network_drives import network_drive

MOUNTS = """/dev/sda1 / ext4 rw 0 0
server:/export {0}/shared nfs4 rw 0 0
//server/share {0}/the\\040team cifs rw 0 0
/dev/sdb1 {0}/shared/disk ext4 rw 0 0
"""


@pytest.mark.parametrize(
    ("place", "drive"),
    [
        ("srtminer.db", ""),
        ("shared/srtminer.db", "shared"),
        ("shared/2024/srtminer.db", "shared"),
        ("the team/srtminer.db", "the team"),
        ("shared/disk/srtminer.db", ""),
    ],
)
def test_a_network_drive_is_named(place: str, drive: str, tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS.format(tmp_path))
    assert network_drive(tmp_path / place, mounts) == (str(tmp_path / drive) if drive else "")


def test_where_nothing_is_known_nothing_is_said(tmp_path: Path) -> None:
    assert network_drive(tmp_path / "srtminer.db", tmp_path / "none") == ""


def test_a_share_of_windows() -> None:
    assert network_drive(Path(r"\\server\share\srtminer.db")) == r"\\server\share"
