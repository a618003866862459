"""`srtminer summary`."""

from srtminer.annual import summarise
from srtminer.cli.codebook_option import chosen_codebook
from srtminer.cli.mining import mine, repeats_of
from srtminer.cli.parameters import By
from srtminer.cli.result_output import Target, write
from srtminer.cli.selection import load_recommendations
from srtminer.cli.session import Session
from srtminer.errors import UsageError
from srtminer.options import CompareOptions, ThemeOptions
from srtminer.render.annual_table import annual_result


def summary(
    session: Session,
    target: Target,
    by: By = "year",
    financial_years: bool = False,
    codebook: str | None = None,
    small_counts: int | None = None,
    where: tuple[str, ...] = (),
) -> None:
    """Count reviews, recommendations, themes and what was made before.

    One line for each year, kind of review, board or kind of agency: the
    table for an annual report.

    Examples:
      srtminer summary
      srtminer summary --financial-years --where published=2021-04..2025-03
      srtminer summary --by board --small-counts 5 --output boards.csv
    """
    if financial_years and by != "year":
        raise UsageError("--financial-years applies to --by year; leave one of them out")
    book = chosen_codebook(codebook)
    found = load_recommendations(session, where)
    table = mine(session, found, ThemeOptions(), book)
    before = repeats_of(session, found, CompareOptions()).made_before
    ordered = by == "year"
    from srtminer.compare import FINANCIAL_YEAR, group_by  # scipy

    field = FINANCIAL_YEAR if financial_years else by
    groups = group_by(found.records, found.recommendations, field, every=True)
    rows = summarise(groups, table, before, ordered=ordered)
    result = annual_result(rows, by, ordered=ordered)
    if small_counts is not None:
        from srtminer.report.protected_counts import protected_summary

        result = protected_summary(rows, by, result.table.names[1:], small_counts)
    write(session, target, result)
