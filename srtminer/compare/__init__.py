"""What was said before, and what has changed: groups, one review against earlier ones, chains."""

from srtminer.compare.groups import (
    FINANCIAL_YEAR,
    GROUP_FIELDS,
    OTHER_AGENCIES,
    compare_by,
    compare_groups,
    fold_small,
    group_by,
    group_by_period,
)
from srtminer.compare.inference import Corpus, weigh_groups, weigh_trend
from srtminer.compare.repeats import Candidates, find_earlier, find_repeats
from srtminer.compare.similarity import (
    RequestIndex,
    calibration,
    dump_index,
    index_of,
    link_of,
    load_index,
    parts_of,
)
from srtminer.comparisons import NOT_KNOWN

__all__ = [
    "FINANCIAL_YEAR",
    "GROUP_FIELDS",
    "NOT_KNOWN",
    "OTHER_AGENCIES",
    "Candidates",
    "Corpus",
    "RequestIndex",
    "calibration",
    "compare_by",
    "compare_groups",
    "dump_index",
    "find_earlier",
    "find_repeats",
    "fold_small",
    "group_by",
    "group_by_period",
    "index_of",
    "link_of",
    "load_index",
    "parts_of",
    "weigh_groups",
    "weigh_trend",
]
