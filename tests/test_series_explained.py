"""What a recommendation says of why it was taken, and what merging printings leaves out."""

from srtminer.model import Explanation, Recommendation
from srtminer.recommendations.series_choice import merge_repeats
from tests.recommendation_blocks import found_in, heading, text


def test_shares_of_features_come_the_weightiest_first() -> None:
    found = found_in(heading("Recommendations"), text("The council should open the bridge.", "1"))
    explanations = [one.explanation for one in found if one.explanation]
    assert len(explanations) == len(found) == 1
    shares = [abs(share) for _, share in explanations[0].shares]
    assert shares
    assert shares == sorted(shares, reverse=True)


def printing(place: int, words: str) -> Recommendation:
    return Recommendation("", "r", (), place, place + len(words), words, 1, 1, explanation=Explanation(()))


def test_the_words_of_the_other_printing_are_kept() -> None:
    words = "The Velm Board should train each nurse before June 2027"
    (merged,) = merge_repeats([printing(0, f"{words}."), printing(90, f"{words} and tell the council.")])
    assert merged.explanation is not None
    others = {text for _, text in merged.explanation.left_out}
    assert {merged.text, *others} == {f"{words}.", f"{words} and tell the council."}
