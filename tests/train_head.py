"""Tune the encoder's upper layers for "asks for the same", and write them to srtminer/data/minilm/head.npz.

    pip install '.[train]'
    python -m tests.train_head            # some minutes on one processor
    python -m tests.train_head --left-out # trains on four fifths of the groups, says what the fifth shows

Embeddings and the lower layers stay as they are, so one pass gives both views. What is learned: to tell a
request and its rewordings (`same` in `tests/requests.jsonl`) from other requests on the same topic (`hard`)
and from all else in the batch. What must not be forgotten: general sentences, of the invented documents of
the tests, keep their vectors. Methods: van den Oord et al., 2018 (InfoNCE); Su, 2022 (CoSENT).

What failed: 660 further groups that fill the slots of thirteen sentences (who, what, whom, when) and differ
in one of them. With these, pairs in natural words fell (second pairs, kept back: 0.73 to 0.68).
"""

import hashlib
import json
import random
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score
from torch import Tensor
from torch.nn.functional import cross_entropy

from srtminer.vectors.encoder import SHARED, pieces
from tests.bert import LAYERS, Bert
from tests.make_encoder import DATA, packed

HERE = Path(__file__).parent
PIECES = 96
EPOCHS = 5
BATCH = 24
SCALE = 20.0
ALIKE = 0.75
"""Frozen cosine from which a text of another group may ask for the same: it is no counterexample then."""
ORDER = 0.5
"""Weight of telling each pair of the same from each pair of others."""
MEMORY = 5.0
"""Weight of keeping general sentences where they were."""
GENERAL = 10
VERBATIM = 0.15
"""Share of rewordings that are replaced by the request itself, changed a little."""
RATE = 1e-4
TUNED = """The upper three layers of the sentence encoder, tuned to tell the same request from others like it.

A work derived from sentence-transformers/all-MiniLM-L6-v2 (see LICENSE and NOTICE), made by
tests/train_head.py from the groups in tests/requests.jsonl. Average precision on annotated pairs that nothing
was trained on, in tests/:
{measured}
sha256 of head.npz: {digest}
"""


@dataclass(frozen=True, slots=True)
class Group:
    """A request with its rewordings, and other requests on the same topic."""

    same: tuple[str, ...]
    hard: tuple[str, ...]


def groups(name: str) -> list[Group]:
    """Read groups, in the order of their file."""
    lines = map(json.loads, (HERE / name).read_text(encoding="utf-8").splitlines())
    return [Group(tuple(line["same"]), tuple(line["hard"])) for line in lines]


def general_sentences() -> list[str]:
    """Give sentences of the invented documents."""
    found: list[str] = []
    for path in sorted(HERE.glob("corpus*/*.txt")):
        text = " ".join(path.read_text(encoding="utf-8").split())
        found += [one for one in re.split(r"(?<=[.?!]) (?=[A-Z])", text) if 40 < len(one) < 250]
    return random.Random(0).sample(sorted(set(found)), 1500)


def varied(text: str) -> str:
    """Change a request a little: how it is asked, not what; always in the same way."""
    draw = random.Random(text)
    changes = (
        lambda t: f"It is recommended that {t[:1].lower()}{t[1:]}",
        lambda t: t.replace(" should ", draw.choice((" must ", " needs to ", " is to ", " ought to "))),
        lambda t: t.rstrip("."),
        lambda t: f"{draw.randint(1, 30)}. {t}",
        lambda t: t.upper(),
    )
    return draw.choice(changes)(text)


