"""Model values for the tests of rendering: small, invented, and some of them hostile."""

from srtminer.model import (
    FINDINGS,
    FOUND,
    GIVEN,
    Agency,
    Example,
    Fact,
    Omission,
    Recommendation,
    ReviewRecord,
    Skipped,
    Theme,
    ThemeTable,
)

HOSTILE = (
    '[/b] <script>alert(1)</script> | =HYPERLINK("http://x") \x1b[31mred\x1b[0m \x9b2J \u202eevil *bold*'
)


def record(
    id: str, source: str, *, format: str = "pdf", pages: int = 12, found: int = 0, why: str = "", **facts: str
) -> ReviewRecord:
    return ReviewRecord(
        id=id,
        source=source,
        format=format,
        facts=tuple(
            Fact(field, value, GIVEN if field == "kind" else FOUND, None if field == "kind" else 1)
            for field, value in facts.items()
        ),
        pages=pages,
        paragraphs=80,
        sections=9,
        recommendations=found,
        why_none=why,
        omissions=(Omission("running header or footer", 2, 1),) if format == "pdf" else (),
    )


CHILD_P = record(
    "aaaaaaaaaaaa",
    "reviews/child-p.pdf",
    found=2,
    subject="Child P",
    board="Norwick and Eastmere Safeguarding Children Board",
    kind="SCR",
    year="2011",
)
CHILD_Q = record(
    "bbbbbbbbbbbb",
    "reviews/child-q.pdf",
    found=1,
    subject="Child Q",
    board="Saltby LSCB",
    kind="CSPR",
    year="2014",
)
STATEMENT = record(
    "cccccccccccc",
    "reviews/statement.txt",
    format="text",
    pages=1,
    why="no heading of recommendations, and no sentence that asks an agency to act",
    title="Statement of the Board",
)
HOSTILE_RECORD = record(
    "dddddddddddd", "reviews/\x1b]0;owned\x07=x.pdf", found=1, subject=HOSTILE, board="@SUM(A1)", year="2012"
)

RECORDS = (CHILD_P, CHILD_Q, STATEMENT)

SHARING = Recommendation(
    id="aaaaaaaaaaaa-1",
    review_id="aaaaaaaaaaaa",
    references=("4.7",),
    start=100,
    end=250,
    text="Eastmere Police should tell the school nurse of every incident of domestic abuse within two "
    "working days:\n\n(a) in writing;\n\n(b) to a named person.",
    page=6,
    last_page=7,
    heading=("4 Recommendations", "Police"),
    agencies=(Agency("Eastmere Police", "police"), Agency("Saltby Home Watch", "")),
    lead="The Board recommends that:",
    date="by March 2012",
    rule="numbered",
    confidence=0.91236,
)
TRAINING = Recommendation(
    "aaaaaaaaaaaa-2",
    "aaaaaaaaaaaa",
    ("4.8", "R2"),
    260,
    330,
    "Norwick Primary Care Trust should train health visitors to see the child alone.",
    7,
    7,
    heading=("4 Recommendations",),
    agencies=(Agency("Norwick Primary Care Trust", "health-commissioner"),),
    rule="numbered",
)
SHARING_AGAIN = Recommendation(
    "bbbbbbbbbbbb-1",
    "bbbbbbbbbbbb",
    ("Recommendation 1",),
    10,
    90,
    "Agencies should share what they know about violence at home – without waiting to be asked.",
    3,
    3,
)
HOSTILE_RECOMMENDATION = Recommendation(
    "dddddddddddd-1",
    "dddddddddddd",
    ("=1+1",),
    0,
    len(HOSTILE),
    HOSTILE,
    1,
    1,
    heading=(HOSTILE,),
    agencies=(Agency(HOSTILE, ""),),
    rule="numbered",
)

RECOMMENDATIONS = (SHARING, TRAINING, SHARING_AGAIN)

SHARING_THEME = Theme(
    rank=1,
    id="t-1a2b",
    label="Sharing information about domestic abuse between police, schools and health",
    terms=("domestic abuse", "share", "school nurse"),
    members=(SHARING, SHARING_AGAIN),
    examples=(
        Example(
            SHARING, "Eastmere Police should tell the school nurse of every incident of domestic abuse …"
        ),
        Example(SHARING_AGAIN, SHARING_AGAIN.text),
    ),
    reviews=2,
    share=2 / 3,
    years=((2011, 1), (2014, 1)),
    agencies=(("Eastmere Police", 1), ("Saltby Home Watch", 1)),
    also=("t-3c4d", ""),
)
TRAINING_THEME = Theme(
    rank=2,
    id="t-3c4d",
    label="Training of health visitors",
    terms=("health visitors", "train"),
    members=(TRAINING,),
    examples=(Example(TRAINING, TRAINING.text),),
    reviews=1,
    share=1 / 3,
    years=((2011, 1),),
    agencies=(("Norwick Primary Care Trust", 1),),
)
TABLE = ThemeTable(
    themes=(SHARING_THEME, TRAINING_THEME),
    unthemed=(),
    reviews=2,
    recommendations=3,
    method=(("vectors", "TF-IDF"), ("clustering", "Ward")),
    notes=("few recommendations: themes are tentative",),
)
UNKNOWN_FATHER = Recommendation(
    "aaaaaaaaaaaa-p0a1b2c3d",
    "aaaaaaaaaaaa",
    ("3.2",),
    40,
    150,
    "Nobody asked who the father was. He was at home for each of the visits, and in none of the notes.",
    4,
    4,
    heading=("3 Analysis", "The family"),
    rule="passage",
)
FATHER_AGAIN = Recommendation(
    "bbbbbbbbbbbb-p1a2b3c4d",
    "bbbbbbbbbbbb",
    ("Finding 2",),
    20,
    90,
    "The assessment was of a mother. What the children’s father could give or threaten was not known.",
    2,
    2,
    heading=("Findings", "Finding 2"),
    rule="passage",
)
FINDING_THEME = Theme(
    rank=1,
    id="father",
    label="Father",
    terms=("father", "home"),
    members=(UNKNOWN_FATHER, FATHER_AGAIN),
    examples=(Example(UNKNOWN_FATHER, "Nobody asked who the father was. …"),),
    reviews=2,
    share=1.0,
    years=((2011, 1), (2014, 1)),
    agencies=(),
)
FINDINGS_TABLE = ThemeTable((FINDING_THEME,), (), 3, 2, TABLE.method, unit=FINDINGS)
HOSTILE_THEME = Theme(
    rank=1,
    id="t-x",
    label=HOSTILE,
    terms=(HOSTILE,),
    members=(HOSTILE_RECOMMENDATION,),
    examples=(Example(HOSTILE_RECOMMENDATION, HOSTILE),),
    reviews=1,
    share=0.002,
    years=(),
    agencies=((HOSTILE, 1),),
)
HOSTILE_TABLE = ThemeTable((HOSTILE_THEME,), (HOSTILE_RECOMMENDATION,), 1, 1, (("vectors", HOSTILE),))

SKIPPED = (Skipped("reviews/scan.pdf", "no text on its 14 pages: a scan; run it through OCR first"),)
