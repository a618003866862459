"""What recommendations, and talk about recommendations, look like in words. Patterns only.

Every pattern is linear: bounded repeats, no nested quantifiers.
"""

import re

_I = re.IGNORECASE

_CHAPTER = r"^(?:(?:chapter|part|volume|section|appendix|annex) [\w.]{1,6} ?[:.–—-] ?)?"
_CHANGE = (
    r"what (?:needs|has) to change|what (?:must|should) change"
    r"|what (?:we|i|the [\w’'-]{3,20}) recommends?|calls? (?:to|for) action"
    r"|what do(?:es)? the [\w’' -]{3,40} need to do to improve"
)
_KIND_OF_ACTION = (
    r"(?:immediate|essential|urgent|priority|remedial|corrective|recommended|required|key|agreed|joint"
    r"|proposed|multi-agency|local)"
)
_ACTIONS = rf"{_KIND_OF_ACTION}(?: (?:and|or|&) {_KIND_OF_ACTION})? actions?"
OPENS = re.compile(
    r"\brecommendations?\b|\bactions? (?:for|by) the\b|\bactions? (?:required|should be taken)\b"
    rf"|\b(?:{_CHANGE})\b|{_CHAPTER}{_ACTIONS}(?: (?:for|by)\b|$)"
    r"|^(?:(?:agreed|multi-agency|joint|proposed|key) )?(?:actions|action points?|action plan)$"
    r"|^actions? (?:for|needed)\b|^proposals\b|^areas? for improvement\b"
    r"|^(?:required|necessary) (?:changes|improvements)\b|^(?:changes|improvements) (?:required|needed)\b",
    _I,
)
"""Headings below which recommendations are expected."""

PURE = re.compile(
    rf"{_CHAPTER}(?:"
    r"(?:(?:list|summary|schedule) of )?(?:[\w’'&]+[\s/-]+){0,4}recommendations?[:.]?"
    r"|(?:[\w’'&]+[\s/-]+){0,4}recommendations? (?:for|to|linked|relating|in relation|about|regarding"
    r"|addressed|on|pursuant|under) .{1,140}"
    r"|recommendations? (?:of|from|by|in|made (?:in|by)) (?:the )?"
    r"(?:individual|internal|overview|single)\b.{1,60}"
    rf"|areas? for improvement|actions? should be taken|(?:{_CHANGE})(?: further)?\??|actions? (?:for"
    rf"|by) the .{{1,60}}|{_ACTIONS}(?: (?:for|by) .{{1,80}})?)",
    _I,
)
"""A heading that announces nothing but recommendations."""

MIXED = re.compile(
    r"\b(?:conclusions?|concerns?|findings?|lessons?|learning|issues|analysis|discussion|matters|strengths"
    r"|deficiencies)\b"
    r".{0,40}\brecommendations?\b",
    _I,
)
"""A heading over a chapter that argues before it recommends."""

FOREIGN = re.compile(
    r"\b(?:previous|earlier|past|prior|other|interim|former)\b.{0,40}\brecommendations?\b"
    r"|\brecommendations?\b.{0,30}\b(?:from|of|in) (?:previous|earlier|other|past|the (?:interim|\d{4}))\b"
    r"|\b(?:progress|implementation|implementing|response|responses|status|monitoring|follow(?:ing)?[- ]up"
    r"|terms of reference|previously"
    r"|contents|reply|replies|track(?:ing|er)|review of|panel|process)\b.{0,30}\brecommendations?\b"
    r"|\bwatch ?list\b"
    r"|\brecommendations?\b.{0,30}\b(?:response|progress|process|monitoring|implement\w*|reissued"
    r"|closed|completed|follow\w*[- ]up)\b"
    r"|\brecommendations? (?:of|from|by) (?!.{0,60}\b(?:reviews?|report|panel|inquiry)\b).{3,60}"
    r"\b(?:19|20)\d\d\)?$"
    r"|\brecommendations? (?:from|of) reviews\b|\bno recommendations\b|\bcompleted\b|\b(?:done|taken"
    r"|made) already\b|\balready (?:been )?(?:done|taken|made)\b"
    r"|^(?:\w+ )?questions\b"
    r"|\bearlier (?:reviews?|reports?|inspections?)\b|\bsince our last\b|\bcomments?$"
    r"|\bterms of reference\b|\bprevious(?:ly)? (?:reviews?|issued)\b|\bother reviews\b"
    r"|\bactions? (?:that (?:was|were) )?(?:already |since )?taken\b"
    r"|\bproactive\b|\bnotice (?:of|given)\b|^(?:response|reply|submission)s? (?:by|of|from)\b",
    _I,
)
"""Headings over somebody else's recommendations, or over talk about recommendations."""

