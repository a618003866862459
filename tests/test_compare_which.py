"""Which review is meant by a name, and which may be meant by one that no review has."""

from pathlib import Path
from typing import Any

import pytest

from srtminer.__main__ import main
from srtminer.cli.selection import did_you_mean, review_named
from srtminer.errors import UsageError
from srtminer.render.wording import Catalogue
from tests.invented_reviews import OVERVIEW_P
from tests.render_values import record

JUBILATE = record("a1", "a.pdf", subject="Jubilate", title="Loss of the trawler Jubilate and all hands")
CHILD_F = record("b2", "b.pdf", subject="Child F", title="Serious Case Review: Child F of Norwick")
CHILD_G = record("c3", "c.pdf", subject="Child G")
NAMELESS = record("d4", "d.pdf")
RECORDS = (NAMELESS, CHILD_G, CHILD_F, JUBILATE)


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("Jubillate", ["a1"]),
        ("JUBILATA’", ["a1"]),
        ("trawlr Jubilate", ["a1"]),
        ("Childf", ["b2", "c3"]),
        ("Child of Norwick", ["b2"]),
        ("zeppelin", []),
        ("", []),
        ("  ", []),
    ],
)
def test_a_name_mistyped_is_like_that_of_some_reviews(name: str, near: list[str]) -> None:
    catalogue = Catalogue.of(RECORDS)
    assert review_named(name, catalogue) is None
    meant = " or ".join(f"{catalogue.names[one]}, id {one}" for one in near)
    assert did_you_mean(name, catalogue) == (f"did you mean {meant}?" if near else "see `srtminer reviews`")


def test_no_more_are_named_than_can_be_read() -> None:
    many = [record(f"id{n}", f"{n}.pdf", subject=f"Child {letter}") for n, letter in enumerate("ABDEFGH")]
    told = did_you_mean("Child Z", Catalogue.of(many))
    assert told.count(", id ") == 3
    assert told == did_you_mean("Child Z", Catalogue.of(many[::-1]))


def test_the_command_says_what_may_be_meant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "p.txt").write_text(OVERVIEW_P, encoding="utf-8")
    assert main(["--quiet", "ingest", "p.txt"]) == 0
    capsysbinary.readouterr()
    for name, advice in (("Chlid P", "did you mean Child P (2011), id "), ("Rex", "see `srtminer reviews`")):
        assert main(["compare", "--review", name]) == UsageError.exit_code
        said = " ".join(capsysbinary.readouterr().err.decode().split())
        assert f"--review {name}: no such review in the store, and no such file; {advice}" in said