class States:
    """What the lower layers give for texts, made once, and the frozen vectors."""

    def __init__(self, model: Bert, texts: Sequence[str]) -> None:
        self._model = model.eval()
        self._made: dict[str, tuple[Tensor, Tensor]] = {}
        ordered = sorted(set(texts), key=lambda text: (len(text), text))
        for start in range(0, len(ordered), 32):
            batch = ordered[start : start + 32]
            with torch.no_grad():
                state, mask = model.below([numbers_of(text) for text in batch], SHARED)
                vectors = model.above(state, mask, SHARED)
            for text, row, there, vector in zip(batch, state, mask, vectors, strict=True):
                self._made[text] = (row[there].clone(), vector.clone())

    def frozen(self, texts: Sequence[str]) -> Tensor:
        """Give vectors as they were before training."""
        return torch.stack([self._made[text][1] for text in texts])

    def tuned(self, texts: Sequence[str]) -> Tensor:
        """Run the upper layers as they are now."""
        rows = [self._made[text][0] for text in texts]
        mask = torch.nn.utils.rnn.pad_sequence([torch.ones(len(row), dtype=torch.bool) for row in rows], True)
        return self._model.above(torch.nn.utils.rnn.pad_sequence(rows, True), mask, SHARED)

    def vectors(self, texts: Sequence[str]) -> Tensor:
        """Give tuned vectors of many texts, without training."""
        self._model.eval()
        with torch.no_grad():
            parts = [self.tuned(texts[start : start + 32]) for start in range(0, len(texts), 32)]
        return torch.cat(parts)


def numbers_of(text: str) -> list[int]:
    """Give a text's pieces, no more than are trained with."""
    found = pieces(text)
    return found if len(found) <= PIECES else [*found[: PIECES - 1], found[-1]]


def batches(chosen: Sequence[Group], draw: random.Random) -> Iterator[tuple[list[str], list[str], list[str]]]:
    """Give requests, a rewording of each, and two other requests on the topic of each."""
    order = draw.sample(chosen, len(chosen))
    for start in range(0, len(order) - BATCH + 1, BATCH):
        batch = order[start : start + BATCH]
        pairs = [draw.sample(group.same, 2) for group in batch]
        second = [varied(a) if draw.random() < VERBATIM else b for a, b in pairs]
        yield [a for a, _ in pairs], second, [text for group in batch for text in draw.sample(group.hard, 2)]


def loss_of(states: States, first: list[str], second: list[str], hard: list[str]) -> Tensor:
    """Contrast requests with all but their rewordings, both ways, and order all pairs of a batch."""
    a, b, h = states.tuned(first), states.tuned(second), states.tuned(hard)
    with torch.no_grad():
        fa, fb, fh = states.frozen(first), states.frozen(second), states.frozen(hard)
    size = len(first)
    own = torch.eye(size, dtype=torch.bool)
    own_hard = own.repeat_interleave(2, dim=1)
    blocked_b = (fa @ fb.T > ALIKE) & ~own
    blocked_h = (fa @ fh.T > ALIKE) & ~own_hard
    blocked_back = (fb @ fh.T > ALIKE) & ~own_hard
    target = torch.arange(size)
    there = torch.cat([(a @ b.T).masked_fill(blocked_b, -1), (a @ h.T).masked_fill(blocked_h, -1)], 1)
    back = torch.cat([(b @ a.T).masked_fill(blocked_b.T, -1), (b @ h.T).masked_fill(blocked_back, -1)], 1)
    contrast = (cross_entropy(SCALE * there, target) + cross_entropy(SCALE * back, target)) / 2
    same = (a * b).sum(1)
    other = torch.cat([(a @ h.T)[own_hard], (b @ h.T)[own_hard]])
    wrong = SCALE * (other[None, :] - same[:, None])
    return contrast + ORDER * torch.logsumexp(torch.cat([torch.zeros(1), wrong.flatten()]), 0)


