"""How items are counted: 1, a, i; which number comes after another."""


def roman(number: int) -> str:
    """Write 1 to 399 in small roman numerals."""
    hundreds, rest = divmod(number, 100)
    tens = ("", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx", "xc")[rest // 10]
    return "c" * hundreds + tens + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[rest % 10]


ROMANS = {roman(number): number for number in range(1, 90)}
"""Small roman numerals and what they count."""


def count(number: int, style: str) -> str:
    """Write the number of a list item in its list's style: "1", "a", "A", "i" or "I"."""
    if style in ("a", "A") and 0 < number <= 78:
        return chr(ord(style) + (number - 1) % 26) * ((number - 1) // 26 + 1)
    if style in ("i", "I") and 0 < number < 400:
        return roman(number) if style == "i" else roman(number).upper()
    return str(number)


def follows(number: str, after: str) -> bool:
    """Tell whether a printed number comes right after another of its kind: 6 and 7, b and c, iii and iv."""
    if number and after and number[0].isdecimal() and after[0].isdecimal():
        (*first, one), (*second, two) = number.split("."), after.split(".")
        return first == second and one.isdecimal() and two.isdecimal() and int(two) == int(one) + 1
    before, lower = number.lower(), after.lower()
    letters = len(before) == len(lower) == 1 and ord(lower) == ord(before) + 1
    return letters or (before in ROMANS and ROMANS.get(lower) == ROMANS[before] + 1)


def goes_on(before: str, number: str) -> bool:
    """Tell whether a printed number begins a count or comes right after another."""
    return number.rpartition(".")[2].lower() in ("1", "a", "i") or follows(before, number)
