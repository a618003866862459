"""Codebooks as they are written, and what is said of those that are written wrong."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srtminer.codebooks import Codebook, CodebookTheme
from srtminer.codebooks.codebook_drafts import GREY, Code, distinct_colours, from_codes
from srtminer.codebooks.codebook_format import BUILT_IN, built_in, merged, parse_codebook
from srtminer.codebooks.codebook_writing import to_toml
from srtminer.errors import UsageError

GOOD = """\
title = "ours"
forbid = ["monitoring"]

[[theme]]
name = "Children’s voices"
description = "What children  say."
cues = ["voice of the child", "wishes and feelings"]
hints = ["alone"]

[[theme]]
id = "drugs"
name = "Drugs and drink"
cues = ["drug"]
merge = ["Alcohol"]
weight = 0.5

[[theme]]
name = "Alcohol"
examples = ["a1b2-c3d4"]
"""


def parsed(text: str) -> Codebook:
    return parse_codebook(text, "book.toml", "book")


def theme(name: str, cues: tuple[str, ...] = ("x y",), **more: object) -> CodebookTheme:
    return CodebookTheme(id=name.lower(), name=name, cues=cues, **more)  # type: ignore[arg-type]


def test_a_codebook_says_what_it_says() -> None:
    assert parsed(GOOD) == Codebook(
        "ours",
        (
            CodebookTheme(
                "childrens-voices",
                "Children’s voices",
                "What children say.",
                ("voice of the child", "wishes and feelings"),
                ("alone",),
            ),
            CodebookTheme("drugs", "Drugs and drink", cues=("drug",), merge=("Alcohol",), weight=0.5),
            CodebookTheme("alcohol", "Alcohol", examples=("a1b2-c3d4",)),
        ),
        ("monitoring",),
    )


def test_a_file_from_windows_and_one_without_a_title() -> None:
    text = "\ufeff" + '[[theme]]\r\nname = "A"\r\ncues = ["b c"]\r\n'
    assert parsed(text) == Codebook("book", (CodebookTheme("a", "A", cues=("b c",)),))


NO_ID = (
    "cannot be an id; use small letters, digits and hyphens, as in “childs-voice”, and not none, new or new-…"
)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "book.toml has no theme; begin each with a line [[theme]] and give it a name"),
        ("theme = []", "book.toml has no theme; begin each with a line [[theme]] and give it a name"),
        ('theme = "A"', "book.toml has no theme; begin each with a line [[theme]] and give it a name"),
        (
            '[theme]\nname = "A"',
            "book.toml has no theme; begin each with a line [[theme]] and give it a name",
        ),
        (
            '\ntitel = "x"\n[[theme]]\nname = "A"\ncues = ["b"]',
            "book.toml: unknown key 'titel'; known are title, forbid, none",
        ),
        (
            '[[theme]]\nname = "A"\ncues = ["b c"]\n\n[[theme]]\nname = "B"\ncue = ["c d"]',
            "book.toml, theme 2: unknown key 'cue'; known are id, name, description, "
            "colour, concepts, cues, hints, examples, also, never, merge, weight",
        ),
        (
            '[[theme]]\ncues = ["b c"]',
            "book.toml, theme 1: its name has 0 characters, not 1 to 200; write a line such as "
            'name = "Information sharing"',
        ),
        (
            '[[theme]]\nname = "A"\nhints = ["b"]',
            "book.toml, theme 1: 'A' has neither cues nor examples, so nothing can belong to it; add cues",
        ),
        (
            '[[theme]]\nname = "A"\ncues = ["b c", " "]',
            "book.toml, theme 1: cues has an empty text in it; take it out",
        ),
        (
            '[[theme]]\nname = "A"\ncues = "b c"',
            'book.toml, theme 1: cues is a list of texts: cues = ["…", "…"]',
        ),
        (
            '[[theme]]\nname = 7\ncues = ["b c"]',
            "book.toml, theme 1: name is one text between double quotes, not 7",
        ),
        (
            '[[theme]]\nname = "A"\ncues = ["b c"]\n[[theme]]\nname = "a"\nid = "b"\ncues = ["b c"]',
            "book.toml, theme 2: the name 'a' is that of theme 1, too; give one another name, or merge them",
        ),
        (
            '[[theme]]\nname = "A"\ncues = ["b c"]\n[[theme]]\nname = "A!"\ncues = ["b c"]',
            "book.toml, theme 2: the id 'a' is that of theme 1, too; give one another id, or merge them",
        ),
        (
            '[[theme]]\nname = "A"\nid = "A b"\ncues = ["b c"]',
            f"book.toml, theme 1: 'A b' {NO_ID}",
        ),
        (
            '[[theme]]\nname = "None"\ncues = ["b c"]',
            f"book.toml, theme 1: 'none' {NO_ID}",
        ),
        (
            '[[theme]]\nname = "A"\nid = "new-a"\ncues = ["b c"]',
            f"book.toml, theme 1: 'new-a' {NO_ID}",
        ),
        (
            '[[theme]]\nname = "A"\ncues = ["b c"]\nweight = true',
            "book.toml, theme 1: the weight is a number from 0.1 to 10, not True",
        ),
        (
            '[[theme]]\nname = "A"\ncues = ["b c"]\nweight = 0.09',
            "book.toml, theme 1: the weight is a number from 0.1 to 10, not 0.09",
        ),
        (
            '[[theme]]\nname = "A"\ncues = ["b c"]\ncolour = "red"',
            "book.toml, theme 1: 'red' is not a colour; write red, green and blue as in \"#1f77b4\"",
        ),
        (
            '[[theme]]\nname = "A"\ncues = ["b c"]\nmerge = ["B"]',
            "book.toml, theme 1: no theme is called 'B'; keep merged themes in the file",
        ),
        (
            '[[theme]]\nname = "A"\nmerge = ["A"]',
            "book.toml, theme 1: 'A' cannot be merged twice, or into itself",
        ),
        (
            '[[theme]]\nname = "A"\nmerge = ["B"]\n[[theme]]\nname = "B"\nmerge = ["A"]',
            "book.toml, theme 2: 'A' cannot be merged twice, or into itself",
        ),
        (
            '[[theme]]\nname = "A"\nmerge = ["C"]\n[[theme]]\nname = "B"\nmerge = ["C"]\n'
            '[[theme]]\nname = "C"\ncues = ["d"]',
            "book.toml, theme 2: 'C' cannot be merged twice, or into itself",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_theme_and_what_to_do(text: str, message: str) -> None:
    with pytest.raises(UsageError) as error:
        parsed(text)
    assert str(error.value) == message


def test_what_is_no_toml() -> None:
    with pytest.raises(UsageError, match=r"^book.toml is not valid TOML: .*line 2.*double quotes$"):
        parsed("[[theme]]\nname = Voice\n")


def test_merged_themes_give_all_they_have_over_several_levels() -> None:
    book = Codebook(
        "b",
        (
            theme("A", ("a a",), merge=("b",), hints=("h",)),
            theme("B", ("b b", "a a"), merge=("C",), examples=("e",)),
            theme("C", ("c c",), hints=("h", "i")),
            theme("D"),
        ),
    )
    assert merged(book).themes == (
        CodebookTheme("a", "A", cues=("a a", "b b", "c c"), hints=("h", "i"), examples=("e",)),
        theme("D"),
    )


texts = st.text(
    st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from(["\t", "\n", '"', "\\", "#"]),
    max_size=20,
)
filled = texts.map(lambda text: f"x{text}".strip()).map(lambda text: " ".join(text.split()))


@given(
    st.lists(
        st.tuples(filled, st.lists(filled, min_size=1, max_size=3, unique=True)), min_size=1, max_size=4
    ),
    st.lists(filled, max_size=2, unique=True),
)
def test_what_is_written_is_read_again(themes: list[tuple[str, list[str]]], forbid: list[str]) -> None:
    book = Codebook(
        "a title",
        tuple(
            CodebookTheme(f"t{n}", f"{n} {name}", name, tuple(cues), tuple(cues), tuple(cues), (), 0.5)
            for n, (name, cues) in enumerate(themes)
        ),
        tuple(forbid),
    )
    remarks = {"x": "Child A, 4.7"}
    assert parsed(to_toml(book, "book.toml", remarks)) == book


def test_a_written_codebook_explains_itself_and_cites_its_examples() -> None:
    text = to_toml(Codebook("b", (theme("A", examples=("id-1", "id-2")),)), "b.toml", {"id-1": "Child A 4.7"})
    for word in ("Rename", "Merge", "Split", "Forbid", "Add", "srtminer codebook diff b.toml"):
        assert word in text
    assert '    "id-1", # Child A 4.7\n    "id-2",\n' in text
    assert max(map(len, text.splitlines())) <= 110


def test_codes_become_themes_whose_names_are_their_cues() -> None:
    codes = (
        Code("1", "Health", codable=False),
        Code("2", "Voice", "what  they say", parent="1"),
        Code("3", "Police"),
        Code("4", "voice", parent="3"),
        Code("5", "New forms"),
        Code("6", " "),
        Code("7", "Police"),
    )
    found = from_codes(codes, "theirs")
    assert [(one.id, one.name, one.description, one.cues) for one in found.themes] == [
        ("health-voice", "Health: Voice", "what they say", ("Voice",)),
        ("police", "Police", "", ("Police",)),
        ("police-voice", "Police: voice", "", ("voice",)),
        ("theme-new-forms", "New forms", "", ("New forms",)),
        ("police-2", "Police (2)", "", ("Police",)),
    ]
    assert parsed(to_toml(found, "x.toml", {})) == found


@pytest.mark.parametrize("name", BUILT_IN)
def test_a_built_in_codebook_is_complete(name: str) -> None:
    book = parse_codebook(built_in(name), name, name)
    assert book.title == name
    assert len(book.themes) == 25
    assert all(one.description and len(one.cues) >= 8 and one.hints for one in book.themes)


def test_as_many_colours_as_themes() -> None:
    given = ["", "#1f77b4", *[""] * 300]
    found = distinct_colours(given)
    assert found[1] == "#1f77b4"
    assert len(set(found)) == len(given)
    assert GREY not in found
    assert all(re.fullmatch("#[0-9a-f]{6}", colour) for colour in found)
