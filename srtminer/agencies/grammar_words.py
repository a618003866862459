"""The small words of grammar that the rules look for."""

# One word a line would take 400 lines.
# fmt: off

PARTICLES = frozenset({
    "after", "although", "and", "any", "are", "as", "at", "because", "before", "but", "by", "during",
    "each", "following", "for", "from", "given", "has", "have", "how", "however", "if", "in", "into", "is",
    "it", "its", "no", "not", "of", "on", "or", "our", "since", "so", "some", "such", "that", "their",
    "then", "there", "these", "they", "this", "those", "through", "to", "under", "until", "what", "when",
    "where", "which", "while", "who", "whom", "whose", "why", "will", "with", "within", "without",
})
"""Words that are never part of a name, whatever their first letter."""

ARTICLES = frozenset({"a", "an", "the"})

OF = frozenset({"for", "of"})

PLACE = frozenset({"across", "at", "in", "within"})

JOINS = frozenset({"&", ",", "/", "and", "or"})

MODALS = frozenset({"must", "ought", "shall", "should"})

BE = frozenset({"are", "be", "is"})

PAST = frozenset({"did", "had", "has", "have", "was", "were", "will"})

PREPOSITIONS = frozenset({
    "about", "across", "after", "against", "among", "amongst", "at", "before", "between", "by",
    "concerning", "during", "for", "from", "in", "including", "into", "like", "of", "on", "over", "per",
    "regarding", "through", "to", "towards", "under", "via", "with", "within", "without",
})

SUBORDINATORS = frozenset({
    "although", "and", "as", "because", "but", "how", "if", "nor", "or", "since", "than", "that", "though",
    "unless", "until", "what", "when", "where", "whether", "which", "while", "who", "whom", "whose", "why",
})

ASKED = frozenset({
    "asked", "directed", "encouraged", "expected", "invited", "recommended", "reminded", "requested",
    "required", "urged",
})
"""Participles of "is asked to"."""

IRREGULAR = frozenset({
    "become", "been", "begun", "brought", "built", "come", "done", "drawn", "found", "given", "gone", "had",
    "held", "kept", "known", "led", "left", "made", "met", "put", "seen", "sent", "set", "shown", "sought",
    "taken", "taught", "told", "understood", "used", "written",
})

ADVERBS = frozenset({"all", "also", "each", "now", "therefore"})

BASE_VERBS = frozenset({
    "address", "adopt", "agree", "alert", "align", "allocate", "amend", "analyse", "apply", "appoint",
    "approve", "arrange", "assess", "assign", "assure", "audit", "begin", "brief", "bring", "build",
    "capture", "carry", "change", "circulate", "clarify", "collaborate", "collect", "commission",
    "communicate", "compile", "complete", "conduct", "confirm", "consider", "consolidate", "consult",
    "continue", "convene", "coordinate", "create", "define", "deliver", "design", "develop", "devise",
    "direct", "disclose", "discuss", "disseminate", "distribute", "document", "draw", "emphasise",
    "encourage", "enforce", "engage", "enhance", "ensure", "equip", "escalate", "establish", "evaluate",
    "examine", "expand", "explain", "explore", "extend", "facilitate", "focus", "formalise", "forward",
    "fund", "give", "help", "hold", "identify", "implement", "improve", "include", "incorporate", "inform",
    "inspect", "install", "instruct", "integrate", "introduce", "investigate", "invite", "issue", "keep",
    "launch", "lead", "learn", "maintain", "make", "mandate", "map", "meet", "minimise", "modify",
    "monitor", "notify", "obtain", "offer", "operate", "participate", "permit", "pilot", "place", "prepare",
    "press", "prevent", "prioritise", "produce", "promote", "protect", "provide", "publish", "put", "raise",
    "realign", "recognise", "reconsider", "record", "reduce", "refer", "refresh", "reinforce", "reiterate",
    "remind", "remove", "replace", "report", "request", "require", "resolve", "respond", "restrict",
    "review", "revise", "run", "satisfy", "scope", "scrutinise", "secure", "seek", "set", "share",
    "specify", "standardise", "stop", "strengthen", "submit", "supply", "support", "take", "test", "track",
    "train", "undertake", "update", "upgrade", "urge", "use", "verify", "work", "write",
})
"""What must follow a proper name that the data file does not know."""

RECOMMEND = frozenset({"recommend", "recommended", "recommending"})

URGE = frozenset({
    "advise", "advised", "ask", "asked", "call", "encourage", "encouraged", "expect", "invite", "invited",
    "request", "requested", "urge", "urged",
})
"""What asks as plainly as "recommend", if the review itself speaks."""

SPEAKERS = frozenset({
    "author", "board", "commission", "committee", "coroner", "i", "inquiry", "it", "panel", "review",
    "reviewer", "we",
})
"""Who recommends and urges in a review's own voice, as the comparable word."""
