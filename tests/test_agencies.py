"""Who is asked to act: by headings, by grammar, and never because somebody is only mentioned."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srtminer.agencies import address, agency_kind, is_agency_heading, lead_ins, own_names
from srtminer.agencies.agency_names import lexicon
from srtminer.model import Agency, Recommendation
from srtminer.text.words import fold
from tests.recommendation_blocks import heading, item, review_of, sections_of
from tests.recommendation_blocks import text as paragraph


def recommendation(
    text: str, *heading: str, agencies: tuple[Agency, ...] = (), lead: str = ""
) -> Recommendation:
    return Recommendation(
        "r1", "v1", ("4.1",), 0, len(text), text, 1, 1, heading=heading, agencies=agencies, lead=lead
    )


def asked_in(text: str) -> tuple[Agency, ...]:
    return address(recommendation(text)).agencies


def names(text: str, *heading: str) -> list[str]:
    return [agency.name for agency in address(recommendation(text, *heading)).agencies]


ASKED = [
    # subject and modal verb
    ("Priority should be given to it, and Harle Council should publish the costs.", ["Harle Council"]),
    ("That and", []),
    ("The LSCB should review its threshold document.", ["LSCB"]),
    ("The WH LSCB to ensure that referrals by midwives are audited.", ["WH LSCB"]),
    ("Wexmoor Constabulary must train its call handlers.", ["Wexmoor Constabulary"]),
    ("Health visitors and midwives should share their records.", ["Health visitors", "midwives"]),
    ("The Police and the Probation Service should agree a protocol.", ["Police", "Probation Service"]),
    (
        "Wexmoor and Harle Safeguarding Children Partnership should meet.",
        ["Wexmoor and Harle Safeguarding Children Partnership"],
    ),
    ("The Department for Work and Pensions should publish data.", ["Department for Work and Pensions"]),
    ("The Police and Crime Commissioner shall fund the posts.", ["Police and Crime Commissioner"]),
    (
        "The Home Office and the Department for Culture should consult.",
        ["Home Office", "Department for Culture"],
    ),
    ("The Board recommends that Harle Rail Holdings fit a lamp.", ["Harle Rail Holdings"]),
    ("the Seafarers' Insurance Fund offer each of them a lamp.", ["Seafarers' Insurance Fund"]),
    ("We recommend that Case Conference minutes be sent out.", []),
    ("The Department for Culture's guidance should be read.", []),
    ("The Board to seek assurance from the Hospital Trust that discharge is safe.", ["Board"]),
    ("The Partnership, with the support of schools, needs to map provision.", ["Partnership"]),
    ("All GPs are asked to attend conferences.", ["GPs"]),
    ("Wexmoor Council is requested to consider housing need.", ["Wexmoor Council"]),
    ("Children’s Social Care should supervise visits.", ["Children's Social Care"]),
    (
        "The Chief Executive of Harle Borough Council should report back.",
        ["Chief Executive of Harle Borough Council"],
    ),
    ("Every provider of NHS-funded care should publish its rates.", ["provider of NHS-funded care"]),
    ("All agencies working with children must record fathers.", ["All agencies"]),
    ("In future the Police should attend.", ["Police"]),
    (
        "By 31 October 2031, the Ministry, Aldane plc and the Post Office shall report.",
        ["Ministry", "Aldane plc", "Post Office"],
    ),
    ("Where a child is missing the Police should be responsible for the search.", ["Police"]),
    ("NHS England should publish guidance. CQC should inspect against it.", ["NHS England", "CQC"]),
    ("That the Government appoint a commissioner.", ["Government"]),
    ("It is recommended that the Public Health team commissions brushing clubs.", ["Public Health team"]),
    # every place, name and body is invented, but for those of a state
    ("(3) Harle Council should review the rules.", ["Harle Council"]),
    ("However, the Harle Council should mend the quay.", ["Harle Council"]),
    ("The Board, having heard from the ferrymen, should publish a plan.", ["Board"]),
    (
        "The governments of the UK, Scotland, Wales and Northern Ireland should each appoint a lead.",
        ["governments of the UK, Scotland, Wales and Northern Ireland"],
    ),
    ("Barnardo's should review its records.", ["Barnardo's"]),
    ("Harle Freight should, in conjunction with Kerrow Ports, review its rules.", ["Harle Freight"]),
    ("We call on the Pope to apologise.", ["Pope"]),
    (
        "We call upon the island government, in consultation with pilots, and the ship\n\nsociety, to meet.",
        ["island government"],
    ),
    (
        "We call upon the island government, in consultation with the elders, to set goals.",
        ["island government"],
    ),
    (
        "We call upon shipping and pilot schools in Aldane to require a course.",
        ["shipping and pilot schools in Aldane"],
    ),
    (
        "We call upon temple parties to the Harle Settlement, in collaboration with tenants, to pay.",
        ["temple parties"],
    ),
    (
        "We call upon those who can change the harbour rules to recognise this.",
        ["those who can change the harbour rules"],
    ),
    ("We call upon ferry firms to fit rails at once.", ["ferry firms"]),
    ("We invite choirs and bands to play at the opening.", ["choirs and bands"]),
    ("We ask the owners of the quay, once appointed, to publish a plan.", ["owners of the quay"]),
    ("We ask those who fish at night to carry a lamp.", ["those who fish at night"]),
    ("We urge anglers and divers to carry a lamp.", ["anglers and divers"]),
    ("We call upon the parties and, in particular, the island council, to work together.", ["parties"]),
    (
        "The Committee recommends that the Department and its entities should continue to explore this.",
        ["Department and its entities"],
    ),
    (
        "The Committee recommends that the Department and the relevant entities collate a register.",
        ["Department and the relevant entities"],
    ),
    (
        "We recommend that the Ministers of Trade, Industry and Ports, Roads and Defence publish a plan.",
        ["Ministers of Trade, Industry and Ports, Roads and Defence"],
    ),
    ("We recommend, therefore, that the Government set out the routes.", ["Government"]),
    (
        "That the operator of the ferry, within three months, review its procedures.",
        ["operator of the ferry"],
    ),
    ("I recommend to the Minister of Health that he fund a unit.", ["Minister of Health"]),
    ("We recommend the Secretary of State introduce a duty.", ["Secretary of State"]),
    ("The Secretary of Ports should direct the Under Secretary to set milestones.", ["Secretary of Ports"]),
    ("Consideration should be given by the Ministry of Ports to training.", ["Ministry of Ports"]),
    ("It was recommended that the agency train its workers.", ["agency"]),
    ("The panel asks that Harle Housing Association review its policy.", ["Harle Housing Association"]),
    ("Aerodrome operators should mark the runway.", ["Aerodrome operators"]),
    ("It is recommended that Serrano publish its staffing levels.", ["Serrano"]),
    ("The Aldane Rail Authority be asked to publish its standard.", ["Aldane Rail Authority"]),
    # recommends that
    ("It is recommended that the LSCB audits cases.", ["LSCB"]),
    ("We recommend that, at once, the Home Office review the code.", ["Home Office"]),
    (
        "We recommend that the Home Office, in consultation with the Treasury, consider costs.",
        ["Home Office"],
    ),
    (
        "The mate slept. The Commission recommended that the Director of Maritime New Zealand audit it.",
        ["Director of Maritime New Zealand"],
    ),
    (
        "The LSCB recommends that the commissioners of Dental Services ensure funding.",
        ["commissioners of Dental Services"],
    ),
    (
        "The Commission recommended to the Chief Executive of Harle District Council that he act.",
        ["Chief Executive of Harle District Council"],
    ),
    (
        "The Commission recommended that, before allowing ships in, the Harle District Council review risk.",
        ["Harle District Council"],
    ),
    (
        "The Commission recommended that the operator of the Lady J. K. Moor: train crews.",
        ["operator of the Lady J. K. Moor"],
    ),
    ("It is recommended that Swell Lines (NZ) Limited review its system.", ["Swell Lines (NZ) Limited"]),
    ("We recommend that the Government: • publish a plan; • fund it.", ["Government"]),
    ("We strongly urge ministers to consult.", ["ministers"]),
    ("It is recommended that the Harle Care Board commission a team.", ["Harle Care Board"]),
    (
        "The Board therefore recommends that: • the Department of Fisheries require owners to report.",
        ["Department of Fisheries"],
    ),
    ("We call upon the Government of Aldane to repeal the act.", ["Government of Aldane"]),
    ("This recommendation is for local ICBs to review estates.", ["local ICBs"]),
    ("The Council should have acted. We recommend that the Police lead.", ["Police"]),
    ("We recommend that Gullcorp evaluate its safety management.", ["Gullcorp"]),
    ("the Department of Fisheries require owners to report changes;", ["Department of Fisheries"]),
    (
        "The fracture clinic of Harle Valley NHS Trust should ask.",
        ["fracture clinic of Harle Valley NHS Trust"],
    ),
    ("The allocation team should record its reasons.", ["allocation team"]),
    # a name holds no verb and no pronoun, and is no bracket
    ("Whilst we welcome the council's plan, dates should follow. The Police should lead.", ["Police"]),
    ("The Board considers the list, which should be short, and Harle Council should act.", ["Harle Council"]),
    ("We recommend that the Government (a) publish a plan and (b) fund it.", ["Government"]),
    # who is to be told, where nobody else is named
    ("The GP should be informed of every booking.", ["GP"]),
    ("Midwives should be told by the Police at once.", ["Police"]),
    # by whom
    ("A protocol is agreed and implemented by Wexmoor Maternity Services.", ["Wexmoor Maternity Services"]),
    (
        "The pathway should be reviewed by Harle Midwifery service in collaboration with the Drug Team.",
        ["Harle Midwifery service"],
    ),
]

NOBODY = [
    "Any of them should be read.",
    "This targeted funding would improve the council's plan, and should last.",
    "No health visitor should have more than 90 families.",
    "Ensure that the police are told of every absence.",
    "The findings should be shared with schools.",
    "The role of the Police should be made clear.",
    "Referrals to the Police should be timely.",
    "The Council's procedures should be revised.",
    "LSCB procedures should be revised.",
    "Police training should cover neglect.",
    "Health records should be read.",
    "The police response should be audited.",
    "that schools share what they know;",
    "That discharge meetings are held before babies go home.",
    "The Police should have been told.",
    "Concerns were raised by the Health Visitor.",
    "Cases which are seen by the Police were few.",
    "Training should be provided to GPs and schools.",
    "Discharge meetings are held before babies go home.",
    "Staff should ask the police to check the address.",
    "Any history should be highlighted to the midwife.",
    "We recommend that training is improved.",
    "We recommend that the following steps should be taken.",
    "We recommend that GP training is improved.",
    "CPR should be taught.",
    "However, further work is needed.",
    "Letters are redrafted to make sure that the father's GP is told.",
    "All claimants shall be entitled to advice funded by the Department.",
    "The cargo was on board the vessel.",
    "Mental health needs should be assessed.",
    "Health and safety should come first.",
    "A senior lawyer shall be appointed.",
    "Training should ensure that staff know the signs.",
    "Second, the papers on the harbour fund should be read again.",
    "The Council will review its induction.",
    "Policies should include a date of review.",
    "The new system should include a register.",
    "Further research should explore causes.",
    "The plan should make clear who leads.",
    "A national strategy should be developed.",
    "It is recommended that the standard require a second lamp.",
    "We recommend that this review be repeated.",
    "The scheme should set out who pays.",
    "Publish the list of schools to inform parents.",
    "We call for this apology to be heard.",
    "Supervision should help staff to reflect.",
    "Impact on Wexmoor Council should be small.",
    "Having weighed up all that was said above, lamps on the quay should be lit.",
    "Second, the rules of the quay should be plain.",
    "",
    "…",
]


@pytest.mark.parametrize(("text", "expected"), ASKED)
def test_the_grammatical_addressee(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize("text", NOBODY)
def test_nobody_is_asked_because_he_is_mentioned(text: str) -> None:
    assert names(text) == []


TITLE = "Wexmoor Safeguarding Children Board"

HEADINGS = [
    (("Recommendations", "Children and Young People’s Services"), ["Children and Young People's Services"]),
    (("Recommendations", "WH LSCB", "Thresholds"), ["WH LSCB"]),
    (("WH LSCB",), ["WH LSCB"]),
    (("Recommendations for the Police",), ["Police"]),
    (("5.2 Recommendations to Wexmoor Constabulary:",), ["Wexmoor Constabulary"]),
    (("Recommendation 3: Harle City Council",), ["Harle City Council"]),
    (("Single agency recommendations – Probation",), ["Probation"]),
    (("Police Recommendations",), ["Police"]),
    (("Recommendations for GPs and Health Visiting",), ["GPs", "Health Visiting"]),
    (("WEXMOOR HOSPITALS NHS TRUST",), ["WEXMOOR HOSPITALS NHS TRUST"]),
    (("Police", "Recommendations"), ["Police"]),
    ((TITLE, "Recommendations", "Schools"), ["Schools"]),
    (("Recommendations", "Harle Primary Care Trust (PCT)"), ["Harle Primary Care Trust"]),
    (("Recommendations", "Health visiting – Harle Community Services"), ["Harle Community Services"]),
    (("Recommendations", "Recommendations for schools"), ["schools"]),
    (("Recommendations", "Licensing (Harle District Council)"), ["Harle District Council"]),
    (("Recommendations", "Harle Hospital is recommended to:"), ["Harle Hospital"]),
    (("Recommendations", "The Board should:"), ["Board"]),
    (("Recommendations", "Leaving hospital"), ["GPs"]),
    (("Recommendations", "Recommendations for health agencies"), ["health agencies"]),
    # a topic as well as an agency
    (("Recommendations", "Health"), ["Health"]),
    (("Recommendations", "Health and education"), ["Health and education"]),
    # the words decide where no heading names an agency, or where it is the document's title
    ((TITLE, "Recommendations"), ["GPs"]),
    (("Recommendations", "Training"), ["GPs"]),
    (("Recommendations", "Multi-agency"), ["GPs"]),
    ((), ["GPs"]),
]


@pytest.mark.parametrize(("heading", "expected"), HEADINGS)
def test_the_deepest_agency_heading_stands_beside_the_words(
    heading: tuple[str, ...], expected: list[str]
) -> None:
    assert set(names("GPs should attend.", *heading)) == {"GPs", *expected}


def test_who_is_recommended_to_act_is_asked_whatever_the_heading() -> None:
    asked = "The panel recommends that the county review its training."
    assert names(asked, "Recommendations", "Harle Police") == ["county"]
    assert names("The county reviews its training.", "Recommendations", "Harle Police") == ["Harle Police"]


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("To the Harle Youth Centre:", ["Harle Youth Centre"]),
        ("To Harle Rope Works:", ["Harle Rope Works"]),
        ("To the Harle Youth Centre", []),
        ("To do this well:", []),
        ("To the families and friends who gave us of their time and their memories:", []),
        ("Dear Harle Safeguarding Children Partnership", []),
    ],
)
def test_a_line_to_a_body_of_no_known_kind_addresses_it(heading: str, expected: list[str]) -> None:
    assert names("Check on each young person.", "Recommendations", heading) == expected


@pytest.mark.parametrize("text", ["Records are kept.", "The points must be made at once."])
def test_a_topic_addresses_those_below_it_who_are_not_named_plainly(text: str) -> None:
    heading = ("Recommendations", "Individual Agency Recommendations", "Health", "Recommendation")
    assert names(text, *heading) == ["Health"]


def test_who_should_ask_is_asked_and_not_who_is_to_be_asked() -> None:
    assert names("The Board should ask each agency to close its mailbox.") == ["Board"]
    assert names("The Board asks each agency to close its mailbox.") == ["each agency"]


def test_a_title_addresses_nobody() -> None:
    assert names("Thresholds are to be made plain.", TITLE) == []
    assert names("Thresholds are to be made plain.", TITLE, "Recommendations") == []


def test_a_lead_in_is_read_together_with_its_item() -> None:
    lead_in = "More plainly, the Committee recommends that the Minister of Ports ensure the following:"
    found = address(recommendation("Vacant posts are filled.", "Recommendations", "Harle Police"), lead_in)
    assert found.agencies[0].name == "Minister of Ports"
    own = address(recommendation("We urge the Harle Council to fill posts.", "Recommendations"), lead_in)
    assert [agency.name for agency in own.agencies] == ["Harle Council"]
    item = address(recommendation("harbour masters publish their logs;"), "We recommend that:")
    assert [agency.name for agency in item.agencies] == ["harbour masters"]


@pytest.mark.parametrize(
    "heading",
    [
        "Health",
        "The Police",
        "WH LSCB",
        "Adult Social Care",
        "Schools and early years",
        "Harle Primary Care Trust",
        "Recommendations to Government",
        "Head of Housing",
        "4. Housing",
        "Recommendations (Police)",
        "Education",
    ],
)
def test_agency_headings(heading: str) -> None:
    assert is_agency_heading(heading)


@pytest.mark.parametrize(
    "heading",
    [
        "Recommendations",
        "Recommendation",
        "Recommendation (Specific to WHX)",
        "Police training",
        "Role of the Police",
        "Mental health",
        "Health and safety",
        "The use of information",
        "Individual Agency Recommendations",
        "Multi-agency recommendations",
        "Recommendations linked with thresholds",
        "LSCB procedures",
        "Introduction",
        "Police involvement",
        "What did schools know?",
        "Inter-agency links with GP practices",
        "Training",
        "",
        "7.",
        "Owner: Director of Housing",
        "Improving Systems and Practice",
        "Frontline Practice",
        "Partnership Working",
        "CORONER'S COMMENTS",
        "A Social Worker's Garden",
        "Executive Summary: Serious Case Review, Child F",
        "Specialist posts",
        "Wexmoor",
    ],
)
def test_other_headings(heading: str) -> None:
    assert not is_agency_heading(heading)


KINDS = [
    ("WH LSCB", "safeguarding-board"),
    ("WSCP", "safeguarding-board"),
    ("Harle Safeguarding Adults Board", "safeguarding-board"),
    ("Wexmoor Area Child Protection Committee", "safeguarding-board"),
    ("Harle ACPC", "safeguarding-board"),
    ("Wexmoor PCT", "commissioners"),
    ("Harle CCG", "commissioners"),
    ("Integrated Care Board", "commissioners"),
    ("Social Services", "childrens-social-care"),
    ("Director of Children's Services", "childrens-social-care"),
    ("Maternity and Children's Hospital Social Work Team", "childrens-social-care"),
    ("Harle County Council", "council"),
    ("Wexmoor Constabulary", "police"),
    ("Chief Constable of Wexmoor Police", "police"),
    ("Wexmoor Partnership Trust Community Drug Team", "drug-and-alcohol"),
    ("Wexmoor University Hospitals NHS Foundation Trust", "hospital-trust"),
    ("Wexmoor NHS Trust", "health"),
    ("CAMHS", "mental-health-trust"),
    ("GP practices", "gp"),
    ("Head of Midwifery", "midwifery"),
    ("Community Rehabilitation Company", "probation"),
    ("CRCs", "probation"),
    ("CAFCASS", "courts"),
    ("Cafcass", "courts"),
    ("Secretary of State for Health", "government"),
    ("Department of Health", "government"),
    ("DfE", "government"),
    ("NHS England", "regulator"),
    ("Director of Maritime New Zealand", "regulator"),
    ("operator of the Lady Moor", "provider"),
    ("Harbour Lines Limited", "provider"),
    ("All agencies", "all-agencies"),
    ("Team", ""),
    ("Gullcorp", ""),
    ("Child F", ""),
    ("", ""),
]


@pytest.mark.parametrize(("name", "kind"), KINDS)
def test_agency_kind(name: str, kind: str) -> None:
    assert agency_kind(name) == kind


def test_agencies_that_are_given_only_get_their_kinds() -> None:
    given_agencies = (Agency("Wexmoor Police", ""), Agency("Harbour Team", ""), Agency("Board", "council"))
    found = address(recommendation("Schools should act.", "Health", agencies=given_agencies)).agencies
    assert found == (
        Agency("Wexmoor Police", "police"),
        Agency("Harbour Team", ""),
        Agency("Board", "council"),
    )


def test_a_lead_counts_if_it_is_an_agency_and_nothing_else_tells() -> None:
    assert address(recommendation("Audit files.", lead="Head of Midwifery")).agencies == (
        Agency("Head of Midwifery", "midwifery"),
    )
    assert address(recommendation("Audit files.", lead="J. Smith")).agencies == ()
    assert [a.name for a in address(recommendation("GPs should act.", lead="ICB")).agencies] == ["GPs"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("All children should have ten hours out of their rooms. (To the governor)", ["governor"]),
        ("Files should be kept (Action: Harle Police).", ["Harle Police"]),
        ("Files should be kept (for the summer).", []),
        ("Files should be kept (to the end of 2012).", []),
        ("Files (to the governor) should be kept.", []),
    ],
)
def test_a_bracket_at_the_end_says_who_is_asked(text: str, found: list[str]) -> None:
    assert names(text) == found


def test_a_publisher_below_the_title_addresses_nobody() -> None:
    board = "Wexmoor Safeguarding Children Board"
    assert names("Files to be kept.", "Learning summary: Child V", board, "What should change") == []
    assert names("Files to be kept.", "Recommendations", board) == [board]
    assert names(
        "Files to be kept.", "Learning summary: Child V", "Wexmoor Police", "What should change"
    ) == ["Wexmoor Police"]


def test_a_lead_in_names_its_addressee() -> None:
    assert asked_in("The Board should:") == (Agency("Board", "safeguarding-board"),)
    (asked,) = asked_in(
        "We call upon the federal, provincial, territorial, and Aboriginal governments to act."
    )
    assert (asked.name, asked.kind) == (
        "federal, provincial, territorial, and Aboriginal governments",
        "government",
    )
    assert asked_in("We call upon the federal, and the Police was told.") == ()
    assert asked_in("15 The Board should:") == (Agency("Board", "safeguarding-board"),)
    assert asked_in("(4.2) The Board should:") == (Agency("Board", "safeguarding-board"),)
    assert asked_in("15 recommendations are:") == ()
    assert [
        a.name for a in asked_in("The team recommends the following to the Health Service Executive:")
    ] == ["Health Service Executive"]
    assert asked_in("The team recommends the following:") == ()
    assert asked_in("that the Board review a box;") == ()
    assert asked_in("The recommendations are:") == ()


def test_the_lead_in_asks_though_a_later_sentence_asks_somebody_else() -> None:
    later = "count the lamps each night. It is simple.\n\nWe further recommend that Harle Council pay for it."
    asked = address(recommendation(later), "We recommend that the Board:").agencies
    assert {agency.name for agency in asked} == {"Board", "Harle Council"}
    first = "We recommend that Harle Council pay for it. It is simple."
    asked = address(recommendation(first), "We recommend that the Board:").agencies
    assert [agency.name for agency in asked] == ["Harle Council"]


def test_a_lead_in_reaches_across_what_is_left_of_a_torn_item() -> None:
    blocks = (
        heading("Recommendations", number="1"),
        paragraph("We recommend that the Harle Council:"),
        item("Keep one record of keys for the harbour, the"),
        paragraph("locks and the bridge."),
        item("Publish the record each spring."),
        heading("Answers", number="2"),
        paragraph("It was published."),
    )
    review = review_of(*blocks)
    items = tuple(
        replace(recommendation(""), start=one.start, end=one.end)
        for one in review.paragraphs
        if one.role != "heading"
    )
    opened = lead_ins(review, sections_of(*blocks, format="html"), items)
    said = "We recommend that the Harle Council:"
    assert opened == ("", said, said, said, "")


def test_nothing_but_the_agencies_changes() -> None:
    before = recommendation("GPs should attend.", "Recommendations")
    after = address(before)
    assert address(after) == after
    assert (after.id, after.text, after.heading) == (before.id, before.text, before.heading)


def test_every_succession_leads_to_a_kind_of_the_file() -> None:
    words = lexicon()
    kinds = {known.kind for names in words.phrases.values() for _, known in names}
    assert set(words.present.values()) <= kinds
    assert words.present["health-authority"] == "commissioners"


PIECES = st.sampled_from(
    [
        "The",
        "the",
        "LSCB",
        "Board",
        "police",
        "and",
        "of",
        ",",
        "should",
        "recommend",
        "that",
        "to",
        "review",
        "by",
        "be",
        "(",
        ")",
        ":",
        "•",
        "\n\n",
        "\n",
        "We",
        "Wexmoor",
        "’s",
        "Children’s Services",
        "GPs",
        "all",
        "is",
        "agreed",
        "S.A.",
        "Director",
        "for",
        "in",
        "Post Office",
        "health",
        "urge",
        "",
        "4.2",
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map(" ".join))


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.lists(TEXTS, max_size=3))
def test_a_name_stands_in_the_text_or_a_heading(text: str, heading: list[str]) -> None:
    sources = [" ".join(fold(source).split()) for source in (text, *heading)]
    for agency in address(recommendation(text, *heading)).agencies:
        assert agency.name
        assert any(agency.name in source for source in sources)


def test_the_user_names_agencies_that_nobody_knows() -> None:
    text = "Lantern Row should log each visit."
    heading = ("Recommendations", "Lantern Row")
    assert not is_agency_heading("Lantern Row")
    with own_names((("Lantern Row", "housing"), ("Quay Friends", ""))):
        assert is_agency_heading("Lantern Row")
        assert address(recommendation(text)).agencies == (Agency("Lantern Row", "housing"),)
        assert names("Visits are logged.", *heading) == ["Lantern Row"]
        assert address(recommendation("Quay Friends should meet.")).agencies == (Agency("Quay Friends", ""),)
    assert not is_agency_heading("Lantern Row")
    assert agency_kind("Lantern Row") == ""


def test_torn_words_name_nobody() -> None:
    assert names("Each result is to be reviewed by a should officer.") == []
