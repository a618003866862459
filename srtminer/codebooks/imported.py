"""Codes of another program become themes of a codebook, what was coded with them their examples."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from srtminer.codebooks.codebook_entries import NEW_ID, NEW_LABEL, Codebook, CodebookTheme
from srtminer.codebooks.coded_passages import Code, Placed
from srtminer.codebooks.parse import LONGEST_NAME, RESERVED
from srtminer.text.typed_names import slug, unique

_NO_THEME = re.compile(r"in no theme(?: \(\d+\))?", re.IGNORECASE)
"""What our projects call the code of what fits no theme."""
_OURS = re.compile(r"Theme \d+: .* Terms: (?P<terms>.*)\. Id: (?P<id>[a-z0-9-]+)\.")
"""What our projects say of a code; other programs keep it as a memo."""
_COLOUR = re.compile(r"#[0-9a-f]{3}(?:[0-9a-f]{3})?")
_WORD = re.compile(r"\w\w")


def from_codes(codes: Iterable[Code], title: str, coded: Sequence[Placed] = ()) -> Codebook:
    """Make a theme of each code that can be given to text; its name is its cue until somebody writes better.

    Codes of one name below different codes get the name of that above them in front. The first code of a
    passage makes it an example, others make it one that belongs there as well. What has the code of what fits
    none, and no other, is in no theme.
    """
    named = [code for code in codes if code.name.strip()]
    above = {code.guid: _one_line(code.name) for code in named}
    chosen = [code for code in named if code.codable and not _NO_THEME.fullmatch(_one_line(code.name))]
    plain = [_one_line(code.name).removeprefix(NEW_LABEL) for code in chosen]
    counts = Counter(name.casefold() for name in plain)
    names = [
        f"{above[code.parent]}: {name}" if counts[name.casefold()] > 1 and code.parent in above else name
        for code, name in zip(chosen, plain, strict=True)
    ]
    themes = {code.guid for code in chosen}
    none = {code.guid for code in named if _NO_THEME.fullmatch(_one_line(code.name))}
    outside = (one for one, codes in coded if none.intersection(codes) and themes.isdisjoint(codes))
    found = tuple(_themes(chosen, plain, names, _examples(coded, themes)))
    return Codebook(title, found, none=tuple(dict.fromkeys(outside)))


def _examples(coded: Iterable[Placed], themes: set[str]) -> Mapping[tuple[str, bool], list[str]]:
    """Give the examples of each code, by its GUID and whether they belong there first."""
    first: dict[str, str] = {}
    found: dict[tuple[str, bool], list[str]] = {}
    for one, codes in coded:
        for code in codes:
            if code in themes:
                leads = first.setdefault(one, code) == code
                found.setdefault((code, leads), []).append(one)
    return found


def _themes(
    codes: Sequence[Code],
    plain: Sequence[str],
    names: Sequence[str],
    examples: Mapping[tuple[str, bool], Sequence[str]],
) -> Iterable[CodebookTheme]:
    ids, taken = set(RESERVED), set[str]()
    for code, cue, name in zip(codes, plain, names, strict=True):
        shown, number = name[: LONGEST_NAME - 10], 2
        while shown.casefold() in taken:
            shown, number = f"{name[: LONGEST_NAME - 10]} ({number})", number + 1
        taken.add(shown.casefold())
        ours = _OURS.fullmatch(_one_line(code.description))
        own = tuple(dict.fromkeys(examples.get((code.guid, True), ())))
        yield CodebookTheme(
            id=unique(ours["id"].removeprefix(NEW_ID) if ours else _free(slug(shown)), ids),
            name=shown,
            description="" if ours else _one_line(code.description),
            cues=(cue,) if _WORD.search(cue) or not own else (),
            hints=tuple(term for term in ours["terms"].split(", ") if term != cue) if ours else (),
            examples=own,
            also=tuple(dict.fromkeys(examples.get((code.guid, False), ()))),
            colour=_colour(code.color),
        )


def _colour(written: str) -> str:
    plain = written.lower()
    if not _COLOUR.fullmatch(plain):
        return ""
    return plain if len(plain) == 7 else "#" + "".join(2 * digit for digit in plain[1:])


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _free(wanted: str) -> str:
    """Keep clear of the ids of new themes."""
    return f"theme-{wanted}" if wanted.startswith(NEW_ID) else wanted
