"""What a user searches for, as an expression of FTS5.

Why not FTS5's own language: there "multi-agency", "child's" and "4.12" are errors that speak of columns and
syntax. Here every word goes to FTS5 in quotes, so that nothing in it can have a meaning, and what is wrong
with a query is said in the user's terms.

    query  = and { "OR" and }
    and    = not { [ "AND" ] not }
    not    = unit { "NOT" unit }
    unit   = word | word* | "a phrase" | "a phra"* | ( query )
"""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from srtminer.errors import UsageError

OPERATORS = ("AND", "OR", "NOT")
MAX_WORDS = 100
MAX_DEPTH = 10
"""Brackets in brackets; FTS5 gives up at about three times as many."""

PHRASE_HELP = """write a phrase as '"routine enquiry"' (the outer quotes are for the shell)"""

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"'))
"""Why: a query pasted from a letter has typographic quotation marks."""
_TOKEN = re.compile(r'\s+|[()]|"[^"]*"?\**|[^\s()"]+')


Forms = Callable[[str], Sequence[str]]
"""Gives the forms of a word, itself first."""


class _Token(NamedTuple):
    kind: str
    """"(", ")", one of `OPERATORS`, "term" or "end"."""
    text: str


def to_fts5(query: str, forms: Forms = lambda word: (word,)) -> str:
    """Give the FTS5 expression of a query; raises `UsageError` that says what is wrong with it.

    `forms` gives the words that count as one another's: discharge, discharged, discharging. A word in
    quotation marks has its own form only.
    """
    tokens = _tokens(query.encode(errors="replace").decode().translate(_QUOTES), forms)
    terms = sum(token.kind == "term" for token in tokens)
    if not terms and all(token.kind == "end" for token in tokens):
        raise _wrong("it has no words", PHRASE_HELP)
    if terms > MAX_WORDS:
        raise _wrong(f"it has {terms} words", f"give at most {MAX_WORDS}, or find similar texts with --like")
    return _Parser(tokens).parse()


def _tokens(query: str, forms: Forms) -> list[_Token]:
    found = [_token(match.group(), forms) for match in _TOKEN.finditer(query) if not match.group().isspace()]
    kept = [token for token in found if token.kind != "term" or token.text] + [_Token("end", "")]
    # "nurse AND NOT school" is what people write; to FTS5 it is "nurse NOT school".
    return [
        token for token, after in zip(kept, [*kept[1:], kept[-1]], strict=True) if not _drops(token, after)
    ]


def _drops(token: _Token, after: _Token) -> bool:
    return token.kind == "AND" and after.kind == "NOT"


def _token(text: str, forms: Forms) -> _Token:
    if text in ("(", ")", *OPERATORS):
        return _Token(text, text)
    body = text.rstrip("*")
    prefix = len(body) < len(text)
    quoted = body.startswith('"')
    if quoted:
        if len(body) < 2 or not body.endswith('"'):
            raise _wrong("a quotation mark is not closed", PHRASE_HELP)
        body = body[1:-1]
    if "*" in body or (prefix and not _has_word(body)):
        raise _wrong("a * stands only at the end of a word's beginning", "write neglect* for neglected too")
    # A dash or an ampersand alone is no word: "health & safety" is "health safety".
    if not _has_word(body):
        return _Token("term", "")
    if prefix:
        return _Token("term", f'"{body}" *')
    words = " OR ".join(f'"{word}"' for word in ((body,) if quoted else forms(body)))
    return _Token("term", f"({words})" if " OR " in words else words)


def _has_word(text: str) -> bool:
    return any(character.isalnum() for character in text)


class _Parser:
    """Recursive descent; gives the expression with brackets wherever FTS5 might bind otherwise."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._next = 0
        self._depth = 0

    def parse(self) -> str:
        expression = self._either()
        if self._peek() == ")":
            raise _wrong("a closing bracket has no opening one", "write (school OR nursery) AND nurse")
        return expression

    def _either(self) -> str:
        return self._chain("OR", self._all)

    def _all(self) -> str:
        return self._chain("AND", self._without, implied=True)

    def _without(self) -> str:
        return self._chain("NOT", self._unit)

    def _chain(self, operator: str, part: Callable[[], str], *, implied: bool = False) -> str:
        parts = [part()]
        while self._peek() == operator or (implied and self._peek() in ("term", "(")):
            if self._peek() == operator:
                self._next += 1
            parts.append(part())
        return parts[0] if len(parts) == 1 else f"({f' {operator} '.join(parts)})"

    def _unit(self) -> str:
        token = self._tokens[self._next]
        if token.kind == "term":
            self._next += 1
            return token.text
        if token.kind == "(":
            return self._bracket()
        raise self._missing(token)

    def _bracket(self) -> str:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise _wrong("its brackets are nested too deeply", f"use at most {MAX_DEPTH} in each other")
        self._next += 1
        expression = self._either()
        if self._peek() != ")":
            raise _wrong("an opening bracket is not closed", "write (school OR nursery) AND nurse")
        self._next += 1
        self._depth -= 1
        return expression

    def _peek(self) -> str:
        return self._tokens[self._next].kind

    def _missing(self, token: _Token) -> UsageError:
        before = self._tokens[self._next - 1].kind if self._next else ""
        for operator in (token.kind, before):
            if operator in OPERATORS:
                return _wrong(
                    f"{operator} has no word {'before' if operator == token.kind else 'after'} it",
                    f"write school {operator} nursery, or, to search for the word, in small letters",
                )
        problem = (
            "an opening bracket is not closed" if token.kind == "end" else "there is nothing in its brackets"
        )
        return _wrong(problem, "write (school OR nursery) AND nurse")


def _wrong(problem: str, advice: str) -> UsageError:
    return UsageError(f"the query cannot be understood: {problem}; {advice}")
