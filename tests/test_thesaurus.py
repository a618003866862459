"""The thesaurus: each name is written once, vocabularies derive from it, users add theirs."""

import json
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from srtminer.__main__ import main
from srtminer.agencies import address
from srtminer.codebooks.codebook_format import built_in, parse_codebook
from srtminer.errors import UsageError
from srtminer.model import Recommendation
from srtminer.text.thesaurus import KINDS, matter, parse_terms, thesaurus, use_own, vocabulary
from srtminer.vectors.phrases import content_words, phrases

OWN = """
[topic]
"county lines" = ["cuckooing"]
"domestic abuse" = ["DVA"]
[act]
"signs of safety" = { broader = "risk assessment" }
[person]
"harbour pilot" = []
[agency."Police"]
synonyms = ["Tern Watch"]
[agency."Lighthouse board"]
synonyms = ["Lantern Row"]
"""


@pytest.fixture
def own() -> Iterator[None]:
    use_own(parse_terms(OWN, "ours.toml", thesaurus().concepts))
    yield
    use_own(())


def test_each_name_is_written_once() -> None:
    """In the codebook no cue is a name that the thesaurus has, and in it no name stands twice in a kind."""
    names = {form.casefold() for one in thesaurus().of_kind("topic", "act", "setting") for form in one.forms}
    book = tomllib.loads(built_in("safeguarding"))["theme"]
    assert [cue for theme in book for cue in theme["cues"] if cue.casefold() in names] == []
    data = (files("srtminer") / "data" / "thesaurus.toml").read_text(encoding="utf-8")
    assert data.count('"domestic violence"') == 1
    assert set(tomllib.loads(data)) == set(KINDS)


def test_a_codebook_takes_all_that_a_concept_and_its_parts_are_called_for_cues() -> None:
    text = '[[theme]]\nname = "Violence"\nconcepts = ["domestic abuse"]\ncues = ["rows"]'
    theme = parse_codebook(text, "x", "x")
    assert {"domestic violence", "coercive control", "MARAC", "rows"} <= set(theme.themes[0].cues)
    with pytest.raises(UsageError, match=r"theme 1: 'domestic abusee' is not .* 'domestic abuse'"):
        parse_codebook('[[theme]]\nname = "Violence"\nconcepts = ["domestic abusee"]', "x", "x")


def test_names_of_the_user_join_those_that_are_known(own: None) -> None:
    assert {"domestic violence", "DVA", "coercive control"} <= set(thesaurus().names("domestic abuse"))
    assert "signs of safety" in thesaurus().names("risk assessment")
    assert matter(("cuckoo",)) == "county lines"
    assert "DVA" in vocabulary().abbreviations
    assert not {"harbour", "pilot"} & {
        word.stem for word in content_words("Harbour pilots must see the log.")
    }
    assert any(found.known for found in phrases("A protocol for county lines should be agreed."))


def test_without_a_file_nothing_of_it_is_left() -> None:
    use_own(parse_terms(OWN, "ours.toml", thesaurus().concepts))
    use_own(())
    assert matter(("counti", "line")) == ""


@pytest.mark.parametrize(("name", "kind"), [("Tern Watch", "police"), ("Lantern Row", "lighthouse-board")])
def test_agencies_of_the_user_are_asked(own: None, name: str, kind: str) -> None:
    text = f"{name} should keep one log of all keys."
    found = address(Recommendation("a", "b", ("1",), 0, len(text), text, 1, 1))
    assert [(one.name, one.kind) for one in found.agencies] == [(name, kind)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[topics]\n", "“topics” is not a kind of term; write one of [topic], [act]"),
        ('topic = "x"', "“topic” is not a kind of term"),
        (
            '[topic]\n"a" = "b"',
            '[topic] “a” needs a name and a list of other names: "label" = ["another name"]',
        ),
        (
            '[topic]\n"a" = { synonym = ["b"] }',
            "[topic] “a”: unknown key 'synonym'; known are broader",
        ),
        ('[topic]\n"a" = { synonyms = "b" }', '[topic] “a”: synonyms is a list of texts: synonyms = ["'),
        ('[topic]\n"a" = [3]', "[topic] “a”: synonyms is a list of texts"),
        ('[topic]\n"a" = { broader = ["b"] }', "[topic] “a”: broader is one text between"),
        (
            '[topic]\n"a" = { broader = "neglekt" }',
            "“a” is part of “neglekt”, which is not a label; did you mean “neglect”?",
        ),
        ('[topic]\n"a" = ["c"]\n"b" = ["c"]', "“c” stands below “a” and “b”; leave one out"),
        ("[topic", "is not valid TOML"),
    ],
)
def test_one_bad_entry_is_refused_with_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, message: str
) -> None:
    (tmp_path / "ours.toml").write_text(text, encoding="utf-8")
    assert main(["--terms", str(tmp_path / "ours.toml"), "guide"]) == 2
    error = capsys.readouterr().err
    assert error.startswith(f"error: --terms {tmp_path / 'ours.toml'}")
    assert message in error


def test_a_ring_of_broader_concepts_ends() -> None:
    ring = '[topic]\n"a" = { broader = "b" }\n"b" = { broader = "a" }'
    use_own(parse_terms(ring, "ours.toml", thesaurus().concepts))
    assert thesaurus().names("a") == ("a", "b")
    use_own(())


def test_the_command_uses_the_terms_and_keeps_tables_apart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    places = ("the north quay", "each of the schools", "all of the care homes")
    rows = [f"{n},{n},Staff at {place} must spot the moss code early." for n, place in enumerate(places)]
    (tmp_path / "rows.csv").write_text("\n".join(["review,reference,text", *rows]), encoding="utf-8")
    (tmp_path / "ours.toml").write_text('[topic]\n"moss code" = []\n[agency."Moss"]\nsynonyms = []')
    store = ["--store", str(tmp_path / "s.db"), "--quiet"]
    assert main([*store, "ingest", str(tmp_path / "rows.csv")]) == 0
    labels = []
    for terms in ([], ["--terms", str(tmp_path / "ours.toml")], []):
        capsys.readouterr()
        assert main([*store, *terms, "themes", "--format", "json"]) == 0
        labels.append([theme["label"] for theme in json.loads(capsys.readouterr().out)["themes"]])
    assert labels[0] == labels[2]
    assert labels[1] == ["Moss code"]
