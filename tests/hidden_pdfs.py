"""Small PDFs that show, cover, hide or strike out one name, written object by object."""

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.pdfbase.pdfmetrics import stringWidth

SIZE = 12
NAME = "Quillfeather"
BEFORE, AFTER = "The nurse ", " rang the school twice."
X, Y = 72.0, 700.0
LEFT = X + stringWidth(BEFORE, "Helvetica", SIZE)
RIGHT = LEFT + stringWidth(NAME, "Helvetica", SIZE)
BOX = f"{LEFT - 1:.1f} {Y - 3:.1f} {RIGHT - LEFT + 2:.1f} 13"
"""Left, bottom, width and height of what covers the name."""
RECT = f"[{LEFT - 1:.1f} {Y - 3:.1f} {RIGHT + 1:.1f} {Y + 10:.1f}]"
QUADS = f"[{LEFT:.1f} {Y + 9:.1f} {RIGHT:.1f} {Y + 9:.1f} {LEFT:.1f} {Y - 2:.1f} {RIGHT:.1f} {Y - 2:.1f}]"
FULL = f"{BEFORE}{NAME}{AFTER}"

PLAIN = "BT /F1 12 Tf 72 730 Td (The Board met in Marlow in May.) Tj ET\n"
TEXT = f"BT /F1 {SIZE} Tf {X} {Y} Td ({BEFORE}{NAME}{AFTER}) Tj ET\n"
LAST = "BT /F1 12 Tf 72 670 Td (The Board thanks the family for its help.) Tj ET\n"
ALL = PLAIN + TEXT + LAST


def in_parts(before: str, after: str = "") -> str:
    """Write the name in a text of its own, with operators before and after it."""
    return (
        f"{PLAIN}BT /F1 {SIZE} Tf {X} {Y} Td ({BEFORE}) Tj ET\n"
        f"q BT /F1 {SIZE} Tf {LEFT:.2f} {Y} Td {before} ({NAME}) Tj {after} ET Q\n"
        f"BT /F1 {SIZE} Tf {RIGHT:.2f} {Y} Td ({AFTER}) Tj ET\n{LAST}"
    )


def file(
    content: str, *, page: str = "", resources: str = "", catalog: str = "", more: Sequence[str] = ()
) -> bytes:
    """Put a file of one page together; `more` objects are numbered from 6 on."""
    stream = content.encode("latin-1")
    box = "" if "/MediaBox" in page else "/MediaBox[0 0 595 842]"
    objects = [
        f"<</Type/Catalog/Pages 2 0 R{catalog}>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R{box}/Contents 4 0 R{page}/Resources<</Font<</F1 5 0 R>>{resources}>>>>",
        f"<</Length {len(stream)}>>\nstream\n{content}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        *more,
    ]
    body, places = b"%PDF-1.7\n", []
    for number, item in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{item}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n"
    end += f"<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(body)}\n%%EOF\n"
    return body + end.encode()


def note(kind: str, more: str = "", appearance: str = "") -> bytes:
    """Lay an annotation over the name, with an appearance if there is one."""
    form: tuple[str, ...] = ()
    if appearance:
        more += "/AP<</N 7 0 R>>"
        form = (
            f"<</Type/XObject/Subtype/Form/BBox{RECT}/Resources<<>>/Length {len(appearance)}>>\n"
            f"stream\n{appearance}\nendstream",
        )
    annotation = f"<</Type/Annot/Subtype/{kind}/Rect{RECT}/F 4{more}>>"
    return file(ALL, page="/Annots[6 0 R]", more=(annotation, *form))


def form(inner: str, outer: str, matrix: str = "1 0 0 1 0 0") -> bytes:
    """Draw `inner` in a form named Fm."""
    item = (
        f"<</Type/XObject/Subtype/Form/BBox[0 0 595 842]/Matrix[{matrix}]"
        f"/Resources<</Font<</F1 5 0 R>>>>/Length {len(inner)}>>\nstream\n{inner}\nendstream"
    )
    return file(outer, resources="/XObject<</Fm 6 0 R>>", more=(item,))


