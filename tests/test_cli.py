"""The commands, through real processes where the exit code of a process is what matters."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from srtminer.__main__ import main
from srtminer.cli import ingest as ingest_command
from srtminer.cli import listings
from srtminer.store import Store
from tests.invented_reviews import NEWSPAPER, OVERVIEW_P, SUMMARY_Q
from tests.stores import Call, Ended

NO_STORE = "error: no store at "

ONE = """\
Eastmere Safeguarding Children Board

Serious Case Review

Child R

2012

Recommendations

1. Eastmere Police should tell schools about every incident of domestic abuse.
"""


def srtminer(folder: Path, *arguments: str, stdin: str = "") -> Ended:
    environment = {
        key: value for key, value in os.environ.items() if key not in ("SRTMINER_STORE", "COLUMNS")
    }
    done = subprocess.run(
        [sys.executable, "-m", "srtminer", *arguments],
        cwd=folder,
        env=environment,
        input=stdin.encode(),
        capture_output=True,
        timeout=60,
        check=False,
    )
    return Ended(done.returncode, done.stdout.decode(), done.stderr.decode())


def put(folder: Path, **texts: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def encrypted_pdf(path: Path) -> None:
    canvas = Canvas(str(path), encrypt=StandardEncryption("user", "owner", canPrint=0))
    canvas.drawString(72, 720, "Recommendations")
    canvas.save()


def errors(ended: Ended) -> list[str]:
    return [line for line in ended.err.splitlines() if line.startswith("error: ")]


# From a folder to results


def test_from_files_to_themes(call: Call, tmp_path: Path) -> None:
    put(tmp_path / "reviews", p=OVERVIEW_P, q=SUMMARY_Q, news=NEWSPAPER)

    ingested = call("ingest", "reviews", "--format", "json")
    assert ingested.code == 0
    summary = json.loads(ingested.out)
    assert list(summary) == ["schema", "generator", "ingested", "unchanged", "skipped"]
    assert summary["schema"] == "srtminer.ingest/1"
    assert [(entry["source"], entry["recommendations"]) for entry in summary["ingested"]] == [
        ("reviews/news.txt", 0),
        ("reviews/p.txt", 3),
        ("reviews/q.txt", 2),
    ]
    assert summary["ingested"][0]["why_none"]

    again = json.loads(call("ingest", "reviews", "--format", "json").out)
    assert again["ingested"] == []
    assert [entry["source"] for entry in again["unchanged"]] == [
        entry["source"] for entry in summary["ingested"]
    ]

    listed = json.loads(call("reviews", "--format", "json").out)
    assert listed["schema"] == "srtminer.reviews/1"
    assert sorted(entry["recommendations"] for entry in listed["reviews"]) == [0, 2, 3]

    found = json.loads(call("recommendations", "--where", "source=q.txt", "--format", "json").out)
    assert found["schema"] == "srtminer.recommendations/1"
    assert [entry["text"] for entry in found["recommendations"]] == [
        "Saltby Police should share information about domestic abuse with schools before they are asked.",
        "Saltby Primary Care Trust should train all health visitors in seeing the child alone.",
    ]

    themes = call("themes", "--format", "json")
    assert themes.code == 0
    table = json.loads(themes.out)
    assert list(table) == ["schema", "generator", "of", "method", "corpus", "themes", "unthemed"]
    assert (table["corpus"]["reviews"], table["corpus"]["recommendations"]) == (3, 5)
    members = [member["id"] for theme in table["themes"] for member in theme["members"]]
    unthemed = [member["id"] for member in table["unthemed"]]
    assert len({*members, *unthemed}) == len(members) + len(unthemed) == 5


def test_the_members_of_a_theme_and_what_fits_none(call: Call, tmp_path: Path) -> None:
    call("ingest", str(put(tmp_path / "reviews", p=OVERVIEW_P, q=SUMMARY_Q)))
    table = json.loads(call("themes", "--themes", "2", "--format", "json").out)
    first = table["themes"][0]
    for wanted in ("1", first["id"]):
        shown = json.loads(call("themes", "--themes", "2", "--theme", wanted, "--format", "json").out)
        assert shown["schema"] == "srtminer.theme/1"
        assert [member["id"] for member in shown["theme"]["members"]] == [
            member["id"] for member in first["members"]
        ]
        assert all(member["text"] for member in shown["theme"]["members"])
    unthemed = json.loads(call("themes", "--themes", "2", "--theme", "none", "--format", "json").out)
    assert [entry["id"] for entry in unthemed["recommendations"]] == [
        entry["id"] for entry in table["unthemed"]
    ]
    wrong = call("themes", "--themes", "2", "--theme", "99")
    assert wrong.code == 2
    assert errors(wrong) == [
        f"error: no theme '99'; they are numbered 1 to {len(table['themes'])}; "
        "see `srtminer themes` with the same options"
    ]


def test_compare(call: Call, tmp_path: Path) -> None:
    call("ingest", str(put(tmp_path / "reviews", p=OVERVIEW_P, q=SUMMARY_Q)))
    groups = call("compare", "source=p.txt", "source=q.txt", "--format", "json")
    assert groups.code == 0
    compared = json.loads(groups.out)
    assert compared["schema"] == "srtminer.compare/1"
    nothing = {"reviews_without_recommendations": 0}
    assert compared["groups"] == [
        {"name": "source=p.txt", "reviews": 1, "recommendations": 3} | nothing,
        {"name": "source=q.txt", "reviews": 1, "recommendations": 2} | nothing,
    ]
    by_year = json.loads(call("compare", "--by", "year", "--format", "json").out)
    assert [group["name"] for group in by_year["groups"]] == ["2011–2012", "2013–2014"]
    nobody = call("compare", "source=p.txt", "source=nowhere.txt")
    assert nobody.code == 4
    assert errors(nobody)[0].startswith("error: no review is in the group source=nowhere.txt; known are ")


@pytest.mark.parametrize("count", [1, 2])
def test_few_recommendations(call: Call, tmp_path: Path, count: int) -> None:
    call("ingest", str(put(tmp_path / "reviews", only={1: ONE, 2: SUMMARY_Q}[count])))
    themes = call("themes", "--format", "json")
    assert (themes.code, errors(themes)) == (0, [])
    assert json.loads(themes.out)["corpus"]["recommendations"] == count
    assert call("compare", "--by", "agency").code == 0


def test_results_do_not_depend_on_the_order_of_the_files(call: Call, tmp_path: Path) -> None:
    put(tmp_path / "reviews", p=OVERVIEW_P, q=SUMMARY_Q, r=ONE, news=NEWSPAPER)
    files = [f"reviews/{name}.txt" for name in ("p", "q", "r", "news")]
    call("--store", "one.db", "ingest", *files)
    call("--store", "two.db", "ingest", *reversed(files))
    for command in ("reviews", "recommendations", "themes", "compare --repeats", "search should", "summary"):
        one = call("--store", "one.db", *command.split(), "--format", "json")
        two = call("--store", "two.db", *command.split(), "--format", "json")
        assert one.code == 0
        assert one.out == two.out
    for name in ("one", "two"):
        assert call("--store", f"{name}.db", "report", "--output", f"{name}.html").code == 0
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()


def test_paths_on_standard_input(tmp_path: Path) -> None:
    put(tmp_path / "reviews", p=OVERVIEW_P, q=SUMMARY_Q)
    done = srtminer(tmp_path, "ingest", "-", "--format", "json", stdin="reviews/q.txt\r\n\nreviews/p.txt\n")
    assert done.code == 0
    assert [entry["source"] for entry in json.loads(done.out)["ingested"]] == [
        "reviews/p.txt",
        "reviews/q.txt",
    ]


def test_no_paths_on_standard_input(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\n\r\n")))
    done = call("ingest", "-")
    assert done.code == 2
    assert errors(done) == [
        "error: no paths on standard input; give one path per line, or name files instead of -"
    ]


# What goes wrong


def test_a_missing_store(call: Call, tmp_path: Path) -> None:
    for command in ("reviews", "recommendations", "themes", "compare --by year"):
        done = call(*command.split())
        assert (done.code, done.out) == (5, "")
        assert done.err.startswith(NO_STORE)
        assert done.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []
    assert srtminer(tmp_path, "themes") == done


def test_no_recommendations_and_an_empty_store(call: Call, tmp_path: Path) -> None:
    missing = call("ingest", "nowhere.pdf")
    assert missing.code == 3
    assert "nowhere.pdf: no such file" in missing.out
    assert len(errors(missing)) == 1
    assert not (tmp_path / "srtminer.db").exists()
    with Store.open(tmp_path / "srtminer.db", create=True):
        pass
    empty = call("themes")
    assert (empty.code, empty.out) == (4, "")
    assert empty.err == "error: the store srtminer.db is empty; add reviews with `srtminer ingest PATH`\n"
    assert call("ingest", str(put(tmp_path / "reviews", news=NEWSPAPER))).code == 0
    none = call("themes")
    assert (none.code, none.out) == (4, "")
    assert none.err == "error: no recommendations in 1 review; see `srtminer reviews`\n"
    reviews = call("reviews")
    assert reviews.code == 0
    assert "none: no heading or sentence" in reviews.out


def hazards(folder: Path) -> list[str]:
    folder.mkdir()
    (folder / "folder.pdf").mkdir()
    (folder / "empty.pdf").write_bytes(b"")
    encrypted_pdf(folder / "locked.pdf")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 8)
    (folder / "table.csv").write_text("review,reference\nChild P,1\n", encoding="utf-8")
    return [str(folder / name) for name in ("empty.pdf", "locked.pdf", "binary.txt", "table.csv", "gone.pdf")]


def test_files_that_cannot_be_read(call: Call, tmp_path: Path) -> None:
    put(tmp_path / "reviews", p=OVERVIEW_P)
    assert call("ingest", "reviews").code == 0
    before = call("recommendations", "--format", "json").out
    bad = hazards(tmp_path / "bad")

    alone = call("ingest", *bad, str(tmp_path / "bad" / "folder.pdf"), "--format", "json")
    assert alone.code == 3
    assert len(errors(alone)) == 1
    assert "Traceback" not in alone.err
    reasons = {entry["source"]: entry["reason"] for entry in json.loads(alone.out)["skipped"]}
    assert set(bad) <= set(reasons)
    assert all(reasons.values())
    assert "text" in reasons[bad[3]]

    among_good = call("ingest", *bad, "reviews")
    assert (among_good.code, errors(among_good)) == (0, [])
    strict = call("ingest", "--strict", *bad, "reviews")
    assert strict.code == 3
    assert len(errors(strict)) == 1
    assert call("recommendations", "--format", "json").out == before


def test_a_folder_without_permission(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0)
    if os.access(closed, os.R_OK):
        pytest.skip("root may read everything")
    put(tmp_path / "reviews", p=OVERVIEW_P)
    alone = srtminer(tmp_path, "ingest", "closed")
    among_good = srtminer(tmp_path, "ingest", "closed", "reviews")
    closed.chmod(0o700)
    assert alone.code == 3
    assert "closed: no permission to read it" in alone.out
    assert among_good.code == 0


def test_a_damaged_store(tmp_path: Path) -> None:
    (tmp_path / "srtminer.db").write_bytes(b"This is no database at all." * 200)
    done = srtminer(tmp_path, "themes")
    assert done.code == 5
    assert len(errors(done)) == len(done.err.splitlines()) == 1


def test_a_closed_pipe_is_no_error(call: Call, tmp_path: Path) -> None:
    call("ingest", str(put(tmp_path / "reviews", p=OVERVIEW_P)))
    for arguments in (["recommendations"], ["--help"]):
        reader, writer = os.pipe()
        os.close(reader)
        done = subprocess.run(
            [sys.executable, "-m", "srtminer", *arguments],
            cwd=tmp_path,
            stdout=writer,
            stderr=subprocess.PIPE,
            check=False,
        )
        os.close(writer)
        assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_told_in_one_line(call: Call, tmp_path: Path) -> None:
    call("ingest", str(put(tmp_path / "reviews", p=OVERVIEW_P)))
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "srtminer", "recommendations"],
            cwd=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.decode().startswith("error: the result cannot be written (no space left on device)")
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nonsense"], "No such command 'nonsense'; see `srtminer --help`"),
        (["themes", "--nonsense"], "No such option: --nonsense; see `srtminer themes --help`"),
        (
            ["themes", "--redact", "names.txt"],
            "No such option: --redact; it belongs to report, export; see",
        ),
        (["themes", "--json"], "No such option: --json; write --format json; see"),
        (["reviews", "--where", "year>2010"], "write a year like year=2009, or years like year=2009..2014"),
        (["themes", "--year", "2014"], "No such option: --year; write --where year=VALUE; see"),
        (["set", "Child F", "--year", "2014"], "No such option: --year; write year=VALUE; see"),
        (["check", "a.pdf"], "(a.pdf); reviews are chosen with --where review=NAME; see"),
        (["themes", "--quiet"], "--quiet belongs before the command; see `srtminer --help`"),
        (["ingest"], "see `srtminer ingest --help`"),
        (["--quiet"], "Missing command; see `srtminer --help`"),
        (["themes", "--themes", "0"], "see `srtminer themes --help`"),
        (["themes", "--format", "html"], "see `srtminer themes --help`"),
        (["themes", "--output", "themes.xyz"], "add --format"),
        (["export", "--redact", "--output", "a.xlsx"], "--redact needs a value after it; see"),
        (["themes", "--where", "colour=red"], "FIELD being one of review, source,"),
        (["compare"], "give either --by year|board|agency|kind, or two groups"),
        (["compare", "board=Norwick"], "give either --by year|board|agency|kind, or two groups"),
        (["compare", "--by", "year", "board=A", "board=B"], "give either --by year|board|agency|kind"),
    ],
)
def test_wrong_usage(call: Call, arguments: Sequence[str], message: str) -> None:
    done = call(*arguments)
    assert done.code == 2
    assert done.out == ""
    assert done.err.startswith("error: ")
    assert message in done.err
    assert done.err.count("\n") == 1


def test_an_error_cannot_steer_the_terminal(call: Call) -> None:
    done = call("--store", "a\x1b]0;owned\x07\nerror: b.db", "reviews")
    assert done.code == 5
    assert "\x1b" not in done.err
    assert done.err.count("\n") == 1


def test_a_bug_is_confessed_without_what_the_documents_say(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load(*_: object, **__: object) -> None:
        raise ValueError("what mother said")

    monkeypatch.setattr(listings, "load", load)
    done = call("reviews")
    assert done.code == 1
    assert done.err.startswith("error: this is a bug in srtminer: ValueError in listings.py, line ")
    assert done.err.endswith("; run again with --verbose for the traceback\n")
    assert "mother" not in done.err
    told = call("--verbose", "reviews")
    assert told.code == 1
    assert "Traceback (most recent call last)" in told.err


def test_an_interrupt_says_how_to_carry_on(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(ingest_command, "write", stop)
    put(tmp_path, p=OVERVIEW_P)
    done = call("ingest", "p.txt")
    assert done.code == 130
    assert done.err.startswith(
        "stopped; what was ingested so far is in the store; run the same command again"
    )


# Where results go


def test_options_in_short(call: Call, tmp_path: Path) -> None:
    call("ingest", str(put(tmp_path / "reviews", p=OVERVIEW_P)))
    short = call("-q", "reviews", "-f", "csv")
    assert short.out == call("--quiet", "reviews", "--format", "csv").out != ""
    assert call("reviews", "-o", "reviews.md").err.startswith("note: wrote reviews.md\n")


def test_output_files(call: Call, tmp_path: Path) -> None:
    call("ingest", str(put(tmp_path / "reviews", p=OVERVIEW_P)))
    for name, beginning in (
        ("out.json", '{\n  "schema": "srtminer.recommendations/1"'),
        ("out.csv", "\ufeffid,review,source,"),
        ("out.md", "| Source | Agency | Text |"),
        ("out.txt", "Child P (2011) "),
    ):
        done = call("recommendations", "--output", name)
        assert (done.code, done.out) == (0, "")
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(beginning)
    call("recommendations", "--output", "out.txt", "--format", "json")
    assert (tmp_path / "out.txt").read_text(encoding="utf-8").startswith("{")
    store = call("recommendations", "--output", "srtminer.db", "--format", "json")
    assert store.code == 2
    assert call("recommendations", "--format", "json").code == 0
    missing = call("recommendations", "--output", "no/where.json")
    assert missing.code == 2
    assert errors(missing) == ["error: there is no folder no to write where.json to; create it first"]


def test_quiet_keeps_notes_and_not_errors_back(call: Call, tmp_path: Path) -> None:
    folder = put(tmp_path / "reviews", p=OVERVIEW_P)
    (folder / "picture.png").write_bytes(b"\x89PNG")
    left_out = "note: left out: 1 file of other kinds (picture.png)\n"
    assert call("ingest", "reviews").err == left_out
    named = f"note: left out: {folder / 'picture.png'}\n".replace(f"{tmp_path}{os.sep}", "")
    assert call("--verbose", "ingest", "reviews").err == left_out + named
    assert call("--quiet", "ingest", "reviews").err == ""
    assert errors(call("--quiet", "reviews", "--where", "year=1900")) == [
        "error: no review fits --where year=1900; the years are 2011"
    ]


def test_the_store_is_named_by_option_or_environment(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path / "reviews", p=OVERVIEW_P)
    monkeypatch.setenv("SRTMINER_STORE", "from-environment.db")
    call("ingest", "reviews")
    call("--store", "from-option.db", "ingest", "reviews")
    assert {path.name for path in tmp_path.glob("*.db")} == {"from-environment.db", "from-option.db"}


# Help


def test_help_loads_nothing_heavy(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom srtminer.__main__ import main\nmain(['themes', '--help'])\n"
        "heavy = {'sklearn', 'numpy', 'scipy', 'nltk', 'pypdfium2', 'pdfminer'}\n"
        "print('loaded', sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "loaded []"


@pytest.mark.parametrize("command", ["ingest", "reviews", "recommendations", "themes", "compare"])
def test_every_command_has_examples(call: Call, command: str) -> None:
    done = call(command, "--help")
    assert (done.code, done.err) == (0, "")
    assert f"srtminer {command}" in done.out.split("Examples:")[1]


def test_without_arguments_there_is_help(call: Call) -> None:
    assert call().out == call("--help").out
    assert call("--version").out.startswith("srtminer ")


def test_ctrl_c_while_modules_are_loaded_ends_as_later(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stop:
        def find_spec(self, *_: object) -> None:
            raise KeyboardInterrupt

    monkeypatch.delitem(sys.modules, "srtminer.cli")
    monkeypatch.setattr(sys, "meta_path", [Stop()])
    assert main([]) == 130
