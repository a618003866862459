"""What the analyst corrects: the differences between what was found and what is wanted, and their effect."""

from srtminer.corrections.applied import changes, corrected, differences
from srtminer.corrections.carried_over import SIMILAR, Reading, carried, similarity
from srtminer.corrections.correction_plan import (
    Change,
    Kind,
    Plan,
    Sheet,
    SheetError,
    SheetRow,
    plan,
    taken_back,
)

__all__ = [
    "SIMILAR",
    "Change",
    "Kind",
    "Plan",
    "Reading",
    "Sheet",
    "SheetError",
    "SheetRow",
    "carried",
    "changes",
    "corrected",
    "differences",
    "plan",
    "similarity",
    "taken_back",
]
