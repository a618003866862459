"""Invented prose of reviews: argument, quotations, requests. The same seed, the same words."""

import random
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

TITLES = ("What was known in", "The work of", "Decisions taken in", "Life in", "Records of")


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Request:
    """One recommendation as it is to be printed."""

    text: str
    agency: str

    @property
    def act(self) -> str:
        """What follows the addressee and its verb: "make sure that …"."""
        return self.text.removeprefix(_capital(self.agency)).split(" ", 2)[2]


class Writer:
    """Gives invented sentences of one sector, each request once."""

    def __init__(self, seed: str, sector: str) -> None:
        self._random = random.Random(seed)
        self._bank = _words()
        self._sector = sector
        self.place = self._random.choice(self._bank["places"])
        self._requests = list(self._bank["requests"][sector])
        self._random.shuffle(self._requests)
        self._recent: list[str] = []

    def number(self, low: int, high: int) -> int:
        """Give a whole number between two, both included."""
        return self._random.randint(low, high)

    def paragraph(self) -> str:
        """Write three to seven sentences of argument."""
        return " ".join(self._sentence() for _ in range(self.number(3, 7)))

    def _sentence(self) -> str:
        bank = self._bank["argument"][self._sector]
        choice = self._random.choice([sentence for sentence in bank if sentence not in self._recent])
        self._recent = [*self._recent, choice][-8:]
        return self._filled(choice)

    def quotation(self) -> str:
        """Write what a witness said, in quotation marks."""
        return f"“{self._filled(self._random.choice(self._bank['quotations']['all']))}”"

    def earlier(self) -> tuple[str, str]:
        """Write a recommendation of an earlier exercise, and what was answered to it."""
        request = self._random.choice(self._bank["earlier"]["all"])
        return request, self._filled(self._random.choice(self._bank["earlier"]["replies"]))

    def request(self) -> Request:
        """Write a request of this document; each is given once."""
        agency = self._filled(self._random.choice(self._bank["bodies"][self._sector]))
        text = self._requests.pop().replace("{body}", agency)
        return Request(self._filled(_capital(text)), agency)

    def requests(self, count: int) -> list[Request]:
        """Write so many requests, or as many as the sector has."""
        return [self.request() for _ in range(min(count, len(self._requests)))]

    def title(self) -> str:
        """Write a short heading of a chapter."""
        first = self._random.choice(TITLES)
        return f"{first} {self._random.choice(self._bank['places'])}"

    def _filled(self, text: str) -> str:
        for name in ("place", "person", "month", "year"):
            plural = {"person": "people"}.get(name, f"{name}s")
            while f"{{{name}}}" in text:
                text = text.replace(f"{{{name}}}", self._random.choice(self._bank[plural]), 1)
        return text


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
