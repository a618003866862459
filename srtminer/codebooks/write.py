"""A codebook as a file to be edited and kept in version control."""

from collections.abc import Mapping, Sequence

import tomlkit
from tomlkit.items import Array, Table

from srtminer.codebooks.codebook_entries import WHOLE, Codebook, CodebookTheme

GUIDE = """\
A codebook of srtminer: the themes you have agreed on, and how they are told.

    srtminer themes --codebook {file}          assigns recommendations to these themes
    srtminer codebook diff {file}              tells what would move since the last run

Each theme begins with [[theme]] and has
    id           stays as it is for ever: results are compared by it
    name         what the theme is called in tables and reports
    description  what belongs to it, for the people who code with it
    colour       "#1f77b4": the same in reports, plots and QDA projects
    concepts     labels of the thesaurus: all that they, and what is part of them, are called are cues
    cues         phrases; a recommendation with one of them is a candidate for the theme
    hints        phrases that tip the balance between two themes; alone they make no member
    examples     ids of recommendations that belong here in any case, or sentences like those that do
    also         ids of recommendations that belong here as well, as to a second theme
    never        ids of recommendations that do not belong here, whatever speaks for it
    merge        ids of themes of this file that are part of this one
    weight       what its cues count, 1 unless given; below 1 for a theme that gives way to others

Phrases match in any inflection ("assess" finds "assessments"); "the", "a", "of" and possessives do not
count; "share ... information" allows for up to six words between; abbreviations stand in capitals ("GP").

`srtminer codebook merge`, `rename`, `split` and `forbid` change it by names; `undo` takes that back.
By hand:

    Rename   change the name; keep the id.
    Merge    in the theme that stays: merge = ["the-id-of-the-other"]. The other stays in the file.
    Split    copy the theme, give the copy an id and a name of its own, share out cues and examples.
    Move     one recommendation: move its line from the examples of one theme to those of another.
    Forbid   forbid = ["monitoring"] at the top: no new theme with these words in its name is made.
    None     none = ["id"] at the top: a recommendation that is in no theme, whatever speaks for one.
    Add      a [[theme]] with a name and cues.
    Remove   delete its lines; what belonged to it goes to other themes, or to new ones.

What fits no theme is clustered; the themes that come of it are shown as new.
"""


def to_toml(codebook: Codebook, file: str, remarks: Mapping[str, str]) -> str:
    """Write a codebook; `remarks` are one-line comments beside examples, by recommendation id."""
    document = tomlkit.document()
    for line in GUIDE.format(file=file).splitlines():
        document.add(tomlkit.comment(line) if line else tomlkit.comment(""))
    document.add(tomlkit.nl())
    document.add("title", tomlkit.string(codebook.title))
    document.add("forbid", array(codebook.forbid, {}))
    if codebook.none:
        document.add("none", array(codebook.none, remarks))
    themes = tomlkit.aot()
    for theme in codebook.themes:
        themes.append(table_of(theme, remarks))
    document.add("theme", themes)
    return "\n".join(line.rstrip() for line in tomlkit.dumps(document).split("\n")).rstrip("\n") + "\n"


def table_of(theme: CodebookTheme, remarks: Mapping[str, str]) -> Table:
    """Write a theme, with remarks beside its recommendations."""
    table = tomlkit.table()
    table.add("id", theme.id)
    table.add("name", theme.name)
    table.add("description", theme.description)
    if theme.colour:
        table.add("colour", theme.colour)
    for key in ("cues", "hints"):
        table.add(key, array(getattr(theme, key), {}))
    table.add("examples", array(theme.examples, remarks))
    for key in ("also", "never", "merge"):
        if getattr(theme, key):
            table.add(key, array(getattr(theme, key), remarks))
    if theme.weight != WHOLE:
        table.add("weight", theme.weight)
    table.add(tomlkit.nl())
    return table


def array(texts: Sequence[str], remarks: Mapping[str, str]) -> Array:
    """Give a list with a text a line, so that version control shows what changed."""
    array = tomlkit.array()
    for text in texts:
        array.add_line(text, comment=remarks.get(text) or None)
    if texts:
        array.add_line(indent="")
    return array
