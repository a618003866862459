"""Whether a file lies on a network drive, where SQLite's locks cannot be relied on."""

from pathlib import Path, PureWindowsPath

MOUNTS = Path("/proc/mounts")
NETWORK = ("nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "fuse.sshfs", "ncpfs", "davfs", "fuse.davfs2")
"""Kinds of file systems, as Linux names them, whose files lie on another machine."""


def network_drive(path: Path, mounts: Path = MOUNTS) -> str:
    r"""Name the network drive that a file lies on: the folder where it is mounted, or \\server\share.

    Empty where it lies on none, or nobody can tell.
    """
    drive = PureWindowsPath(str(path)).drive
    if drive.startswith("\\\\"):
        return drive
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    places = [line.split(" ")[1:3] for line in lines if line.count(" ") >= 2]
    above = path.resolve().parents
    holding = [(place.replace("\\040", " "), kind) for place, kind in places]
    holding = [(place, kind) for place, kind in holding if Path(place) in above]
    place, kind = max(holding, key=lambda one: len(one[0]), default=("", ""))
    return place if kind in NETWORK else ""
