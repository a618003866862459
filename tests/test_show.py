"""`srtminer show`: a recommendation where it stands."""

import json
import zlib
from pathlib import Path

import pytest

from srtminer.__main__ import main
from tests.stores import of_examples


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    store = of_examples(tmp_path, "wexmoor-child-g-2014.pdf", "wexmoor-child-a-2008.txt")
    monkeypatch.setenv("SRTMINER_STORE", str(store))
    return tmp_path


def shown(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    capsys.readouterr()
    assert main(["show", *arguments]) == 0
    return capsys.readouterr().out


def test_a_recommendation_stands_between_its_neighbours(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = shown(capsys, "Child G", "3", "--context", "1").splitlines()
    assert lines[0] == "Child G (2014) 3, p. 2"
    marked = [line for line in lines if line.startswith("  ▌ ")]
    assert marked[0].startswith("  ▌ 3 The LSCB should seek evidence from all partners")
    assert any(line.startswith("    2 The LSCB should promote its policy") for line in lines)
    assert lines[-1] == "    Wexmoor Children’s Services"


@pytest.mark.parametrize("cited", ["Child G (2014) 3, p. 2", "Child G (2014) 3"])
def test_a_recommendation_is_shown_as_it_is_cited(
    cited: str, store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert shown(capsys, cited) == shown(capsys, "Child G", "3")


def test_a_page_is_shown_with_nothing_marked(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = shown(capsys, "wexmoor-child-g", "--page", "2")
    assert "What has been learned" in text
    assert "▌" not in text


def test_a_page_tells_recommendations_of_one_reference_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SRTMINER_STORE", str(tmp_path / "own.db"))
    parts = ("tell the school of every incident.", "ask the nurse to call at home every month.")
    text = "\f".join(f"Recommendations\n\n1. The Board should {part}\n" for part in parts)
    (tmp_path / "child-z.txt").write_text(f"Child Z\n\n{text}")
    main(["ingest", str(tmp_path / "child-z.txt")])
    capsys.readouterr()
    assert main(["show", "child-z", "1"]) == 0
    said = capsys.readouterr()
    assert "▌ 1 The Board should tell the school" in said.out
    assert said.err == "note: 2 recommendations have the reference 1; --page chooses: 1, 2\n"
    assert "▌ 1 The Board should ask the nurse" in shown(capsys, "child-z", "1", "--page", "2")
    assert main(["show", "child-z", "1", "--page", "3"]) == 2
    assert "has no recommendation 1 on page 3; --page 1 shows it" in capsys.readouterr().err


def test_json_names_what_is_marked(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = json.loads(shown(capsys, "Child G", "3", "--format", "json"))
    assert document["schema"] == "srtminer.show/1"
    assert [one["number"] for one in document["paragraphs"] if one["marked"]] == ["3"]


def test_a_picture_of_the_page_marks_the_passage(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    picture = store / "page.png"
    shown(capsys, "Child G", "3", "--image", str(picture))
    data = picture.read_bytes()
    assert data.startswith(b"\x89PNG")
    start = data.index(b"IDAT") + 4
    pixels = zlib.decompressobj().decompress(data[start:])
    assert pixels.count(bytes((255, 235, 59))) > 1_000


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("Child G", "99"), "Child G (2014) has no recommendation 99; `srtminer recommendations"),
        (("Child Q", "1"), "Child Q: no such review in the store"),
        (("Child Q",), "Child Q: no such review in the store"),
        (("Child G",), "Child G (2014): name a recommendation (1, 2"),
        (("Child G", "--page", "77"), "has no text on page 77"),
        (("Child G", "3", "--image", "p.jpg"), "a picture is .png: write --image p.png"),
        (("Child A", "6.7", "--image", "p.png"), "--image draws pages of PDFs"),
    ],
)
def test_what_goes_wrong_says_what_to_do(
    store: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    assert main(["show", *arguments]) == 2
    assert said in capsys.readouterr().err
