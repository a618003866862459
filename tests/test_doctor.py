"""`srtminer doctor`: with and without a store, sound and damaged."""

import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from srtminer import __version__
from srtminer.cli import doctor, selection
from srtminer.cli.doctor import Check, doctor_result
from srtminer.read import programs
from srtminer.render import layout
from srtminer.render.result import Screen
from srtminer.render.writers import to_json
from srtminer.store import Content, Store
from tests.stores import Call
from tests.test_search import CHILD_P, CHILD_Q


@pytest.fixture
def call(call: Call, monkeypatch: pytest.MonkeyPatch) -> Call:
    # Loading all libraries takes seconds; one test does.
    monkeypatch.setattr(doctor, "_libraries", lambda names: [Check("Program", name, "1.0") for name in names])
    return call


def values(out: str, group: str) -> dict[str, str]:
    return {check["name"]: check["value"] for check in json.loads(out)["checks"] if check["group"] == group}


def advice(out: str, name: str) -> str | None:
    found: dict[str, str | None] = {check["name"]: check["advice"] for check in json.loads(out)["checks"]}
    return found[name]


def make_store(path: Path) -> None:
    with Store.open(path, create=True) as store:
        store.add(CHILD_P)
        store.add(CHILD_Q)


def test_without_a_store(call: Call, tmp_path: Path) -> None:
    code, out, err = call("doctor", "--format", "json")
    assert (code, err) == (0, "")
    document = json.loads(out)
    assert (document["schema"], document["ok"]) == ("srtminer.doctor/1", True)
    assert values(out, "Program")["srtminer"] == __version__
    assert values(out, "Program")["SQLite"] == f"{sqlite3.sqlite_version}, with full-text search"
    assert values(out, "Store") == {"path": str(tmp_path / "srtminer.db"), "state": "none yet"}
    assert advice(out, "state") == "Begin with `srtminer ingest FOLDER`."
    assert list(tmp_path.iterdir()) == []


def test_every_library_can_be_loaded() -> None:
    names = doctor._required()
    assert {"typer", "pypdfium2", "pdfminer.six", "scikit-learn"} <= set(names)
    assert [check for check in doctor._libraries(names) if not check.ok] == []
    (missing,) = doctor._libraries(["no-such-library-of-ours"])
    assert (missing.ok, missing.advice) == (False, doctor.REINSTALL)


def test_a_sound_store(call: Call, tmp_path: Path) -> None:
    make_store(tmp_path / "srtminer.db")
    code, out, _ = call("doctor", "--format", "json")
    assert code == 0
    found = values(out, "Store")
    assert found["integrity"] == "ok"
    assert found["content"] == "2 reviews, 4 recommendations"
    assert found["analysed"] == "2 reviews: not known (an ingest was stopped)"


def test_an_ingest_leaves_word_of_version_and_options(call: Call, tmp_path: Path) -> None:
    (tmp_path / "p.txt").write_text("Recommendations\n\n1. The Board should act.\n", encoding="utf-8")
    call("ingest", "p.txt")
    _, out, _ = call("doctor", "--format", "json")
    assert values(out, "Store")["analysed"] == f"1 review: srtminer {__version__}, --reader auto"
    (tmp_path / "q.txt").write_text("Recommendations\n\n1. Schools should act.\n", encoding="utf-8")
    _, _, err = call("ingest", "q.txt", "--reader", "pdfium")
    assert err == ""
    _, out, _ = call("doctor", "--format", "json")
    assert f"1 review: srtminer {__version__}, --reader pdfium" in values(out, "Store")["analysed"]


def test_a_store_of_another_version(call: Call, tmp_path: Path) -> None:
    make_store(tmp_path / "srtminer.db")
    with Store.open(tmp_path / "srtminer.db") as store:
        store.add_file(Content("p", "0.0.9 auto\nx"), [CHILD_P])
        store.add_file(Content("q", f"{__version__} pdfminer"), [CHILD_Q])
    _, out, _ = call("doctor", "--format", "json")
    assert values(out, "Store")["analysed"] == (
        f"1 review: srtminer 0.0.9, --reader auto; 1 review: srtminer {__version__}, --reader pdfminer"
    )
    old = f"1 review was analysed by srtminer 0.0.9; ingest it again to use the rules of {__version__}"
    assert advice(out, "analysed") == old
    for command in ("reviews", "recommendations"):
        code, _, err = call(command)
        assert (code, err) == (0, f"note: {old}\n")
        assert call("--quiet", command)[2] == ""


@pytest.mark.parametrize("damage", ["cut", "foreign", "page"])
def test_a_damaged_store(call: Call, tmp_path: Path, damage: str) -> None:
    path = tmp_path / "srtminer.db"
    make_store(path)
    content = bytearray(path.read_bytes())
    if damage == "cut":
        del content[5000:]
    elif damage == "foreign":
        content[:] = b"no database at all " * 100
    else:
        content[8 * 4096 : 9 * 4096] = bytes(range(256)) * 16
    path.write_bytes(content)
    code, out, err = call("doctor", "--format", "json")
    assert code == 5
    assert json.loads(out)["ok"] is False
    assert err.startswith("error: store srtminer.db: it is ")
    assert err.count("\n") == 1


def test_ocr(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    _, out, _ = call("doctor", "--format", "json")
    found = values(out, doctor.OPTIONAL)
    assert (found["tesseract"], found["ocrmypdf"]) == ("not found", "not found")
    assert (
        advice(out, "ocrmypdf") == f"Pages without text are left out; to read them, {programs.INSTALL_OCR}."
    )
    monkeypatch.setattr(shutil, "which", lambda name: f"/opt/{name}")
    _, out, _ = call("doctor", "--format", "json")
    found = values(out, doctor.OPTIONAL)
    assert (found["tesseract"], found["ocrmypdf"]) == ("/opt/tesseract", "/opt/ocrmypdf")
    assert advice(out, "ocrmypdf") == "`srtminer ingest --ocr` recognises the text of scanned pages."


def test_how_findings_are_shown() -> None:
    checks = (
        Check("Program", "srtminer", "0.2.0"),
        Check("Store", "path", "/a/\x1b[2Jvery/" + "long/" * 12 + "path.db"),
        Check("Store", "state", "cannot be used", ok=False, advice="put back a copy"),
    )
    assert layout.write(doctor_result(checks), Screen(60)) == (
        "Program\n"
        "  srtminer  0.2.0\n"
        "Store\n"
        "  path      /a/␛[2Jvery/long/long/long/long/long/long/long/l\n"
        "            ong/long/long/long/long/path.db\n"
        "! state     cannot be used\n"
        "    put back a copy\n"
        "\n"
        "1 problem, marked with !\n"
    )
    assert layout.write(doctor_result(checks[:1]), Screen(60)).endswith("\nno problems found\n")
    assert json.loads(to_json(doctor_result(checks)))["checks"][2] == {
        "group": "Store",
        "name": "state",
        "value": "cannot be used",
        "ok": False,
        "advice": "put back a copy",
    }


@pytest.mark.parametrize(
    ("counts", "old"),
    [
        ({}, []),
        ({"": 3}, []),
        ({f"{__version__} auto": 3, "": 1}, []),
        ({"0.0.8 auto": 2, "0.0.8 pdfium": 1}, ["3 reviews were analysed by srtminer 0.0.8"]),
    ],
)
def test_what_a_store_was_made_with(counts: dict[str, int], old: list[str]) -> None:
    assert [text.partition(";")[0] for text in selection.outdated(counts)] == old