MODAL = re.compile(
    r"\b(?:should|must|shall|ought to|needs? to|is to|are to|is required to|are required to)\b"
    r"(?! (?:not )?(?:also )?have\b)",
    _I,
)
WILL = re.compile(r"\bwill (?!(?:not )?(?:be|have)\b)", _I)
"""Why: "The LSCB will ensure …" in a list of recommendations; elsewhere it only tells."""

PERFORMATIVE = re.compile(
    r"\b(?:recommends?|recommended|urge[sd]?|call(?:s|ed)? (?:up)?on|invites?|encourages?|propose[sd]?"
    r"|advises?"
    r"|asks?|requests?|seeks? (?:an? )?assurances?)\b",
    _I,
)
DECLINES = re.compile(
    r"\b(?:asked (?:whether|if|why)|(?:do|does|did) not (?:\w+ )?recommend)\b[^.]{0,300}", _I
)
"""Why: "We were asked whether a guard should ride along. We do not recommend that now." asks for nothing."""

WISH = re.compile(r"^(?:that(?! (?:was|were|had|has|did|would|could)\b)|to)\s+\w+", _I)
"""Why: "That a meeting is held before …", "To review the training of …"."""

IMPERATIVE = re.compile(
    r"^(?:[“\"‘']?)(?:accelerate|adopt|agree|amend|arrange|assess|audit|build|carry out|circulate"
    r"|clarify|commission|complete"
    r"|conduct|consider|consult|convene|create|define|deliver|design|develop|disseminate|draw up|embed"
    r"|emphasise|enable"
    r"|encourage|enhance|ensure|establish|evaluate|examine|explore|extend|find|formalise|give"
    r"|highlight|identify"
    r"|implement|improve|include|increase|inform|introduce|issue|make|monitor|obtain|offer|prepare"
    r"|produce|promote"
    r"|provide|publish|raise|reaffirm|reduce|refresh|re-?issue|reinforce|remind|report|require|review"
    r"|revise|revisit|seek"
    r"|set up|share|simplify|strengthen|support|take steps|test|train|undertake|update|use|work with)\b",
    _I,
)
TO_VERB = re.compile(
    r"^(?:[A-Z][\w’'.&,/()-]*|and|of|the|for|in|a|with|all)(?:\s+(?:[A-Z(][\w’'.&,/()-]*|and|of|the"
    r"|for|in|services?|teams?|agenc(?:y|ies)"
    r"|practices?|partners?|professionals?|schools?|staff|commissioners|providers|managers|board"
    r"|safeguarding)){0,14}"
    r"\s+to\s+(?!the\b|a\b|an\b|be\b|which\b|whom\b)\w+",
)
"""Why: "The duty team to update its procedure": an addressee and an infinitive."""

INFINITIVE = re.compile(
    r"^[A-Z][^\s]{0,30}(?: [\w’'/&(),-]{1,30}){0,13}? to "
    r"(?!the\b|a\b|an\b|which\b|whom\b|his\b|her\b|their\b)[a-z]"
)
FINITE = re.compile(
    r"\b(?:was|were|had|has|have|is|are|did|does|do|went|came|said|told|felt|began|wrote|made|took|gave|led"
    r"|left|saw|rang|met|knew|thought|seems?|needs?|wants?|it|this|that|there|he|she|they|we|I"
    r"|(?!named|designated|registered|integrated|accredited)\w{2,20}ed)\b"
)

PASSIVE_NEED = re.compile(
    r"(?<!will )\b(?:is|are|be) (?:agreed|reviewed|undertaken|established|developed|implemented"
    r"|introduced|updated|revised|held|amended"
    r"|strengthened|provided|shared|used|continued|put in place|carried out|followed|accessed"
    r"|re-?emphasised|made available)\b",
    _I,
)
"""Why: "A shared template is agreed and introduced by …": the wish in the present passive."""

