"""Make the dense store: about 1,100 invented child-protection recommendations of invented boards.

`clauses.txt` says who does what, `topics.txt` what may be trained, audited or written down; each line has
several wordings, of which only some come up for each board. Every request has near misses: the same clause
trained or audited, the same act for another matter. Run `python -m tests.retrieval.make_store` to write it.
"""

import json
import random
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
BOARDS = (
    *("Aldermoor", "Brackenshire", "Corrindale", "Dunwater", "Eskerby", "Fenwold", "Garrowdale", "Harmoor"),
    *("Inchley", "Kestonshire", "Lunebridge", "Marrick", "Nethercombe", "Ostershire", "Pellgate", "Quarrow"),
)
DO = (
    "{S} should {v}.",
    "The Board should seek assurance that {s} {v}.",
    "{B} LSCB to ensure that {s} {v}.",
    "It is recommended that {s} {v}, and that compliance is reported to the {B} Partnership.",
    "Agencies in {B} must make sure that {s} {v}.",
    "{S} must {v}. The outcome should be reported to the Board within six months.",
    "That the {B} Safeguarding Partnership asks its members to confirm that {s} {v}.",
    "As was seen in this case, it matters that {s} {v}; steps should be taken to see that this happens.",
)
AUDIT = (
    "The {B} Safeguarding Children Board should audit whether {s} {v}.",
    "A dip sample of twenty cases is to be drawn in {B} to test whether {s} {v}.",
    "Quality assurance in {B} should include an annual audit of how often {s} {v}.",
)
TRAIN = (
    "Training should be provided in {B} so that {s} {v}.",
    "{B} LSCB to commission a course which helps {s} to {v}.",
)
POLICY = (
    "{B} procedures should be amended to require that {s} {v}.",
    "Written guidance for {B} should set out how {s} {v}.",
)
ACTS = {
    "train": (
        "All front-line staff in {B} should receive training on {n}.",
        "{B} LSCB to commission multi-agency courses about {n}.",
        "The Training Sub-Group should make sure that {n} is covered in the core programme.",
        "Workshops on {n} are to be run for practitioners by the {B} Partnership.",
        "Learning and development plans of all agencies should include {n}.",
    ),
    "audit": (
        "The Board should carry out a multi-agency audit of {n}.",
        "A themed audit of {n} is to be undertaken in {B} and its findings reported.",
        "{B} Safeguarding Children Partnership to examine by case file audit how well agencies deal "
        "with {n}.",
        "Each agency in {B} should test its own practice on {n} by an audit and report the result.",
    ),
    "protocol": (
        "{B} LSCB should produce a multi-agency protocol on {n}.",
        "Written guidance on {n} is to be drawn up and issued to staff in {B}.",
        "A joint procedure for {n} should be agreed by all partners.",
        "Policies on {n} need to be put in place by each agency of the {B} Partnership.",
    ),
    "review": (
        "The Board should review arrangements for {n}.",
        "{B} Council and its partners to look again at how {n} works in practice.",
        "Existing policy in {B} on {n} should be revised in the light of this review.",
        "A review of {n} should be completed by the {B} Partnership by the end of the year.",
    ),
    "strategy": (
        "{B} Safeguarding Children Board should develop a multi-agency strategy for {n}.",
        "A strategic plan to tackle {n} is to be adopted by partners in {B}.",
        "The Partnership should make {n} one of its priorities and publish a strategy.",
    ),
    "tool": (
        "A common tool should be introduced in {B} to help practitioners with {n}.",
        "{B} partners to adopt a single assessment tool for {n}.",
        "Practitioners in {B} need a checklist that helps them with {n}.",
    ),
    "leaflet": (
        "{B} LSCB should publish a leaflet for parents about {n}.",
        "Written information on {n} is to be given to families in {B}.",
        "Parents in {B} should be offered clear advice about {n}.",
    ),
    "campaign": (
        "The Board should run a public awareness campaign on {n}.",
        "{B} Partnership to raise awareness in the community of {n}.",
        "Messages about {n} should be promoted through newsletters and events in {B}.",
    ),
    "data": (
        "Data about {n} should be collected and reported to the Board every quarter.",
        "The {B} scorecard is to include figures on {n}.",
        "The Director of Children's Services in {B} should report to the Board on {n}.",
    ),
    "commission": (
        "Commissioners in {B} should fund a service for {n}.",
        "The Clinical Commissioning Group is to review whether enough is provided in {B} for {n}.",
        "A specialist service for {n} should be available to all families in {B}.",
    ),
    "form": (
        "The multi-agency form used for {n} in {B} should be revised.",
        "A single form is to be introduced for {n}.",
    ),
    "conference": (
        "{B} LSCB should hold a conference for practitioners about {n}.",
        "A learning event on {n} is to take place in {B} within the year.",
    ),
}
TAILS = (
    *("", "", "", "", " This should be completed within six months."),
    *(" Progress is to be reported to the Executive.", " The Chair will write to agencies to this effect."),
)


def _lines(name: str) -> Iterator[list[list[str]]]:
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        yield [[piece.strip() for piece in part.split(";")] for part in line.split("|")]


def _clauses(draw: random.Random) -> Iterator[tuple[str, str]]:
    for number, (subjects, verbs) in enumerate(_lines("clauses.txt")):
        frames = [("do", frame) for frame in draw.sample(DO, 5)]
        frames += [("audit", draw.choice(AUDIT)), ("train", draw.choice(TRAIN)), ("do", draw.choice(POLICY))]
        for act, frame in frames:
            subject = draw.choice(subjects)
            upper = subject[0].upper() + subject[1:]
            text = frame.format(S=upper, s=subject, v=draw.choice(verbs), B=draw.choice(BOARDS))
            yield text, f"clause {number} {act}"


def _topics(draw: random.Random) -> Iterator[tuple[str, str]]:
    for number, (names, (acts,)) in enumerate(_lines("topics.txt")):
        for act in acts.split():
            for frame in draw.sample(ACTS[act], min(3, len(ACTS[act]))):
                text = frame.format(n=draw.choice(names), B=draw.choice(BOARDS)) + draw.choice(TAILS)
                yield text, f"topic {number} {act}"


def store() -> list[dict[str, str]]:
    """Give the recommendations, shuffled, so that neighbours say nothing; `source` is line and act."""
    draw = random.Random(20261130)
    of = dict((*_clauses(draw), *_topics(draw)))
    texts = sorted(of)
    draw.shuffle(texts)
    return [{"id": f"s{n:04}", "source": of[text], "text": text} for n, text in enumerate(texts)]


if __name__ == "__main__":
    rows = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in store())
    (HERE / "store.jsonl").write_text(rows, encoding="utf-8")
