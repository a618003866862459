"""Old office files (.doc, .odt, .rtf, .pptx), which LibreOffice saves as what is read, where it is installed.

LibreOffice runs as a program of its own with a profile of its own: no macros, no links followed.
"""

import os
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from srtminer.model import Review, Skipped
from srtminer.read.docx import read_docx
from srtminer.read.pdf import read_pdf
from srtminer.read.programs import run_program

NAME = "LibreOffice"
INSTALL = (
    "install LibreOffice (`apt install libreoffice-writer libreoffice-impress`, `dnf install libreoffice`, "
    "`brew install --cask libreoffice`, or from libreoffice.org)"
)
KINDS = ".doc, .odt, .rtf, .pptx"
SLIDES = (".ppt", ".pptx", ".odp")
_PLACES = (
    *("soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice"),
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)
_SETTINGS = (
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
)
"""Source: LibreOffice's registry schema. What a document links to is not loaded."""


def program() -> str | None:
    """Give the path of LibreOffice on this machine, if it is there."""
    return next(filter(None, map(shutil.which, _PLACES)), None)


def read_office(path: Path) -> Review | Skipped:
    """Read a file through a copy that LibreOffice makes of it: slides as PDF, anything else as .docx."""
    command = program()
    if command is None:
        return Skipped(
            str(path),
            f"{NAME}, which opens such a file, is not installed: {INSTALL}; or save it as DOCX or PDF",
        )
    slides = path.suffix.lower() in SLIDES
    with tempfile.TemporaryDirectory(prefix="srtminer-office-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        copy = _convert(command, path, "pdf" if slides else "docx", folder)
        if isinstance(copy, Skipped):
            return copy
        read = read_pdf(copy) if slides else read_docx(copy)
    return replace(read, source=str(path))


def _convert(command: str, path: Path, target: str, folder: Path) -> Path | Skipped:
    """Let LibreOffice write a copy into a folder."""
    options = (
        "--headless",
        "--norestore",
        "--nolockcheck",
        f"-env:UserInstallation={_profile(folder).as_uri()}",
    )
    task = ("--convert-to", target, "--outdir", os.fspath(folder), os.fspath(path.absolute()))
    code, complaint = run_program([command, *options, *task], folder)
    copy = folder / f"{path.stem}.{target}"
    if copy.is_file():
        return copy
    why = complaint or f"exit code {code}"
    return Skipped(str(path), f"{NAME} could not open it ({why}); save it as DOCX or PDF")


def _profile(folder: Path) -> Path:
    """Write a profile that trusts nothing."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    items = "".join(
        f'<item oor:path="/org.openoffice.{node}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for node, name, value in _SETTINGS
    )
    xml = f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>'
    (profile / "user" / "registrymodifications.xcu").write_text(xml, encoding="utf-8")
    return profile