ABOUT = re.compile(
    r"\b(?:the|these|those|this|all|following|its|our|their|my|such|each|any|no|of|both|\d+|two|three"
    r"|four|five|six|seven|eight"
    r"|nine|ten|main|key|above|several|further|specific|additional|safety|final|make|makes|made|making|issue|agency"
    r"|overview|agencies’?) "
    r"recommendations?\b.{0,90}?\b(?:are|is|were|was|have|has|had|may|can|will|should be|must be"
    r"|need to be|arise|arising"
    r"|relate|set out|follow|made|address|been|to any|reflect)\b"
    r"|\bmay (?:issue|make)\b.{0,40}\brecommendations\b|^recommendations (?:are|have|were|made|for|to"
    r"|in|from)\b"
    r"|\bno (?:formal |further |specific |new )?recommendations\b"
    r"|\bthe following (?:recommendations?|actions?)\b|\brecommend(?:s"
    r"|ed)? the following\b(?!.{0,60}\w{4,} \w+ \w+:)"
    r"|\brecommendations (?:should|shall|must|will|are|were)\b|\b(?:makes?|propos(?:e|es|ed|ing)) "
    r".{0,40}recommendations?\b"
    r"|\baction plan\b.{0,60}\b(?:publish|monitor|accompan|set out|drawn up|attached|has been)\w*"
    r"|\b(?:publish|monitor)\w* .{0,40}\baction plan\b|^progress (?:with|on|against|should|will)\b"
    r"|\baction should be taken to prevent\b|\bmake recommendations\b|\b(?:monitor|implement|accept"
    r"|respond to|review progress against)\w* .{0,30}\brecommendations\b",
    _I,
)
"""Sentences that talk about recommendations instead of making one."""

REPLY = re.compile(
    r"^[^.:]{3,90}\b(?:replied|responded|answered)\b[^.:]{0,60}:|"
    r"\b(?:replied|responded|response|reply|answered|wrote|commented)\b[^.]{0,60}:$"
    r"|\b(?:has |have |had )?(?:fully |partially )?(?:accepts?|accepted|rejected|noted|agreed (?:with"
    r"|to)) (?:the|this|these|that)"
    r" (?:safety )?recommendations?\b"
    r"|^in (?:its|their|written|official|formal)(?: \w+){0,2} (?:responses?|comments|reply)\b"
    r"|^(?:response|reply|comment|government response|(?:agency|board|trust|council) response|progress"
    r"|update|action taken"
    r"|status)\s*[:–-]",
    _I,
)
"""Where the addressee's answer begins; it runs on below until something new is numbered or recommended."""

OPERATIVE = re.compile(
    r"^(?:on \d{1,2} \w{3,9} \d{4},? )?(?:it is (?:therefore )?(?:further |also )?recommended (?:that|to)\b"
    r"|(?:the|this)(?: [A-Z][\w’'-]+){0,6} (?:has )?(?:therefore |also |further )*(?:recommends"
    r"|recommended)\b)"
    r"|\bthe Commission recommends\b",
    _I,
)
"""Why: "On 4 June 2019 the Office recommended that the harbourmaster …" after the finding it answers."""

_OURS = (
    r"\bis (?:my|our) (?:[\w-]+ )?recommendation that\b"
    r"|^(?:my|our) (?:[\w-]+ )?recommendation is (?:that|to)\b"
)
FIRST_PERSON = re.compile(
    rf"{_OURS}|(?<!which )(?<!that )\b(?:we|I)(?: also| further| therefore| strongly| would)*"
    r" (?:recommend(?! \()|urge|call (?:up)?on|ask that|propose that)\b"
    r"|\b(?:is|are) (?:also |therefore )?(?:asked|invited|urged|requested|recommended) to\b"
    r"|\b(?:it is|this review|the review|the reviewers?|the panel|the overview author|the author"
    r"|the serious case review)"
    r"(?: also| further| therefore| strongly)* (?:recommended|recommends?|asks?)\b(?: further"
    r"| in addition)?(?: that| to|:)"
    r"|^(?:finally, )?on \d{1,2} \w{3,9} \d{4},? the [\w’' -]{2,60} recommended that\b"
    r"|^(?:(?:finally|therefore|accordingly|consequently), )?the(?: (?-i:[A-Z])[\w’'-]+){1,6} "
    r"(?:therefore |also |further )*recommends(?: in addition| further| also)? that\b"
    r"|\bconsiderations? (?:should|must|ought to) be given to\b|\bit should be considered (?:that|whether)\b",
    _I,
)
"""A recommendation made in the running text by the review itself."""

