"""A comparison of invented groups, each kind of finding in it, for the tests of rendering and keeping."""

from srtminer.compare.groups import compare_groups, group_by
from srtminer.comparisons import Contrast, Finding, Overlap, Term, Tested, Unplaced
from tests import render_values as values

DIFFERS = Finding(0.31, 0.12, 0.5, 0.0008, 0.012, 0.84, "differs")
NONE_FOUND = Finding(-0.05, -0.2, 0.1, 0.41, 0.63, -0.12, "no difference found")
TOO_FEW = Finding(0.5, None, None, None, None, 1.57, "too few to say")

TESTED = Tested(
    counts=compare_groups(values.TABLE, group_by(values.RECORDS, values.RECOMMENDATIONS, "agency"), "agency"),
    contrasts=(
        Contrast("health-commissioner", "all others", Overlap(1, 0), (1, 1)),
        Contrast("other agencies", "all others", Overlap(0, 0), (1, 1)),
        Contrast("police", "all others", Overlap(0, 0), (1, 1)),
    ),
    findings=((DIFFERS, NONE_FOUND, TOO_FEW), (NONE_FOUND, TOO_FEW, TOO_FEW)),
    terms=((Term("see the child", 4, 1, 2.6), Term("violence", 0, 5, -2.1)), (), ()),
    trend=False,
    overlap=Overlap(1, 1),
    unplaced=(Unplaced("agency", (values.CHILD_Q,), 1),),
    without=1,
    method=(("tests", "permutation of whole reviews"), ("effect", "Cohen's h")),
)
