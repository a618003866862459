"""Listed names do not come through, however they are written."""

from dataclasses import replace

import pytest

from srtminer.material import Privacy
from srtminer.model import Example, Review
from srtminer.redaction import Replacer, name_pattern, redact_excerpt, redact_review, redacted, unused
from srtminer.report.page import render_report
from tests import render_values as values
from tests.report_values import SMALL, content


@pytest.mark.parametrize(
    ("names", "text", "shown"),
    [
        (("Ann Poole",), "Ann Poole said", "[redacted] said"),
        (("Ann Poole",), "ANN  POOLE’s view", "[redacted]’s view"),
        (("Ann Poole",), "Ann\nPoole", "[redacted]"),
        (("Ann Poole",), "drafts/ann_poole-final.pdf", "drafts/[redacted]-final.pdf"),
        (("Ann Poole",), "AnnPoole.pdf", "[redacted].pdf"),
        (("Ann Poole",), "ReviewOfAnnPooleFinal2.pdf", "ReviewOf[redacted]Final2.pdf"),
        (
            ("Poole",),
            "2014Poole.pdf and Poole12 and Pooles",
            "2014[redacted].pdf and [redacted]12 and Pooles",
        ),
        (("Zoë", "Child A"), "ZoëPoole, ZoëB, Child A2", "[redacted]Poole, [redacted]B, Child A2"),
        (("Poole", "Ann Poole"), "Ann Poole and Mr Poole", "[redacted] and Mr [redacted]"),
        (("O'Neill",), "Mrs O’Neill", "Mrs [redacted]"),
        (("José",), "Jose\u0301 went", "[redacted] went"),
        (("Jose\u0301",), "José went", "[redacted] went"),
        # must not change
        (("Ann",), "planning for Hannah", "planning for Hannah"),
        (("Ann Poole",), "Ann saw Mrs Poole", "Ann saw Mrs Poole"),
        (("Ann Poole",), "Ann (then at home) Poole", "Ann (then at home) Poole"),
        (("a.c",), "abc", "abc"),
        (("Poole",), "Poolesby", "Poolesby"),
        # pseudonyms
        (("Ann Poole = Mother", "Poole"), "ann  poole and Mrs Poole", "Mother and Mrs [redacted]"),
        (("Ann=",), "Ann went", "[redacted] went"),
    ],
)
def test_replace_names(names: tuple[str, ...], text: str, shown: str) -> None:
    replacer = Replacer.of(names)
    assert replacer is not None
    assert replacer.replace(text) == shown


def test_a_name_needs_a_letter() -> None:
    assert name_pattern(("", " – ")) is None
    assert redacted(SMALL, ("–",)) is SMALL


@pytest.mark.parametrize(
    ("excerpt", "text", "shown"),
    [
        ("Tell Ann …", "Tell Ann Poole of it.", "Tell [redacted] …"),
        ("… Poole of it.", "Tell Ann Poole of it.", "… [redacted] of it."),
        ("Tell Ann Poole of it.", "Tell Ann\nPoole of it.", "Tell [redacted] of it."),
        ("Tell her …", "Tell her of Ann Poole.", "Tell her …"),
        ("Ann Poole elsewhere", "Another text.", "[redacted] elsewhere"),
        ("…", "Ann Poole", "…"),
        ("Ann Poole and Ann …", "Ann Poole and Ann Poole", "[redacted] and [redacted] …"),
    ],
)
def test_a_name_cut_by_an_excerpt_is_redacted(excerpt: str, text: str, shown: str) -> None:
    replacer = Replacer.of(("Ann Poole",))
    assert replacer is not None
    assert redact_excerpt(excerpt, text, replacer) == shown


def test_names_go_from_every_part_of_the_report() -> None:
    name = "Ann Poole"
    member = replace(
        values.SHARING, text=f"{name} should be told.", references=(name,), agencies=(), heading=(name,)
    )
    theme = replace(
        values.SHARING_THEME,
        label=f"Telling {name}",
        terms=(name,),
        members=(member,),
        agencies=((name, 1),),
        examples=(Example(member, f"{name} should be told."),),
    )
    record = values.record(
        values.CHILD_P.id, "in/ann-poole.pdf", subject=name, title=name, board=name, year="2011", why=name
    )
    table = replace(values.TABLE, themes=(theme,), notes=(name,), method=((name, name),))
    whole = content(table, (record,), (member,), title=name, date=name)
    whole = replace(whole, making=replace(whole.making, where=(name,), codebook=name))
    html = render_report(whole, Privacy(names=(name,)))
    assert "poole" not in html.casefold()
    assert "replaced by [redacted]: 1 as listed" in html
    assert "Telling [redacted]" in html
    assert "in/[redacted].pdf" in html


def test_the_words_of_the_program_stay() -> None:
    html = render_report(SMALL, Privacy(names=("police", "year", "subject", "pdf", "numbered")))
    assert ">Police</span>" in html
    assert "Child P (2011)" in html
    assert "Eastmere [redacted]" in html


def test_names_that_stand_nowhere_are_told_by_their_place() -> None:
    assert unused(SMALL, ("Norwick", "Nobody Here", "Saltby", "Zed")) == (2, 4)


def test_names_go_from_what_repeats_and_from_boards() -> None:
    text = "Mrs Poole should be asked by every school about the register of attendance."
    records = tuple(
        values.record(name, f"{name}.pdf", found=1, subject=f"Child {name}", board="Poole LSCB", year=year)
        for name, year in (("A", "2010"), ("B", "2014"))
    )
    found = tuple(
        replace(values.SHARING, id=f"{name}-1", review_id=name, text=text, agencies=()) for name in "AB"
    )
    whole = content(replace(values.TABLE, themes=(), unthemed=found), records, found)
    assert len(whole.repeats.chains) == 1
    html = render_report(whole, Privacy(names=("Poole",)))
    assert "Mrs [redacted] should be asked" in html
    assert "[redacted] LSCB" in html
    assert "poole" not in html.casefold()
    assert unused(whole, ("Poole",)) == ()


def test_places_move_with_the_text_of_a_review() -> None:
    text = "Ann Poole wrote. Ann Poole should be told. The end."
    start = text.index("Ann Poole should")
    one = replace(values.SHARING, start=start, end=text.index(" The end"))
    review, (moved,) = redact_review(Review("r", "r.txt", "text", text, (), 1), (one,), ("Ann Poole = M",))
    assert review.text == "M wrote. M should be told. The end."
    assert review.text[moved.start : moved.end] == "M should be told."
