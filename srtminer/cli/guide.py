"""`srtminer guide`."""

from importlib import resources

from srtminer.cli.output import emit
from srtminer.cli.session import Session
from srtminer.errors import UsageError

_FOLDER = resources.files("srtminer") / "data" / "guide"


def topics() -> tuple[str, ...]:
    """Give the names of the guides, in alphabetical order."""
    return tuple(sorted(file.name.removesuffix(".md") for file in _FOLDER.iterdir()))


def text_of(topic: str) -> str:
    """Give a guide as Markdown; raises `UsageError` for a topic that there is none of."""
    if topic not in topics():
        raise UsageError(f"there is no guide “{topic}”; the guides are {', '.join(topics())}")
    return (_FOLDER / f"{topic}.md").read_text(encoding="utf-8")


def guide(session: Session, topic: str = "") -> None:
    """Explain methods, statistics, JSON fields and use in scripts.

    Examples:
      srtminer guide
      srtminer guide statistics
    """
    titles = {one: text_of(one).partition("\n")[0].removeprefix("# ") for one in topics()}
    listed = "".join(f"srtminer guide {one:<11} {title}\n" for one, title in titles.items())
    emit(text_of(topic) if topic else listed)
