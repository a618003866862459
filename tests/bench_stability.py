"""How much of the themes stays when one review is left out, each in turn.

python -m tests.bench_stability [STORE...]      the stores named, or the reviews of examples/
"""

import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import linear_sum_assignment

from srtminer.__main__ import main
from srtminer.model import Recommendation, ReviewRecord, ThemeOptions
from srtminer.pipeline import mine
from srtminer.store import Store

EXAMPLES = Path(__file__).parent.parent / "examples"


@dataclass(frozen=True, slots=True)
class Material:
    """What themes are found in."""

    recommendations: tuple[Recommendation, ...]
    records: tuple[ReviewRecord, ...]


@dataclass(frozen=True, slots=True)
class Stability:
    """Means over all reviews left out, 0 to 1."""

    assignments: float
    """Share of the remaining recommendations that keep their theme, themes being matched one to one."""
    labels: float
    """Share of the matched themes that keep their label to the letter, each counted with its members.

    What was in no theme is left aside: it has no label to keep.
    """


def read_store(path: Path) -> Material:
    """Read all that a store holds."""
    with Store.open(path) as store:
        return Material(store.recommendations(), store.records())


def read_examples() -> Material:
    """Read the reviews of examples/."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "s.db")
        if main(["--store", str(path), "--quiet", "ingest", str(EXAMPLES)]) != 0:
            raise RuntimeError("examples/ could not be read")
        return read_store(path)


def label_of(material: Material, without: str = "") -> dict[str, str]:
    """Give the label of the theme of each recommendation, "" for none, one review left out."""
    found = [one for one in material.recommendations if one.review_id != without]
    records = [record for record in material.records if record.id != without]
    table = mine(found, records, ThemeOptions())
    labels = {member.id: theme.label for theme in table.themes for member in theme.members}
    return {one.id: labels.get(one.id, "") for one in found}


def kept(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[float, float]:
    """Give the shares of assignments and of labels that are kept; `after` has part of `before`."""
    olds, news = sorted(set(before.values())), sorted(set(after.values()))
    common = np.zeros((len(olds), len(news)))
    for key, label in after.items():
        common[olds.index(before[key]), news.index(label)] += 1
    first, second = linear_sum_assignment(-common)
    total = common[first, second]
    same = np.array([olds[i] == news[j] for i, j in zip(first, second, strict=True)])
    labelled = np.array([olds[i] != "" for i in first])
    return float(total.sum() / len(after)), float(
        total[same & labelled].sum() / max(1, total[labelled].sum())
    )


def stability(material: Material, every: int = 1) -> Stability:
    """Leave each review with recommendations out in turn, or every second, third … of them."""
    before = label_of(material)
    reviews = sorted({one.review_id for one in material.recommendations})[::every]
    shares = [kept(before, label_of(material, review)) for review in reviews]
    return Stability(*(sum(part) / len(part) for part in zip(*shares, strict=True)))


def report(names: Sequence[str]) -> None:
    """Print the stability of examples/, or of the stores that are named."""
    materials = {name: read_store(Path(name)) for name in names} or {"examples": read_examples()}
    for name, material in materials.items():
        found = stability(material)
        print(f"{name}: {found.assignments:.1%} of assignments kept, {found.labels:.1%} of labels")


if __name__ == "__main__":
    report(sys.argv[1:])