IMPERSONAL_PAST = re.compile(
    r"\bit (?:was|is) (?:(?!not |never )[\w’-]+ ){0,2}recommended that\b(?! (?:he|she|they)\b)", _I
)
TOLD = re.compile(
    r"\b(?:in|after|since|of) (?:\w+ ){0,3}(?:19|20)\d\d\b.{0,40}\b(?:was|were|we|had) recommended\b"
    r"|\b(?:previously|earlier|already) recommended\b"
    r"|\bin (?:a|an|its|our|my) (?:previous|earlier|interim|last)\b.{0,60}\brecommended\b",
    _I,
)
"""Why: "After an accident in 2013 it was recommended that …" tells of another report's recommendation."""

ITSELF = re.compile(rf"\b(?:intent|purpose|aim) of this (?:safety )?recommendation is\b|{_OURS}", _I)
"""Why: "It is our recommendation that …"; and some investigators open each recommendation with "The intent
of this recommendation is to …"."""

NARRATES = re.compile(r"^(?:I|we) (?:am|are|have|had|hope|trust|thank|wish to|would like to)\b", _I)
"""Why: "I am grateful to all who gave evidence." closes a list of recommendations under the next number."""

RESPONSE = re.compile(
    r"\bresponse (?:of|by|from) .{3,90}\bto\b.{0,90}\b(?:review|report|inquiry|recommendations)\b"
    r"|\b(?:government|trust|board|council|partnership|department|agency)(?:[’']s)? response to\b.{0,90}"
    r"\b(?:review|report|inquiry|recommendations)\b",
    _I,
)
"""Titles of documents that answer recommendations."""

ENDS = re.compile(
    r"^(?:\d[\d.]*\s+)?(?:key |emerging |wider )?(?:learning(?: points?)?"
    r"|lessons?(?: (?:learnt|learned|to be learn\w+))?"
    r"|safety (?:observations?|actions?|messages?|advice|concerns?|advisory notices?)\b.{0,40}"
    r"|(?:areas of )?strengths|(?:good|effective) practice|next steps|background(?: information)?"
    r"|introduction|(?:key )?events|chronology|narrative|discussion|methodology|submissions|the facts"
    r"|(?:final )?decision|(?:[\w’'-]+ )?comments?|why\b.{0,60}|acknowledge?ments?)[:.]?$",
    _I,
)
"""Headings inside a list of recommendations below which something else stands."""

ASKS_AT_END = re.compile(
    r"\b(?:should|must|shall|needs? to|(?:is|are) (?:asked|invited|recommended|requested|urged) to"
    r"|recommends?(?: that)?"
    r"|(?<!It )(?<!It also )recommended(?: that)?)(?: also| then| therefore)?:$",
    _I,
)
"""A lead-in that asks: what is listed below are recommendations wherever it stands."""

TALK = re.compile(r"\brecommendations?\b|^the following\b", _I)
"""In a list of recommendations, a paragraph that asks for nothing and says this introduces the list."""

LISTS_WISHES = re.compile(
    r"\b(?:includ(?:e|es|ing)|are|were)\b.{0,40}\b(?:asking|urging|recommending|seeking)\b", _I
)
"""Why: "They include asking the board to seek assurances that …"."""

ANNOUNCES = re.compile(
    r"\bhere (?:are|is) (?:my|our|some|the)\b.{0,20}\brecommendations\b|\b(?:my"
    r"|our) (?:own )?recommendations (?:are|would be)\b"
    r"|\b(?:identified|agreed|proposes?|suggests?) the following (?:\w+ ){0,2}(?:actions"
    r"|recommendations|improvements)\b|"
    r"\b(?:I|we) (?:have|make|would make|offer|suggest)\b.{0,20}\brecommendations\b"
    r"|\bfollowing (?:\w+ ){0,2}recommendations (?:are|were|is|have been)\b(?: made)?"
    r"|\b(?:makes?|made|making) the following (?:\w+ ){0,2}recommendations\b"
    r"|\b(?:we|I|the review|the panel) (?:therefore )?recommends?(?: that)?:$"
    r"|\bI (?:would |therefore )*(?:ask|request|invite|urge)(?: that)? you (?:to )?(?:consider|address|take)"
    r" the following\b[^.]{0,40}:$",
    _I,
)
"""A sentence that announces a list of recommendations without a heading."""

