"""Remarks of the program as readers need them: what is so, without what the user could type."""

import re

_ADVICE = re.compile(r" \([^()]*\)$")
_COMMAND = re.compile(r"`|(?<!\S)--[a-z]")


def fact(note: str) -> str:
    """Leave out of a note the advice in brackets at its end: "… may be one (merge them in a codebook)"."""
    return _ADVICE.sub("", note)


def reason(said: str) -> str:
    """Leave out of a reason the parts with a command or option: "it is a scan; ingest it with --ocr"."""
    kept = [part for part in said.split("; ") if not _COMMAND.search(part)]
    return "; ".join(kept) if kept else "it could not be read"
