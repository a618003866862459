"""Corrections as values: what a spreadsheet does is none, what an analyst does survives new rules."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srtminer.correction_plan import (
    CELL_LIMIT,
    Cells,
    Plan,
    Sheet,
    clean_cell,
    compare,
    plan,
    summarised,
)
from srtminer.corrections import EDITED, corrected, differences
from srtminer.model import Agency, Recommendation
from srtminer.read.compose_review import Block, compose

TEXTS = (
    "Harrowmere Police should tell the school nurse of every incident.",
    "The Board should audit referrals each year.",
    "Norwick Council should keep one record for a family.",
)
REVIEW = compose(
    [Block("Recommendations", role="heading", level=1), *(Block(text, page=2) for text in TEXTS)],
    source="r.pdf",
    format="pdf",
    page_count=3,
)
PLACES = [paragraph for paragraph in REVIEW.paragraphs if paragraph.role == "text"]
POLICE, BOARD, COUNCIL = (
    Recommendation(
        f"r-{number}",
        REVIEW.id,
        (f"4.{number}0",),
        place.start,
        place.end,
        text,
        2,
        2,
        heading=("Recommendations",),
        agencies=(Agency(text.split(" should")[0], "some-kind"),),
        rule="numbered list",
        confidence=0.95,
    )
    for number, (place, text) in enumerate(zip(PLACES, TEXTS, strict=True), 1)
)
FOUND = (POLICE, BOARD, COUNCIL)
COLUMNS = ("id", "review", "reference", "page", "last_page", "agency", "heading", "text", "lead", "date")


def cells_of(one: Recommendation) -> dict[str, str]:
    return {
        "id": one.id,
        "review": one.review_id,
        "reference": "; ".join(one.references),
        "page": str(one.page),
        "last_page": str(one.last_page),
        "agency": "; ".join(agency.name for agency in one.agencies),
        "heading": " > ".join(one.heading),
        "text": one.text,
        "lead": one.lead,
        "date": one.date,
    }


Row = tuple[int, Cells]


def row(one: Recommendation, line: int = 2, **changed: str) -> Row:
    return line, cells_of(one) | changed


def new(line: int = 9, **cells: str) -> Row:
    return line, (dict.fromkeys(COLUMNS, "") | {"review": REVIEW.id} | cells)


def planned(
    *rows: Row,
    current: tuple[Recommendation, ...] = FOUND,
    deleted: tuple[Recommendation, ...] = (),
    kept: frozenset[str] = frozenset(),
) -> Plan:
    cells = {one.id: cells_of(one) for one in (*current, *deleted)}
    return plan(Sheet(REVIEW, current, deleted, cells, kept), rows, lambda name: f"kind of {name}")


def kinds(result: Plan) -> list[str]:
    return [change.kind for change in result.changes]


@pytest.mark.parametrize(
    ("column", "was", "now"),
    [
        ("text", "One\n\ntwo  three", "One two three"),
        ("text", "caf\u00e9", "cafe\u0301"),
        ("page", "6", "6.0"),
        ("date", "March 2012", "Mar-12"),
        ("date", "1 March 2012", "01/03/2012"),
        ("date", "2012-03-01", "01.03.2012"),
        ("date", "1/3/2012", "01/03/2012 00:00"),
        ("lead", "10", "10.0"),
        ("lead", "the \u22125 and co\u2011ordinated", "the -5 and co-ordinated"),
    ],
)
def test_what_a_spreadsheet_writes_differently_is_the_same(column: str, was: str, now: str) -> None:
    assert compare(column, was, now) == "same"


@pytest.mark.parametrize(
    ("column", "was", "now"),
    [
        ("reference", "4.10", "4.1"),
        ("reference", "4.10", "4,1"),
        ("reference", "007", "7"),
        ("reference", "2E3", "2.00E+03"),
        ("reference", "123456789012345678", "1.23457E+17"),
        ("reference", "1.2", "01. Feb"),
        ("reference", "1-2", "02-Jan"),
        ("reference", "3/4", "03-Apr"),
        ("reference", "3.12", "Dec-03"),
        ("reference", "3/4", "03/04/2026"),
        ("reference", "3/4", "2026-04-03"),
        ("date", "September 2010", "09/01/10"),
        ("date", "September 2010", "01/09/2010"),
        ("date", "September 2010", "2010-09-01"),
        ("date", "3 April", "2026-04-03 00:00:00"),
        ("text", "The Board must act.", "#NAME?"),
        ("agency", "The Board", "########"),
        ("text", "share \u2265 2 records", "share ? 2 records"),
        ("text", "act " * 9000, ("act " * 9000)[:CELL_LIMIT]),
    ],
)
def test_what_a_spreadsheet_spoils_is_kept_with_a_warning(column: str, was: str, now: str) -> None:
    assert compare(column, was, now) == "spoilt"


@pytest.mark.parametrize(
    ("column", "was", "now"),
    [
        ("reference", "4.10", "4.11"),
        ("reference", "1.2", "2.1"),
        ("reference", "3/4", "4/3"),
        ("reference", "Recommendation 1", "R1"),
        ("reference", "4.10", "no. 4.1"),
        ("reference", "", "4.1"),
        ("date", "01/03/2012", "03/01/2012"),
        ("date", "March 2012", "by March 2012"),
        ("date", "March 2012", "Apr-12"),
        ("date", "March 2012", "02/03/2012"),
        ("date", "March 2012", "1 March 2012"),
        ("date", "March 2012", "01/03/2013"),
        ("reference", "3/4", "05/04/2026"),
        ("text", "The Board should act.", "The Board must act."),
        ("text", "What now?", "What then?"),
        ("agency", "The Board", ""),
    ],
)
def test_what_an_analyst_changes_is_a_change(column: str, was: str, now: str) -> None:
    assert compare(column, was, now) == "changed"


@pytest.mark.parametrize(
    ("cell", "was", "clean"),
    [
        ("'=1+1", "=1+1", "=1+1"),
        ("'- act", "", "- act"),
        ("'=1+1", "", "=1+1"),
        ("'quoted'", "'quoted'", "'quoted'"),
        ("'quoted' words", "", "'quoted' words"),
        ("plain", "plain", "plain"),
    ],
)
def test_the_guard_of_a_formula_is_taken_off(cell: str, was: str, clean: str) -> None:
    assert clean_cell(cell, was) == clean


@pytest.mark.parametrize(
    ("cell", "was", "clean"),
    [
        ("the “view” of â€œhimâ€\x9d", "the “view” of “him”", "the “view” of “him”"),
        ("Ã\xa0 la carte – café", "à la carte – café", "à la carte – café"),
        ("â\x80\x9chimâ\x80\x9d – now", "“him” – now", "“him” – now"),
        ("the childâ€™s “view”", "the child’s “view”", "the child’s “view”"),
        # must not change
        ("it printed â€œ – so", "it printed â€œ – so", "it printed â€œ – so"),
        ("it printed â€œ", "it printed â€œ", "it printed â€œ"),
        ("“him”", "“him”", "“him”"),
        ("CAFÉ» – in", "“CAFÉ» – in", "CAFÉ» – in"),
    ],
)
def test_a_cell_that_is_mangled_in_parts_is_restored(cell: str, was: str, clean: str) -> None:
    assert clean_cell(cell, was) == clean


def test_columns_may_be_missing_and_rows_in_any_order() -> None:
    rows = [(line, {"id": one.id, "text": one.text}) for line, one in enumerate(FOUND[::-1], 2)]
    assert planned(*rows).changes == ()
    assert planned(*rows).wanted == FOUND


def test_an_edit_takes_over_what_was_changed_and_nothing_else() -> None:
    changed = row(
        BOARD, agency="The Board; Norwick Council", text="The Board must audit\nreferrals.", lead="CEO"
    )
    result = planned(row(POLICE), changed, row(COUNCIL))
    agencies = (Agency("The Board", "some-kind"), Agency("Norwick Council", "kind of Norwick Council"))
    edited = replace(BOARD, agencies=agencies, text="The Board must audit\nreferrals.", lead="CEO")
    assert result.wanted == (POLICE, edited, COUNCIL)
    assert kinds(result) == ["edited"]
    assert (edited.start, edited.end) == (BOARD.start, BOARD.end)  # the place of the original


def test_a_text_that_was_cut_shorter_has_its_exact_place() -> None:
    (edited,) = (
        c.after for c in planned(row(POLICE, text="tell the school nurse"), row(BOARD), row(COUNCIL)).changes
    )
    assert edited is not None
    assert REVIEW.text[edited.start : edited.end] == edited.text == "tell the school nurse"


def test_a_second_row_of_an_id_is_a_part_split_off() -> None:
    first = row(POLICE, 2, text="Harrowmere Police should tell the school nurse")
    second = row(POLICE, 3, text="Harrowmere Police should train its staff.", reference="4.1")
    result = planned(first, second, row(BOARD), row(COUNCIL))
    assert kinds(result) == ["edited", "added"]
    part = result.changes[1].after
    assert part is not None
    assert part.references == ("4.10",)  # the spreadsheet's 4.1 is no correction, here neither
    assert (part.start, part.end, part.agencies) == (POLICE.start, POLICE.end, POLICE.agencies)
    assert part.id not in {one.id for one in FOUND}


def test_a_new_row_stands_where_its_text_stands_or_after_the_row_before() -> None:
    inside = planned(*map(row, FOUND), new(text="keep one record")).changes[0].after
    assert inside is not None
    assert REVIEW.text[inside.start : inside.end] == "keep one record"
    nowhere = planned(row(POLICE), new(3, text="Act on it."), row(BOARD), row(COUNCIL))
    (change,) = nowhere.changes
    assert change.kind == "added"
    assert nowhere.wanted[1] == change.after
    assert change.after is not None
    assert change.after.start == change.after.end == POLICE.end
    assert (change.after.page, change.after.heading, change.after.references) == (2, ("Recommendations",), ())


def test_a_row_that_repeats_another_is_left_out() -> None:
    result = planned(row(POLICE, 2), row(POLICE, 3), row(BOARD), row(COUNCIL))
    assert result.wanted == FOUND
    assert summarised(result.remarks) == ("line 3: the same text as in another row; left out",)


def test_what_cannot_be_corrected_is_said() -> None:
    result = planned(row(POLICE, heading="Findings", page="six"), row(BOARD), row(COUNCIL))
    assert result.wanted == FOUND
    assert summarised(result.remarks) == (
        "line 2: the column heading cannot be corrected here; left as it was",
        "line 2: the file has no page 'six'; left as it was",
    )


def test_what_follows_from_a_correction_is_no_change_of_its_own() -> None:
    result = planned(row(POLICE, citation="Child 99", agency_kind="x", corrected="true"), row(BOARD))
    assert result.remarks == ()


def test_what_happened_to_many_rows_is_said_once() -> None:
    remarks = [(line, "the text was cut") for line in range(2, 7)]
    assert summarised([*remarks, (9, "the file has no page 'six'")]) == (
        "lines 2, 3, 4, …: the text was cut",
        "line 9: the file has no page 'six'",
    )


@pytest.mark.parametrize("rows", [(row(POLICE, text="  "),), (new(text=""),), (new(text="#VALUE!"),)])
def test_a_row_needs_a_text(rows: tuple[Row, ...]) -> None:
    with pytest.raises(ValueError, match=r"line \d: "):
        planned(*rows)


def found_as(one: Recommendation, own_id: str, text: str) -> Recommendation:
    start = REVIEW.text.index(text)
    return replace(one, id=own_id, text=text, start=start, end=start + len(text))


def test_a_correction_survives_that_the_text_is_found_otherwise() -> None:
    shorter = found_as(POLICE, "r-8", POLICE.text.removesuffix(" of every incident."))
    wanted = (replace(POLICE, lead="CEO"), replace(BOARD, text="Audit."), COUNCIL)
    corrections = differences(FOUND, wanted)
    shown, fitting = corrected((shorter, BOARD, COUNCIL), corrections)
    assert shown[0] == replace(
        shorter, lead="CEO", correction=EDITED
    )  # the text as found, the lead as wanted
    assert shown[1] == replace(BOARD, text="Audit.", correction=EDITED)
    assert all(correction.fits for correction in fitting)


def test_a_text_that_was_edited_replaces_the_parts_it_is_found_in() -> None:
    one = found_as(POLICE, "r-8", "Harrowmere Police should tell")
    two = found_as(POLICE, "r-9", "the school nurse of every incident.")
    shown, _ = corrected((one, two), differences((POLICE,), (replace(POLICE, text="Tell the nurse."),)))
    assert [entry.text for entry in shown] == ["Tell the nurse."]
    shown, _ = corrected((one, two), differences((POLICE,), ()))
    assert shown == ()


def test_an_edit_of_what_is_not_found_any_more_is_kept_and_told() -> None:
    edited = replace(POLICE, text="Tell the nurse.")
    shown, (edit, deletion) = corrected((COUNCIL,), differences(FOUND, (edited, COUNCIL)))
    assert shown == (replace(edited, correction=EDITED), COUNCIL)
    assert (edit.fits, deletion.fits) == (False, False)


def test_what_was_added_and_is_found_now_stands_once() -> None:
    added = replace(BOARD, id="r-new", start=3, end=3, lead="CEO")
    shown, _ = corrected(FOUND, differences((POLICE, COUNCIL), (POLICE, COUNCIL, added)))
    assert [one.id for one in shown] == ["r-new", POLICE.id, COUNCIL.id]


numbers = st.integers(0, 30)
words = st.text(alphabet="abc ", min_size=1, max_size=12)
recommendations = st.builds(
    lambda own_id, start, length, text, lead: replace(
        POLICE, id=f"r-{own_id}", start=start, end=start + length, text=f"{own_id} {text}", lead=lead
    ),
    numbers,
    numbers,
    numbers,
    words,
    words,
)
lists = st.lists(recommendations, max_size=5, unique_by=lambda one: one.id).map(
    lambda ones: tuple(sorted(ones, key=lambda one: (one.start, one.end)))
)


def placed(
    found: tuple[Recommendation, ...], wanted: tuple[Recommendation, ...]
) -> tuple[Recommendation, ...]:
    """Leave the same text of the same recommendation where it is: a place alone cannot be corrected."""
    before = {(one.id, one.text): one for one in found}
    same = ((before.get((one.id, one.text), one), one) for one in wanted)
    return tuple(replace(one, start=old.start, end=old.end) for old, one in same)


@settings(max_examples=200, deadline=None)
@given(lists, lists)
def test_corrections_turn_what_was_found_into_what_is_wanted(
    found: tuple[Recommendation, ...], wanted: tuple[Recommendation, ...]
) -> None:
    wanted = placed(found, wanted)
    corrections = differences(found, wanted)
    shown, fitting = corrected(found, corrections)
    unmarked = [replace(one, correction="") for one in shown]
    assert sorted(unmarked, key=repr) == sorted(wanted, key=repr)
    assert {one.id for one in shown if one.corrected} == {
        c.after.id for c in corrections if c.after is not None
    }
    assert all(correction.fits for correction in fitting)
    assert corrected(found, differences(found, shown))[0] == shown


@settings(max_examples=100, deadline=None)
@given(lists, lists, lists)
def test_no_edit_or_addition_is_ever_lost(
    found: tuple[Recommendation, ...], wanted: tuple[Recommendation, ...], later: tuple[Recommendation, ...]
) -> None:
    corrections = differences(found, wanted)
    shown, fitting = corrected(later, corrections)
    assert sum(one.corrected for one in shown) == sum(c.after is not None for c in corrections)
    assert len(fitting) == len(corrections)
    assert len({one.id for one in shown}) == len(shown)
