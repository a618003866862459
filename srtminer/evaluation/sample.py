"""Which recommendations a coder is asked about."""

import random
from collections.abc import Mapping, Sequence


def stratified(groups: Mapping[str, Sequence[str]], size: int, seed: int) -> tuple[str, ...]:
    """Draw items so that every group has its share, and one at least where there is room; in random order.

    The shares are rounded by largest remainders. The order of the groups and of their items has no influence.
    """
    generator = random.Random(seed)  # not for secrets: the same seed must give the same sheet
    quotas = shares({name: len(items) for name, items in groups.items() if items}, size)
    drawn = [item for name in sorted(quotas) for item in generator.sample(sorted(groups[name]), quotas[name])]
    generator.shuffle(drawn)
    return tuple(drawn)


def shares(sizes: Mapping[str, int], wanted: int) -> dict[str, int]:
    """Give how many to draw from groups of these sizes: one each, the larger first, then in proportion."""
    total = sum(sizes.values())
    wanted = min(wanted, total)
    largest = sorted(sizes, key=lambda name: (-sizes[name], name))
    quotas = {name: int(place < wanted) for place, name in enumerate(largest)}
    while sum(quotas.values()) < wanted:
        open_to_more = [name for name in largest if quotas[name] < sizes[name]]
        most = max(open_to_more, key=lambda name: sizes[name] * wanted / total - quotas[name])
        quotas[most] += 1
    return quotas
