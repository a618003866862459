"""A comparison that the store keeps is the one that was made."""

from srtminer.comparison_cache import dump_tested, load_tested
from tests import render_values as values
from tests.compare_values import TESTED


def test_what_is_kept_is_what_was_made() -> None:
    assert load_tested(dump_tested(TESTED, values.TABLE), values.TABLE, values.RECORDS) == TESTED