def train(model: Bert, states: States, chosen: Sequence[Group], general: Sequence[str]) -> None:
    """Train the upper layers."""
    draw = random.Random(0)
    torch.manual_seed(0)
    parameters = [p for layer in model.layers[SHARED:] for p in layer.parameters()]
    optimiser = torch.optim.AdamW(parameters, lr=RATE, weight_decay=0.01)
    steps = EPOCHS * (len(chosen) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps, pct_start=0.1)
    for epoch in range(EPOCHS):
        model.train()
        total = 0.0
        for first, second, hard in batches(chosen, draw):
            kept = draw.sample(general, GENERAL)
            memory = (1 - (states.tuned(kept) * states.frozen(kept)).sum(1)).mean()
            loss = loss_of(states, first, second, hard) + MEMORY * memory
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(parameters, 1.0)
            optimiser.step()
            schedule.step()
            total += loss.item()
        print(f"epoch {epoch + 1}: loss {total / max(1, steps // EPOCHS):.3f}", flush=True)


def pairs_of_groups(chosen: Sequence[Group]) -> list[tuple[str, str, bool]]:
    """Give each two texts of a group, of which one at least is a rewording, and whether they are the same."""
    found: list[tuple[str, str, bool]] = []
    for group in chosen:
        found += [(a, b, True) for i, a in enumerate(group.same) for b in group.same[i + 1 :]]
        found += [(a, b, False) for a in group.same for b in group.hard]
    return found


def annotated_pairs() -> dict[str, list[tuple[str, str, bool]]]:
    """Read the pairs that nothing is trained on, by their file and split."""
    found: dict[str, list[tuple[str, str, bool]]] = {}
    for name in ("pairs.jsonl", "pairs_second.jsonl"):
        for line in (HERE / name).read_text(encoding="utf-8").splitlines():
            pair = json.loads(line)
            key = f"{name} {pair['split'].rstrip(' 234567')}"
            found.setdefault(key, []).append((pair["first"], pair["second"], pair["kind"] == "same"))
    found["requests that differ in one thing"] = pairs_of_groups(groups("requests_left_out.jsonl"))
    return found


def score(states: States, pairs: Sequence[tuple[str, str, bool]]) -> str:
    """Give the average precision of pairs that are the same, frozen and tuned."""
    texts = [text for a, b, _ in pairs for text in (a, b)]
    same = [one for _, _, one in pairs]
    views = (states.frozen(texts), states.vectors(texts))
    cosines = [(rows[::2] * rows[1::2]).sum(1).numpy() for rows in views]
    frozen, tuned = (average_precision_score(same, one) for one in cosines)
    return f"frozen {frozen:.3f} tuned {tuned:.3f} ({sum(same)} of {len(same)} are the same)"


def write(model: Bert, measured: Sequence[str]) -> None:
    """Write the upper layers as they are now, and what they were measured at."""
    found: dict[str, NDArray[Any]] = {}
    for number in range(SHARED, LAYERS):
        arrays = {name: tensor.numpy() for name, tensor in model.layers[number].state_dict().items()}
        found |= packed(f"layer{number}.", arrays)
    np.savez(DATA / "head.npz", **found)  # type: ignore[arg-type]
    digest = hashlib.sha256((DATA / "head.npz").read_bytes()).hexdigest()
    (DATA / "TUNED").write_text(TUNED.format(measured="\n".join(measured), digest=digest), encoding="utf-8")


def main(*, left_out: bool) -> None:
    """Train, say how well, and write; or leave a fifth of the groups out and write nothing."""
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    with np.load(DATA / "minilm.npz") as stored:
        model = Bert(dict(stored))
    every, general, pairs = groups("requests.jsonl"), general_sentences(), annotated_pairs()
    rest = every[::5] if left_out else []
    chosen = [group for group in every if group not in rest]
    texts = [text for group in every for text in (*group.same, *map(varied, group.same), *group.hard)]
    known = [text for part in pairs.values() for a, b, _ in part for text in (a, b)]
    states = States(model, [*texts, *general, *known])
    train(model, states, chosen, general)
    if left_out:
        print(f"groups left out: {score(states, pairs_of_groups(rest))}")
    measured = [f"{name}: {score(states, part)}" for name, part in pairs.items()]
    print(*measured, sep="\n")
    if not left_out:
        write(model, measured)


if __name__ == "__main__":
    main(left_out="--left-out" in sys.argv)
