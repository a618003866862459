"""Which phrases of a text could name a theme."""

import pytest

from srtminer.vectors.phrases import phrases


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Give safe sleeping advice to both parents.",
            {"safe sleeping advice", "safe sleeping", "sleeping advice", "advice"},
        ),
        (
            "a check of domestic abuse notifications",
            {
                "check",
                "check of domestic abuse notifications",
                "domestic abuse notifications",
                "abuse notifications",
                "notifications",
            },
        ),
        ("the voice of the child", {"voice", "voice of the child"}),
        ("their wishes and feelings", {"wishes", "feelings"}),
        ("share information about neglect", {"neglect"}),
        ("The Board should record decisions.", set()),
        ("a record of injuries", {"injuries", "record of injuries"}),
        ("to educate pilots", {"pilots"}),
        ("better access to housing", {"access", "housing"}),
        ("Oakshire County chronologies", {"chronologies"}),
        ("a CAF form and an ABC form", {"CAF form"}),
        ("culturally appropriate and accessible", set()),
        ("the process of the agency", set()),
        ("social workers' caseloads", {"caseloads"}),
        ("Multi-agency\nmeetings", {"multi-agency meetings"}),
        ("their lived experience", {"lived experience"}),
        ("agencies shared advice", {"advice"}),
        ("in March 2014", set()),
        ("standards on board vessels", {"vessels"}),
        ("whilst neglect", {"neglect"}),
        ("professional curiosity", {"professional curiosity", "curiosity"}),
        ("health professionals", set()),
        ("their home education", {"home education"}),
        ("the curtain stood open at noon", {"curtain", "noon"}),
        ("four agencies knew about the bruises", {"bruises"}),
        ("Matters of detail came up.", set()),
        ("newcomers ought to listen", {"newcomers"}),
        ("a man with torn gloves", {"man", "gloves"}),
        ("skippers steer boats", {"skippers steer boats", "steer boats", "boats"}),  # nothing tells
        ("the looked-after children's sofas", {"children's sofas", "sofas"}),
        ("the ‘sofa’ kettles and the nurses’ kitchen", {"sofa", "kettles", "nurses' kitchen", "kitchen"}),
        ("it was the neighbour's.", {"neighbour"}),
        ("the neighbour's garden", {"neighbour's garden", "garden"}),
        ("later mutual aid", {"mutual aid", "aid"}),
        ("hidden in plain sight", {"plain sight", "sight"}),
        ("near accidents", {"near accidents", "accidents"}),
        ("a professional challenge", {"professional challenge", "challenge"}),
        ("the guilty plea", {"guilty plea", "plea"}),
        ("the homes of foster carers", {"foster carers", "carers", "homes of foster carers"}),
        ("to foster trust", set()),
        ("", set()),
    ],
)
def test_phrases(text: str, expected: set[str]) -> None:
    assert {phrase.surface for phrase in phrases(text)} == expected


def test_a_phrase_is_given_as_often_as_it_stands() -> None:
    assert [phrase.surface for phrase in phrases("neglect; chronic neglect")].count("neglect") == 2


def test_forms_of_one_phrase_have_one_key() -> None:
    keys = {phrases(text)[0].key for text in ("bruised babies", "bruised baby")}
    assert keys == {("bruis", "babi")}
