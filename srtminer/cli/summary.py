"""`srtminer summary`."""

from typing import Annotated

import typer

from srtminer.annual import summarise
from srtminer.cli.codebook_option import CodebookOption, chosen_codebook
from srtminer.cli.mining import mine, repeats_of
from srtminer.cli.parameters import (
    By,
    FormOption,
    OutputOption,
    SmallCountsOption,
    WhereOption,
    option,
    target_of,
    write,
)
from srtminer.cli.selection import load_recommendations
from srtminer.errors import UsageError
from srtminer.options import CompareOptions, ThemeOptions
from srtminer.render.annual_table import annual_result


def summary(
    context: typer.Context,
    by: Annotated[By, option("What makes the lines of the table.", "--by")] = By.YEAR,
    financial: Annotated[
        bool,
        option("Years from April to March, by the date of publication.", "--financial-years"),
    ] = False,
    codebook: CodebookOption = None,
    small_counts: SmallCountsOption = None,
    where: WhereOption = None,
    form: FormOption = None,
    output: OutputOption = None,
) -> None:
    """Count reviews, recommendations, themes and what was made before.

    One line for each year, kind of review, board or kind of agency: the
    table for an annual report.

    Examples:
      srtminer summary
      srtminer summary --financial-years --where published=2021-04..2025-03
      srtminer summary --by board --small-counts 5 --output boards.csv
    """
    if financial and by is not By.YEAR:
        raise UsageError("--financial-years applies to --by year; leave one of them out")
    session, target = context.obj, target_of(form, output)
    book = chosen_codebook(codebook)
    found = load_recommendations(session, where)
    table = mine(session, found, ThemeOptions(), book)
    before = repeats_of(session, found, CompareOptions()).made_before
    ordered = by is By.YEAR
    from srtminer.compare import FINANCIAL_YEAR, group_by  # scipy

    field = FINANCIAL_YEAR if financial else by.value
    groups = group_by(found.records, found.recommendations, field, every=True)
    rows = summarise(groups, table, before, ordered=ordered)
    result = annual_result(rows, by.value, ordered=ordered)
    if small_counts is not None:
        from srtminer.report.protected_counts import protected_summary

        result = protected_summary(rows, by.value, result.table.names[1:], small_counts)
    write(session, target, result)
