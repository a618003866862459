"""The names of months.

Why not those of the module `calendar`: they follow the language of the machine.
"""

_NAMES = "january february march april may june july august september october november december"
MONTHS = tuple(_NAMES.split())
NUMBER_OF = {name[:3]: number for number, name in enumerate(MONTHS, 1)}
"""The number of a month by the three letters that its name begins with, in small letters."""
