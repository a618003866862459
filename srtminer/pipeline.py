"""The order of the steps, and nothing else."""

from __future__ import annotations  # what the steps take and give is imported by those who have it

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from srtminer.codebooks import Codebook
    from srtminer.comparisons import Group, Tested
    from srtminer.model import Analysis, Recommendation, Review, ReviewRecord, ThemeOptions, ThemeTable
    from srtminer.vectors.encoder import Encoded

    Encode = Callable[[Sequence[str]], NDArray[np.float32]]

BATCH = 256
"""Texts that are encoded between two times of keeping: a program that is stopped loses ten seconds."""


def analyse(review: Review, names: tuple[tuple[str, str], ...] = ()) -> Analysis:
    """Find metadata, sections and recommendations; `names` are (name, kind) of the user's own agencies."""
    from srtminer import agencies, metadata  # reading alone needs these; what finds themes does not
    from srtminer.model import Analysis
    from srtminer.recommendations import find_recommendations
    from srtminer.structure import outline
    from srtminer.text.language import in_english

    with agencies.own_names(names):
        review, other = in_english(review)
        given = {fact.field for fact in review.facts}
        facts = (*review.facts, *(fact for fact in metadata.find_facts(review) if fact.field not in given))
        review = replace(review, facts=facts)
        sections = outline(review, agencies.is_agency_heading)
        kind = next((fact.value for fact in facts if fact.field == "kind"), "")
        found, why_none = find_recommendations(review, sections, kind)
        if other:
            why_none = f"its text is not in English (it looks like {other}): only English is analysed"
            found = ()
        opened, sent_to = agencies.lead_ins(review, sections, found), agencies.recipients(review)
        asked = (agencies.address(one, lead_in, sent_to) for one, lead_in in zip(found, opened, strict=True))
        return Analysis(review, sections, tuple(asked), why_none)


def encode(
    texts: Sequence[str],
    recall: Callable[[str, slice], tuple[bytearray, list[str]]],
    keep: Callable[[str, Mapping[str, bytes]], None],
    progress: Callable[[int, int], None] | None = None,
    view: Literal["both", "frozen", "tuned", "phrases"] = "both",
) -> Encoded:
    """Give the vectors of texts; those that `recall` does not know are made and handed to `keep`.

    Both are told the encoder's name, `recall` also which bytes are wanted of each distinct text; `progress`
    is told how many are made, of how many. A view that is not wanted has no width; of phrases only the frozen
    one is ever made.
    """
    from srtminer.vectors import encoder  # numpy

    part = {"both": encoder.BOTH, "tuned": encoder.TUNED}.get(view, encoder.FROZEN)
    packed, unknown = recall(encoder.ENCODER, part)
    size, place = part.stop - part.start, {text: at for at, text in enumerate(dict.fromkeys(texts))}
    for start in range(0, len(unknown), BATCH):
        batch = unknown[start : start + BATCH]

        def told(done: int, _: int, start: int = start) -> None:
            if progress is not None:
                progress(start + done, len(unknown))

        both = None if view == "phrases" else encoder.encode(batch, told)
        views = (both.frozen, both.tuned) if both else (encoder.encode_frozen(batch),)
        made = dict(zip(batch, encoder.pack(*views), strict=True))
        keep(encoder.ENCODER, made)
        for text, vector in made.items():
            packed[place[text] * size : (place[text] + 1) * size] = vector[part]
    each = len(place) == len(texts)
    return encoder.unpack(packed, part, slice(None) if each else [place[text] for text in texts])


def mine(
    recommendations: Sequence[Recommendation],
    records: Sequence[ReviewRecord],
    options: ThemeOptions,
    codebook: Codebook | None = None,
    meaning: Encode | None = None,
) -> ThemeTable:
    """Cluster recommendations into ranked themes.

    `meaning` encodes texts, by default anew; unless words alone count. With a codebook its themes are kept,
    and only what fits none of them is clustered.
    """
    from srtminer.vectors import encoder, no_vectors, term_matrix
    from srtminer.vectors.matrix import Remembering

    texts = [recommendation.text for recommendation in recommendations]
    meaning = no_vectors if options.words else meaning or Remembering(encoder.encode_frozen)
    if codebook is not None:
        from srtminer.coding import mine_by

        return mine_by(codebook, recommendations, records, options, meaning)
    from srtminer.themes import find_themes  # scipy: a third of a second to import

    return find_themes(recommendations, records, term_matrix(texts, meaning), options)


def weigh(
    table: ThemeTable,
    records: Sequence[ReviewRecord],
    recommendations: Sequence[Recommendation],
    fields: Sequence[str],
    groups: Sequence[Group] = (),
) -> Tested:
    """Set groups side by side and say what their differences are worth, by the words of the texts too."""
    from srtminer.compare import contrasts  # scipy
    from srtminer.vectors import term_matrix

    terms = term_matrix([recommendation.text for recommendation in recommendations])
    found = (table, records, recommendations, terms.matrix, terms.surfaces)
    return contrasts.weigh(*found, fields, groups)
