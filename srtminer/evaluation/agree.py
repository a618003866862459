"""Cohen's kappa, Krippendorff's alpha and their intervals, AMI and ARI of two coders."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from nltk.metrics.agreement import AnnotationTask
from numpy.typing import NDArray
from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score

from srtminer.evaluation.codings import Agreement, Interval, Pair, ThemeAgreement

RESAMPLES = 2000
"""Bootstrap samples. Grows: steadier ends of the intervals, more time."""
LEVEL = 95
"""Per cent of the resampled values inside an interval."""
DECIMALS = 10

Array = NDArray[np.float64]


def agreement(pairs: Sequence[Pair], seed: int = 0) -> Agreement:
    """Compare two coders; the order of the pairs has no influence. `pairs` must not be empty."""
    ordered = sorted(pairs, key=lambda pair: pair.item)
    first, second = [pair.first for pair in ordered], [pair.second for pair in ordered]
    weights = resamples(len(ordered), seed)
    kappa, alpha = both(first, second, weights)
    return Agreement(
        items=len(ordered),
        same=sum(a == b for a, b in zip(first, second, strict=True)),
        kappa=kappa,
        alpha=alpha,
        ami=round(float(adjusted_mutual_info_score(first, second)), DECIMALS),
        ari=round(float(adjusted_rand_score(first, second)), DECIMALS),
        themes=themes(first, second, weights),
        disagreements=tuple(pair for pair in ordered if pair.first != pair.second),
    )


def themes(first: Sequence[str], second: Sequence[str], weights: Array) -> tuple[ThemeAgreement, ...]:
    """Compare the coders on each theme against all others, the most used first."""
    ones, twos = Counter(first), Counter(second)
    found = []
    for theme in sorted(ones | twos, key=lambda name: (-ones[name] - twos[name], name)):
        has = [str(code == theme) for code in first], [str(code == theme) for code in second]
        kappa, alpha = both(*has, weights)
        together = sum(a == b == theme for a, b in zip(first, second, strict=True))
        found.append(ThemeAgreement(theme, ones[theme], twos[theme], together, kappa, alpha))
    return tuple(found)


def both(first: Sequence[str], second: Sequence[str], weights: Array) -> tuple[Interval, Interval]:
    """Give kappa and alpha, each with its interval; undefined where all codes are one."""
    if len({*first, *second}) < 2:
        return Interval(None), Interval(None)
    task = AnnotationTask(
        [
            (coder, item, code)
            for coder, codes in (("1", first), ("2", second))
            for item, code in enumerate(codes)
        ]
    )
    resampled = kappas_and_alphas(first, second, weights)
    values = (float(task.kappa()), float(task.alpha()))
    kappa, alpha = (interval(value, one) for value, one in zip(values, resampled, strict=True))
    return kappa, alpha


def interval(value: float, resampled: Array) -> Interval:
    """Give the percentile interval of the resampled values that are defined, after Efron (1979)."""
    defined = resampled[~np.isnan(resampled)]
    tail = (100 - LEVEL) / 2
    low, high = np.round(np.percentile(defined, [tail, 100 - tail]), DECIMALS).tolist()
    return Interval(round(value, DECIMALS), low, high)


def resamples(items: int, seed: int) -> Array:
    """Draw items with replacement: how often each stands in each sample, shape (samples, items)."""
    generator = np.random.default_rng(seed)
    return generator.multinomial(items, np.full(items, 1 / items), size=RESAMPLES).astype(np.float64)


def kappas_and_alphas(first: Sequence[str], second: Sequence[str], weights: Array) -> tuple[Array, Array]:
    """Give kappa and alpha of each sample, NaN where all its codes are one; the formulas for two coders.

    Sources: Cohen (1960); Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), nominal data.
    """
    codes = sorted({*first, *second})
    ones = np.array([[code == wanted for wanted in codes] for code in first], dtype=np.float64)
    twos = np.array([[code == wanted for wanted in codes] for code in second], dtype=np.float64)
    total = weights.sum(axis=1)
    observed = weights @ (ones * twos).sum(axis=1) / total
    by_first, by_second = weights @ ones, weights @ twos
    chance = (by_first * by_second).sum(axis=1) / total**2
    pooled = by_first + by_second
    differ = 1 - (pooled * (pooled - 1)).sum(axis=1) / (2 * total * (2 * total - 1))
    return ratio(observed - chance, 1 - chance), 1 - ratio(1 - observed, differ)


def ratio(above: Array, below: Array) -> Array:
    """Divide, NaN where there is nothing to divide by."""
    nothing = below < 1e-12
    return np.where(nothing, np.nan, above / np.where(nothing, 1, below))
