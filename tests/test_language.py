"""Reviews in other languages than English, and in two."""

from pathlib import Path

import pytest

from srtminer.model import Review
from srtminer.pipeline import analyse
from srtminer.read.text_files import parse_text
from srtminer.text.language import in_english, other_language, words_of

WELSH = """ADOLYGIAD ACHOS: Plentyn T

Bwrdd Diogelu Glan Tarn

Argymhellion

1. Dylai’r Bwrdd adolygu ei bolisi ar ymweliadau cartref cyn diwedd y flwyddyn.

2. Dylai’r heddlu rannu pob adroddiad gyda’r ysgol ac gyda’r awdurdod lleol o fewn dau ddiwrnod.
"""
ENGLISH = """Tarnside Safeguarding Board

Recommendations

1. The Board should review its policy on home visits before the end of the year.

2. The police should share every report with the school and the local authority.
"""
OTHERS = {
    "Welsh": WELSH,
    "French": "La commission recommande que les services de la ville se parlent. Le conseil "
    "doit écrire dans un mois "
    "à tous les parents, et une note sur ce plan sera faite par la police pour les écoles qui le demandent.",
    "Polish": "Rada powinna w ciągu roku sprawdzić, jak szkoły i policja dzielą się tym, co "
    "wiedzą o dziecku. Nie jest "
    "dobrze, że przez rok nikt nie pytał, gdzie jest dziecko, i że o tym nie mówiono na żadnym spotkaniu.",
    "Irish": "Ba chóir don bhord athbhreithniú a dhéanamh ar an bpolasaí roimh dheireadh na "
    "bliana agus ba chóir do na "
    "gardaí gach tuairisc a thabhairt don scoil, mar atá ráite leis an údarás agus faoi mar is gá.",
    "one in Cyrillic script": "Рада має переглянути свої правила до кінця року, і кожна школа "
    "має знати, хто з дітей "
    "не приходить на уроки. Поліція має повідомляти школу про кожен виклик до родини, і про це "
    "слід писати щомісяця.",
}


def read(text: str) -> Review:
    return parse_text(text, source="a.txt")


@pytest.mark.parametrize("language", OTHERS)
def test_a_text_in_another_language_is_told_as_such(language: str) -> None:
    assert other_language(words_of(OTHERS[language])) == language
    found = analyse(read(f"Recommendations\n\n{OTHERS[language]}"))
    assert found.recommendations == ()
    assert (
        found.why_none == f"its text is not in English (it looks like {language}): only English is analysed"
    )


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH * 3,
        "Dylai’r Bwrdd adolygu.",
        " | ".join(f"R{n} | Tarn Police | Inspector Gwen Prys | May 2014 | Ongoing" for n in range(20)),
        "1 2 3 " * 50,
        "",
    ],
)
def test_english_lists_of_names_and_short_texts_are_no_other_language(text: str) -> None:
    assert other_language(words_of(text)) == ""
    review = read(f"Title\n\n{text}")
    assert in_english(review) == (review, "")


@pytest.mark.parametrize("text", [WELSH + "\n" + ENGLISH, ENGLISH + "\n" + WELSH])
def test_a_bilingual_review_is_read_once(text: str) -> None:
    found = analyse(read(text))
    assert [(r.reference, r.text) for r in found.recommendations] == [
        ("1", "The Board should review its policy on home visits before the end of the year."),
        ("2", "The police should share every report with the school and the local authority."),
    ]
    assert "Dylai" not in found.review.text
    assert [o.what for o in found.review.omissions] == ["text in Welsh"]


def test_a_bilingual_review_with_more_of_the_other_language_is_read_too() -> None:
    longer = "Dylai’r Bwrdd adolygu ei bolisi ac mae angen gwneud hyn gyda’r heddlu yn yr ardal.\n\n"
    found = analyse(read(WELSH + "\n" + longer * 2 + ENGLISH))
    assert found.why_none == ""
    assert [one.reference for one in found.recommendations] == ["1", "2"]


def test_what_is_kept_of_a_bilingual_review_stands_where_it_says() -> None:
    review = read(WELSH + "\n" + ENGLISH)
    kept, _ = in_english(review)
    before = [review.text[p.start : p.end] for p in review.paragraphs]
    after = [kept.text[p.start : p.end] for p in kept.paragraphs]
    assert after == [text for text in before if text in after]
    assert "Tarnside Safeguarding Board" in after


def test_a_welsh_sentence_in_an_english_review_stays(tmp_path: Path) -> None:
    review = read(ENGLISH * 8 + "\n\nDiolch yn fawr i bawb am y cymorth gyda’r gwaith.")
    assert in_english(review) == (review, "")
