"""E-mails (.eml) and pages saved as one file (.mht): the text is read, what is attached is named."""

import email
from dataclasses import replace
from email import policy
from email.message import EmailMessage, MIMEPart
from html import escape
from pathlib import Path

from srtminer.model import ATTACHED, Omission, Review, Skipped
from srtminer.read.file_kinds import because, printable
from srtminer.read.html import html_review
from srtminer.read.text import parse_text
from srtminer.read.text_cleaning import NotText, clean, decode

_BROKEN = (LookupError, ValueError, TypeError, AttributeError, AssertionError)
"""What the standard library's parser raises on headers and bodies that are damaged."""
_DAMAGED = "a damaged e-mail: open it where it came from and save its text, or print it as PDF"


def read_mail(path: Path) -> Review | Skipped:
    """Read the text of an e-mail, its subject as the title; attachments are told by name."""
    try:
        message = email.message_from_bytes(path.read_bytes(), policy=policy.default)
        review = _review(message, str(path))
    except OSError as error:
        return Skipped(str(path), because(error))
    except (NotText, *_BROKEN):
        return Skipped(str(path), _DAMAGED)
    return review


def _review(message: EmailMessage, source: str) -> Review | Skipped:
    attached = tuple(Omission(f"{ATTACHED}{name}", 1, 0) for name in _attached(message))
    body = message.get_body(("html", "plain"))
    if body is None:
        names = ", ".join(omission.what for omission in attached)
        return Skipped(source, f"an e-mail without text{f': save its {names}' if names else ''}")
    text, subject = _text(body), clean(" ".join(str(message.get("subject", "")).split()))
    if body.get_content_subtype() == "html":
        page = f"<h1>{escape(subject)}</h1>{text}" if subject else text
        return html_review(page, source=source, format="mail", omissions=attached)
    review = parse_text(f"{subject}\n\n{text}".lstrip(), source=source)
    return replace(review, format="mail", omissions=(*review.omissions, *attached))


def _text(body: MIMEPart) -> str:
    """Decode a body as it says, or as a file is decoded where it names no alphabet that exists."""
    payload = body.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    try:
        text = data.decode(body.get_content_charset() or "utf-8")
    except (LookupError, UnicodeDecodeError):
        text = decode(data)
    return decode(text.encode("utf-8", errors="replace"))


def _attached(message: EmailMessage) -> list[str]:
    return [printable(part.get_filename() or part.get_content_type()) for part in message.iter_attachments()]
