"""Kinds of agency in words, short enough for the head of a column."""

SPECIAL = {"gp": "GPs", "childrens-social-care": "Children’s social care"}


def kind_name(kind: str) -> str:
    """Write the key of a kind of agency as words: "hospital-trust" is Hospital trust."""
    name = kind.replace("-", " ")
    return SPECIAL.get(kind) or name[:1].upper() + name[1:]