def image(content: str, pixels: str, width: int, height: int) -> bytes:
    """Draw a grey picture named Im; `pixels` are in hexadecimal."""
    item = (
        f"<</Type/XObject/Subtype/Image/Width {width}/Height {height}/ColorSpace/DeviceGray"
        f"/BitsPerComponent 8/Filter/ASCIIHexDecode/Length {len(pixels) + 1}>>\nstream\n{pixels}>\nendstream"
    )
    return file(content, resources="/XObject<</Im 6 0 R>>", more=(item,))


def scan(redacted: bool) -> bytes:
    """A page image with stripes for lines, black where something is redacted, and hidden text over it."""
    rows = []
    for y in range(842):
        row = ["ff"] * 595
        for baseline in (730, 700, 670):
            if baseline - 3 <= 841 - y <= baseline + 9:
                row[72:400] = ["20" if (x // 2 + y // 3) % 2 else "f0" for x in range(72, 400)]
        if redacted and Y - 4 <= 841 - y <= Y + 11:
            left, right = int(LEFT) - 2, int(RIGHT) + 2
            row[left:right] = ["00"] * (right - left)
        rows.append("".join(row))
    hidden = ALL.replace("Tf", "Tf 3 Tr")
    return image(f"q 595 0 0 842 0 0 cm /Im Do Q\n{hidden}", "".join(rows), 595, 842)


@dataclass(frozen=True, slots=True)
class Case:
    """A file and what is right about the name in it."""

    name: str
    data: bytes
    shown: bool
    told: str = ""
    """Beginning of what is told of it, or nothing."""
    said: str = ""
    """What stands in the text instead, if anything."""


def _covered(name: str, data: bytes) -> Case:
    return Case(name, data, False, "covered words", f"{BEFORE}[covered]{AFTER}")


def _unseen(name: str, data: bytes) -> Case:
    return Case(name, data, False, "words that are not shown", "The nurse rang the school twice.")


def _struck(name: str, data: bytes) -> Case:
    return Case(name, data, False, "words struck through", "The nurse rang the school twice.")


def _shown(name: str, data: bytes) -> Case:
    return Case(name, data, True, "", FULL)


def _labelled(box: str, ink: str, label: str, size: int = 9) -> bytes:
    return file(f"{ALL}{box} {BOX} re f {ink} BT /F1 {size} Tf {LEFT + 4} {Y + 0.5} Td ({label}) Tj ET")


OTHER = f"0 g BT /F1 {SIZE} Tf {LEFT} {Y} Td (the other one) Tj ET"
MIDDLE = Y + 3.6
SCRIBBLE = "0 G 1.6 w " + " ".join(
    f"{LEFT} {Y - 3 + step} m {RIGHT} {Y - 2 + step} l S" for step in range(14)
)
ZIGZAG = "0 G 3 w {} S".format(
    " ".join(
        f"{LEFT + 3 * step:.1f} {Y - 2 if step % 2 else Y + 9:.1f} {'l' if step else 'm'}"
        for step in range(int((RIGHT - LEFT) / 3) + 1)
    )
)
LINE = f"13 w {LEFT - 1} {Y + 3.5} m {RIGHT + 1} {Y + 3.5} l S"
WIDENED = f"3.25 w {(LEFT - 1) / 4} {(Y + 3.5) / 4} m {(RIGHT + 1) / 4} {(Y + 3.5) / 4} l S"
HALF = f"{LEFT + (RIGHT - LEFT) * 0.45:.1f} {Y - 3} {(RIGHT - LEFT) * 0.6:.1f} 13"
LAYER = (
    "<</Type/OCG/Name(Draft)>>",
    f"<</Type/XObject/Subtype/Form/BBox[0 0 595 842]/OC 6 0 R/Resources<</Font<</F1 5 0 R>>>>"
    f"/Length {len(TEXT)}>>\nstream\n{TEXT}\nendstream",
)
OFF, ON = (f"/OCProperties<</OCGs[6 0 R]/D<</{state}[6 0 R]>>>>" for state in ("OFF", "ON"))
_FORM = "<</Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources"
NESTED = (
    *(
        f"{_FORM}<</XObject<</Fm {number} 0 R>>>>/Length 6>>\nstream\n/Fm Do\nendstream"
        for number in range(7, 17)
    ),
    f"{_FORM}<</Font<</F1 5 0 R>>>>/Length {len(TEXT)}>>\nstream\n{TEXT}\nendstream",
)
LETTERS = sorted(set(NAME))
PAINTED = (
    "<</Type/Font/Subtype/Type3/FontBBox[0 0 1 1]/FontMatrix[1 0 0 1 0 0]/Resources<<>>/FirstChar 32"
    f"/LastChar 122/Widths[{'.4 ' * 91}]/CharProcs<<{' '.join(f'/{one} 7 0 R' for one in LETTERS)}>>"
    f"/Encoding<</Differences[{' '.join(f'{ord(one)}/{one}' for one in LETTERS)}]>>>>",
    "<</Length 27>>\nstream\n.4 0 d0 INK 0 0 .38 .7 re f\nendstream",
)
PATTERN = (
    "<</PatternType 1/PaintType 1/TilingType 1/BBox[0 0 4 4]/XStep 4/YStep 4/Resources<<>>/Length 16>>\n"
    "stream\nINK 0 0 4 4 re f\nendstream"
)
_TYPED = f"BT /F2 {SIZE} Tf {LEFT} {Y} Td ({'n' * 7}) Tj ET"
_SQUARE, _AS_TEXT = "750 0 d0 0 -200 750 1000 re f", "begincmap 1 beginbfchar <6E> <25A0> endbfchar endcmap"
TYPED_OVER = (
    f"{_FORM}<</Font<</F2 7 0 R>>>>/Length {len(_TYPED)}>>\nstream\n{_TYPED}\nendstream",
    "<</Type/Font/Subtype/Type3/FontBBox[0 -200 750 800]/FontMatrix[.001 0 0 .001 0 0]/Resources<<>>"
    "/FirstChar 110/LastChar 110/Widths[750]/CharProcs<</n 8 0 R>>"
    "/Encoding<</Differences[110/n]>>/ToUnicode 9 0 R>>",
    *(f"<</Length {len(content)}>>\nstream\n{content}\nendstream" for content in (_SQUARE, _AS_TEXT)),
)
MARKED = "/Properties<</L 6 0 R>>"
WIDTHS = f"{LEFT:.2f} {Y}"

CASES = (
    _covered("black box", file(f"{ALL}0 g {BOX} re f")),
    _covered("white box", file(f"{ALL}1 g {BOX} re f")),
    *(_covered(f"box with the label {label}", _labelled(box, ink, label, size)) for box, ink, label, size in (
        ("0 g", "1 g", "REDACTED", 9), ("1 g", "0 g", "[name removed]", 7), ("1 g", "0 g", "XXXXXXXXXX", 12),
        ("0.8 0.8 1 rg", "0 g", "Mother of Child Q", 8))),
    *(_covered(f"box that is nearly opaque, {ink}", file(f"{ALL}/G gs {ink} {BOX} re f",
             resources=f"/ExtGState<</G<</ca {part}>>>>")) for ink, part in (("1 g", 0.9), ("0 g", 0.85))),
    _covered("box in the colour of a form", file(f"{ALL}0.2 0.4 0.6 rg {BOX} re f")),
    _covered("box of many corners", file(f"{ALL}0 g {LEFT - 1} {Y - 3} m {RIGHT + 1} {Y - 3} l "
             f"{RIGHT + 1} {Y + 10} l {LEFT + 30} {Y + 11} l {LEFT - 1} {Y + 10} l h f")),
    _covered("box under a clip that leaves it", file(f"{ALL}q 0 0 595 842 re W n 0 g {BOX} re f Q")),
    _covered("thick line", file(f"{ALL}0 G {LINE}")),
    _covered("many thin strokes", file(f"{ALL}{SCRIBBLE}")),
    _covered("scribble in one stroke", file(f"{ALL}{ZIGZAG}")),
    _covered("picture over it", image(f"{ALL}q {RIGHT - LEFT + 2} 0 0 13 {LEFT - 1} {Y - 3} cm /Im Do Q",
             "80ff", 2, 1)),
    _covered("text in a form, box on the page", form(TEXT, f"{PLAIN}/Fm Do {LAST} 0 g {BOX} re f")),
    _covered("box in a form, text on the page", form(f"0 g {BOX} re f", f"{ALL} /Fm Do")),
    _covered("box in a moved form", form(f"0 g 0 0 {RIGHT - LEFT + 2} 13 re f", f"{ALL} /Fm Do",
             f"1 0 0 1 {LEFT - 1} {Y - 3}")),
    _covered("both in a form", form(f"{TEXT} 0 g {BOX} re f", f"{PLAIN}/Fm Do {LAST}")),
    _covered("box on a turned page", file(f"-1 0 0 -1 595 842 cm {ALL}0 g {BOX} re f",
             page="/Rotate 180")),
    _covered("box on a cropped page", file(f"{ALL}0 g {BOX} re f", page="/CropBox[20 100 580 800]")),
    _covered("box on a page that begins elsewhere", file(
        f"1 0 0 1 -100 50 cm {ALL}0 g {BOX} re f", page="/MediaBox[-100 50 495 892]")),
    _covered("square annotation", note("Square", "/C[0 0 0]/IC[0 0 0]", f"0 g {BOX} re f")),
    _covered("square annotation without appearance", note("Square", "/C[0 0 0]/IC[0 0 0]/BS<</W 1>>")),
    _covered("stamp", note("Stamp", "", f"0.9 0.1 0.1 rg {BOX} re f")),
    _covered("redaction that is not applied", note("Redact", f"/QuadPoints{QUADS}")),
    _covered("redaction without quads", note("Redact")),
    _covered("ink annotation", note("Ink", f"/InkList[[{LEFT} {Y + 3} {RIGHT} {Y + 3}]]",
             f"13 w {LEFT - 1} {Y + 3.5} m {RIGHT + 1} {Y + 3.5} l S")),
    _unseen("render mode 3", file(in_parts("3 Tr"))),
    _unseen("white on white", file(in_parts("1 g"))),
    _unseen("white in a frame", file(f"0 G 1 w 60 690 480 24 re S 0 g {in_parts('1 g')}")),
    _unseen("nearly white on white", file(in_parts("0.98 0.99 0.98 rg"))),
    _unseen("dark on a panel of its colour", file(
        f"0.1 0.2 0.5 rg {BOX} re f 0 g {in_parts('0.1 0.2 0.5 rg')}")),
    _unseen("black on a thick black line", file(f"{LINE} {ALL}")),
    _unseen("black on a thick black line that a matrix widens", file(f"q 4 0 0 4 0 0 cm {WIDENED} Q {ALL}")),
    _unseen("blue on a thick blue line", file(f"0 0 1 RG {LINE} {in_parts('0 0 1 rg')}")),
    _unseen("black on a scribble in one stroke", file(f"{ZIGZAG} {ALL}")),
    _unseen("black on the thick edge of a panel", file(f"1 1 0 rg {LINE.replace('S', 'B')} 0 g {ALL}")),
    _shown("black on a thick yellow line", file(f"1 1 0 RG {LINE} {ALL}")),
    _shown("black in a thin black frame", file(f"{BOX} re S {ALL}")),
    _unseen("white on a dark panel that is clipped away", file(
        f"q 10 10 50 50 re W n 0 g {BOX} re f Q {in_parts('1 g')}")),
    _unseen("white on a dark panel that is seen through", file(
        f"q /G gs 0 g {BOX} re f Q {in_parts('1 g')}", resources="/ExtGState<</G<</ca 0>>>>")),
    _unseen("white on a dark panel of a layer that is off", file(
        f"/OC /L BDC 0 g {BOX} re f EMC {in_parts('1 g')}", resources=MARKED, catalog=OFF, more=LAYER[:1])),
    _unseen("grey on a picture of its colour", image(
        f"q 400 0 0 20 60 695 cm /Im Do Q {in_parts('0.5 g')}", "80", 1, 1)),
    _unseen("black on a black picture", image(
        f"q {RIGHT - LEFT} 0 0 14 {LEFT} {Y - 3} cm /Im Do Q {ALL}", "00", 1, 1)),
    _shown("black on a white picture", image(f"q 595 0 0 842 0 0 cm /Im Do Q {ALL}", "ff", 1, 1)),
    _shown("white on a dark picture", image(
        f"q {RIGHT - LEFT} 0 0 20 {LEFT} 695 cm /Im Do Q {in_parts('1 g')}", "30", 1, 1)),
    Case("white under other words", file(f"{in_parts('1 g')} {OTHER}"), False, "words that are not shown"),
    Case("render mode 3 under other words", file(f"{in_parts('3 Tr')} {OTHER}"), False,
         "words that are not shown"),
    _shown("bold by an outline", file(f"{ALL}{in_parts('1 Tr 0.4 w')}")),
    _unseen("one point", file(in_parts("/F1 1 Tf"))),
    _unseen("two points by its matrix", file(in_parts(f"0.17 0 0 0.17 {WIDTHS} Tm"))),
    _unseen("squeezed", file(in_parts(f"0.1 0 0 1 {WIDTHS} Tm"))),
    _shown("narrow", file(in_parts(f"0.7 0 0 1 {WIDTHS} Tm"))),
    _unseen("transparent", file(in_parts("/G gs"), resources="/ExtGState<</G<</ca 0/CA 0>>>>")),
    _unseen("layer that is off", file(
        in_parts("").replace("q BT", "/OC /L BDC BT").replace("ET Q", "ET EMC"),
        resources=MARKED, catalog=OFF, more=LAYER[:1])),
    _unseen("layer that is off, written in codes", file(
        in_parts("").replace("q BT", "/OC /L BDC BT").replace("ET Q", "ET EMC"),
        resources=MARKED, catalog=OFF.replace("/OFF", "/O#46#46"), more=LAYER[:1])),
    _unseen("clipped away", file(in_parts("").replace("q BT", "q 10 10 50 50 re W n BT"))),
    Case("form of a layer that is off", file(
        f"{PLAIN}/Fm Do {LAST}", resources="/XObject<</Fm 7 0 R>>", catalog=OFF, more=LAYER),
        False, "words that are not shown"),
    Case("outside the crop box", file(
        ALL.replace(f"{X} {Y} Td", f"{X} 30 Td"), page="/CropBox[0 60 595 842]"),
        False, "words that are not shown"),
    Case("outside the media box", file(ALL.replace(f"{X} {Y} Td", f"{X} 900 Td")), False,
         "words that are not shown"),
    Case("half a word", file(f"{ALL}0 g {HALF} re f"), False, "covered words"),
    Case("a scan with a burnt-in box", scan(True), False, "words that are not shown"),
    _struck("line through it", file(f"{ALL}0 G 0.8 w {LEFT} {MIDDLE} m {RIGHT} {MIDDLE} l S")),
    _struck("thin box through it", file(f"0 g {LEFT} {MIDDLE} {RIGHT - LEFT} 0.7 re f {ALL}")),
    _struck("strike-out annotation", note("StrikeOut", f"/C[1 0 0]/QuadPoints{QUADS}")),
    _shown("nothing", file(ALL)),
    _shown("box drawn before", file(f"0.8 g {BOX} re f 0 g {ALL}")),
    _shown("shading of a cell drawn before", file(f"0.9 0.9 1 rg 60 690 480 24 re f 0 G 60 690 480 24 re S "
           f"0 g {ALL}")),
    _shown("white on a dark panel", file(f"0.1 0.2 0.5 rg {BOX} re f 0 g {in_parts('1 g')}")),
    _shown("underlined", file(f"{ALL}0 G 0.8 w {LEFT} {Y - 1.5} m {RIGHT} {Y - 1.5} l S")),
    _shown("framed", file(f"{ALL}0 G 1 w {BOX} re S")),
    _shown("line of a chart", file(f"{ALL}0 G 0.5 w 20 {MIDDLE} m 590 {MIDDLE} l S")),
    _shown("highlight", note("Highlight", f"/C[1 1 0]/QuadPoints{QUADS}")),
    _shown("yellow marker that multiplies", file(f"{ALL}/G gs 1 1 0 rg {BOX} re f",
           resources="/ExtGState<</G<</BM/Multiply>>>>")),
    _shown("see-through box", file(f"{ALL}/G gs 0 g {BOX} re f", resources="/ExtGState<</G<</ca 0.3>>>>")),
    _shown("hidden annotation", note("Square", "/F 2/C[0 0 0]/IC[0 0 0]", f"0 g {BOX} re f").replace(
        b"/F 4/F 2", b"/F 2")),
    _covered("link with an appearance", note("Link", "", f"0 g {BOX} re f")),
    _shown("icon of a note", note("Text", "/Contents(Please check this)")),
    _unseen("layer that an expression leaves out", file(
        in_parts("").replace("q BT", "/OC /L BDC BT").replace("ET Q", "ET EMC"),
        resources="/Properties<</L 7 0 R>>", catalog=ON,
        more=(LAYER[0], "<</Type/OCMD/OCGs[6 0 R]/VE[/Not 6 0 R]>>"))),
    _unseen("layer that is off, listed elsewhere", file(
        in_parts("").replace("q BT", "/OC /L BDC BT").replace("ET Q", "ET EMC"), resources=MARKED,
        catalog="/OCProperties<</OCGs[6 0 R]/D<</OFF 7 0 R>>>>", more=(LAYER[0], "[6 0 R]"))),
    _unseen("form that is clipped away", form(
        f"BT /F1 {SIZE} Tf {LEFT:.2f} {Y} Td ({NAME}) Tj ET",
        in_parts("").replace(f"({NAME})", "()").replace(LAST, f"q 9 9 9 9 re W n /Fm Do Q {LAST}"))),
    _covered("box over forms within forms", file(
        f"{PLAIN}/Fm Do {LAST}0 g {BOX} re f", resources="/XObject<</Fm 6 0 R>>", more=NESTED)),
    *(make(f"font that paints {ink}", file(in_parts("/F3 12 Tf"), resources="/Font<</F1 5 0 R/F3 6 0 R>>",
           more=PAINTED).replace(b"INK", ink.encode())) for ink, make in (("1 g", _unseen), ("0 g", _shown))),
    _unseen("white pattern", file(in_parts("/Pattern cs /Pn scn"), resources="/Pattern<</Pn 6 0 R>>",
            more=(PATTERN.replace("INK", "1 g"),))),
    _unseen("black on a black pattern", file(f"/Pattern cs /Pn scn {BOX} re f 0 g {ALL}",
             resources="/Pattern<</Pn 6 0 R>>", more=(PATTERN.replace("INK", "0 g"),))),
    _unseen("black on a black shading", file(f"q {BOX} re W n /Sh sh Q {ALL}",
             resources="/Shading<</Sh 6 0 R>>", more=("<</ShadingType 2/ColorSpace/DeviceGray/Coords[0 0 1 0]"
             "/Extend[true true]/Function<</FunctionType 2/Domain[0 1]/N 1/C0[0]/C1[0]>>>>",))),
    _shown("link", note("Link", "/Border[0 0 1]")),
    _shown("note and popup", note("Popup", "/Open false")),
    _shown("layer that is on", file(f"{PLAIN}/OC /L BDC {TEXT} EMC {LAST}", resources=MARKED, catalog=ON,
           more=LAYER[:1])),
    _shown("box clipped away", file(f"{ALL}q 10 10 50 50 re W n 0 g {BOX} re f Q")),
    _shown("recognised text over a scan", scan(False)),
    _shown("small but readable", file(ALL.replace("/F1 12 Tf", "/F1 6 Tf"))),
    _shown("grey", file(ALL.replace("BT", "0.6 g BT"))),
    _shown("turned page", file(f"0 1 -1 0 842 0 cm {ALL}", page="/MediaBox[0 0 842 842]/Rotate 90")),
    _covered("box on a page with its corners swapped", file(f"{ALL}0 g {BOX} re f",
             page="/MediaBox[595 842 0 0]")),
    _covered("box on a page turned by 90", file(f"0 1 -1 0 842 0 cm {ALL} 0 g {BOX} re f",
             page="/MediaBox[0 0 842 842]/CropBox[10 20 830 800]/Rotate 90")),
    _covered("box on a page turned by 270", file(f"0 -1 1 0 0 842 cm {ALL} 0 g {BOX} re f",
             page="/MediaBox[0 0 842 842]/CropBox[10 20 830 830]/Rotate 270")),
)  # fmt: skip

SQUARES = [
    file(content, resources="/XObject<</Fm 6 0 R>>", more=TYPED_OVER)
    for content in (f"{ALL}/Fm Do", f"/Fm Do {ALL}")
]
"""Black squares typed after the name, and before it."""