LABELLED = re.compile(
    r"^(?:safety |key |national |local |multi-agency |single agency |overarching |policy |strategic "
    r"|thematic |practice |specific |general |panel |priority |further |overview |additional )?"
    r"(?:recommendation|rec\.?)\s?(?:no\.? ?)?\w"
    r"|^(?:essential|immediate|urgent) action \w",
    _I,
)
"""A printed label that numbers a recommendation: "Recommendation 3", "Safety recommendation 2"."""

LABELLED_IN_WORDS = re.compile(
    r"recommendation (?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?:[:.]|$)", _I
)

ANSWERS = re.compile(
    r"^(?:our )?recommendations?(?P<whom> (?:for|to) [\w’',& -]{2,60})?\s?[:–-]\s*(?=[A-Z“])", _I
)
"""What opens the recommendation below a committee's conclusion, or "Recommendation for the Board: …"."""

CODED = re.compile(r"R[\s/]?\d{1,4}(?:[./]\d{1,4})?(?:-\d{1,3})?[a-z]?")
"""Why: "R7", "R3.2-1" in front of a recommendation."""

BARE_LEAD_IN = re.compile(
    r"\b(?:should|must|shall|will|needs? to|(?:is|are) (?:also )?(?:asked|invited|recommended"
    r"|requested|urged|expected) to"
    r"|recommends?(?: that)?|recommended(?: that)?)(?: also| then| therefore)?:$"
    r"|\b(?:following|these|below)(?: [\w’'-]+){0,4} (?:recommendations?|actions?|steps)\b[^.]{0,120}:$"
    r"|\brecommend(?:s|ed)?(?: that)?(?: [\w’',-]+){1,6}:$|^recommendations?\b.{0,80}:$",
    _I,
)
"""A line that opens a list and asks for nothing itself."""

GOES_ON = re.compile(r"^(?:this|these|it|they|such|in doing so|the [\w ]{3,30} should then)\b", _I)
"""Why: a recommendation's second paragraph, "This should include a check that …"."""

THAT_FOLLOWS = re.compile(r"\brecommends?(?: further)? that$", _I)
"""Why: "Therefore, the Board recommends that" stands above what it recommends, without a colon."""

KEY_VALUE = re.compile(
    r"^(?:(?:anticipated|intended|expected|desired) (?:outcomes?|impact)|outcomes?|rationale|evidence"
    r"|timescales?|by when"
    r"|lead(?: (?:agency|officer|person))?|owner|responsib\w+|target date|date|status|progress"
    r"|response|success measures?)\s*[:–-]",
    _I,
)
"""Why: "Anticipated outcome: …" stands below each recommendation of some templates."""

TAG = re.compile(r"\((?:[^()]{0,60}?\b)?(recommendation|conclusion)s?\b[^()]{0,40}\)\s*$", _I)
"""Why: committees close each paragraph of their list with "(Recommendation, Paragraph 17)"."""

TAG_IN_FRONT = re.compile(r"[\[(](recommendation|conclusion)[\])]", _I)
"""Why: others open it with "(Recommendation)"."""

SUBHEADING_ENDS = re.compile(
    r"^(?:rationale|why|evidence|intended outcomes?|outcomes?|expected outcomes?|success|measures?"
    r"|how will|lead\b|timescale"
    r"|response|progress|commentary|background|context|reason|status|action taken|what we found"
    r"|what happened)",
    _I,
)
"""Sub-headings inside a recommendation's block after which it is no longer the recommendation."""

SAYS_NONE = re.compile(
    r"\bno (?:formal |further |specific |new |separate |additional "
    r"|multi-agency )*recommendations (?:were|are|have been|has been|arose"
    r"|arise|arising|for|to make)\b|\b(?:does|do|did|has|have) not (?:make|made"
    r"|making)(?: any)? (?:\w+ )?recommendations\b"
    r"|\bmakes? no (?:\w+ ){0,2}recommendations\b|\bthere are no (?:\w+ ){0,2}recommendations\b"
    r"|\bwithout (?:making )?(?:any )?recommendations\b"
    r"|\bnot (?:considered )?necessary to make (?:any )?(?:\w+ )?recommendations\b",
    _I,
)
"""A review that says that it recommends nothing."""
