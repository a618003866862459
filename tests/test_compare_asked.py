"""What a request is about and what it asks to be done, read from its words."""

import pytest

from srtminer.compare.asked import Bags, read


def units(bags: Bags, row: int = 0) -> list[str]:
    return [
        bags.units[column] for number, column in zip(bags.rows, bags.columns, strict=True) if number == row
    ]


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("The Board should audit whether children are seen alone.", ["audit", "see"]),
        ("Social workers should see each child alone.", ["see"]),
        ("Officers should be trained to interview children.", ["train", "speak"]),
        ("Supervision of staff should be written up in the file.", ["record"]),
        ("An audit should then be undertaken of closed cases.", ["audit", "close"]),
        ("An audit of training should be sent to the Board.", ["tell"]),
        ("Wexmoor Police to notify schools of incidents.", ["tell"]),
        ("The Board should ask each agency to review its caseloads.", ["review", "limit-work"]),
        ("Midwives should ask every woman about violence.", ["ask"]),
        ("Training should be provided to all staff.", ["train"]),
        ("A mentor should be offered to young people.", ["help"]),
        ("The Board should show, by an audit, that fathers are assessed.", ["assess", "audit"]),
        ("Nothing is said here.", []),
        ("", []),
    ],
)
def test_acts_in_the_order_in_which_they_are_asked_for(text: str, acts: list[str]) -> None:
    assert units(read([text]).acts) == acts


@pytest.mark.parametrize(
    ("text", "about", "not_about"),
    [
        ("Domestic violence should be taken seriously.", "@domestic-abuse", "violenc"),
        ("Staff should see the child alone.", "@child-seen-alone", "alon"),
        ("The child protection plan should be sent.", "@cp-plan", "plan"),
        ("All staff should attend training.", "~training", "@training"),
        ("Wexmoor Trust should lock the gate.", "gate", "wexmoor"),
        ("The Trust should send the letter.", "letter", "~disability"),
    ],
    ids=["wording", "longest wording", "thing", "echo of an act", "name", "abbreviation"],
)
def test_what_a_request_is_about(text: str, about: str, not_about: str) -> None:
    found = units(read([text]).about)
    assert about in found
    assert not_about not in found


def test_texts_do_not_run_into_one_another() -> None:
    reading = read(["The Board should audit domestic", "", "abuse should be recorded"])
    about, acts = reading.about, reading.acts
    assert "@domestic-abuse" not in about.units[about.columns.min()] + "".join(units(about))
    assert (units(acts, 0), units(acts, 1), units(acts, 2)) == (["audit"], [], ["record"])


@pytest.mark.parametrize(
    "text",
    [
        "Show, by an audit, that fathers are assessed.",
        "Ensure training.",
        "An audit should",
        "Evidence of assessments should be",
    ],
)
def test_a_text_is_read_alike_beside_any_others(text: str) -> None:
    alone, beside = read([text]), read(["Be delivered.", text, "Be then provided."])
    for bags, others in ((alone.about, beside.about), (alone.acts, beside.acts)):
        assert units(bags) == units(others, 1)
    assert alone.acts.units == beside.acts.units
    assert alone.leads[0] == beside.leads[1]


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("The Board should audit assessments.", "audit"),
        ("The Board should show, by an audit, that fathers are assessed.", None),
        ("Nothing is said here.", None),
    ],
)
def test_what_leads(text: str, lead: str | None) -> None:
    reading = read([text])
    assert [*reading.acts.units, None][reading.leads[0]] == lead
