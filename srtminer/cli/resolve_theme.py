"""Which theme is meant: by id, by name, or by a part of a name that no other theme has."""

from collections.abc import Mapping

from srtminer.errors import UsageError
from srtminer.render.figures import few
from srtminer.text.typed_names import suggestions
from srtminer.where import plain


def require_theme(wanted: str, names: Mapping[str, str], advice: str) -> str:
    """Find the id of the theme that is meant, among names by id.

    Raises `UsageError` where several may be meant; where none is, with the nearest names, else with `advice`.
    """
    word = plain(wanted.strip())
    same = [own_id for own_id, name in names.items() if word in (plain(own_id), plain(name))]
    having = [own_id for own_id, name in names.items() if word and word in plain(name)]
    for found in (same, having):
        if len(found) == 1:
            return found[0]
        if found:
            some = few([f"“{names[own_id]}”" for own_id in found])
            raise UsageError(f"{len(found)} themes have {wanted!r} in their names: {some}; write more of it")
    near = suggestions(word, [plain(name) for name in (*names, *names.values())])
    meant = few([f"“{name}”" for own_id, name in names.items() if {plain(name), plain(own_id)} & {*near}])
    raise UsageError(f"no theme {wanted!r}; {f'did you mean {meant}?' if meant else advice}")
