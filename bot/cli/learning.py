"""The commands of whoever makes the bot understand better: evaluate, gaps, teach."""

import asyncio
import sys
import time
from collections.abc import Iterable
from itertools import repeat
from pathlib import Path

import click

from bot.cli.options import with_settings
from bot.errors import KnowledgeError
from bot.knowledge import teach as teaching
from bot.knowledge.read import load_knowledge
from bot.language.detect import detect
from bot.matching import evaluate as evaluation
from bot.matching import gaps as grouping
from bot.matching.entries import entries_of
from bot.matching.index import Index, build_index
from bot.matching.labelled import Labelled, read_entries, read_questions
from bot.messaging.languages import Language
from bot.settings import Settings
from bot.store.engine import open_store
from bot.visitors.memory import Question
from bot.visitors.queries import SqlVisitors

QUESTIONS = "questions"
"""The folder within the knowledge that holds labelled questions about it, as JSON Lines."""


@click.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--entries",
    type=click.Path(exists=True, path_type=Path),
    help="Entries as JSON Lines (id, title, phrasings) instead of a knowledge folder.",
)
@click.option("--failures", is_flag=True, help="List each miss with its explanation.")
@click.option("--histogram", is_flag=True, help="Show how sure right and wrong answers were.")
@click.option("--gains", is_flag=True, help="Say which kinds of phrasing found the right entries.")
@click.option("--min-top1", type=click.FloatRange(0, 100), help="Fail below this share, percent.")
@click.option("--max-wrong", type=click.FloatRange(0, 100), help="Fail above this share, percent.")
@with_settings
def evaluate(  # noqa: PLR0913 - each argument is an option of the command line
    settings: Settings,
    files: tuple[Path, ...],
    entries: Path | None,
    failures: bool,
    histogram: bool,
    gains: bool,
    min_top1: float | None,
    max_wrong: float | None,
) -> None:
    """Measure how well labelled questions are understood, file by file.

    FILES are JSON Lines or CSV with text, expected (an id, several, or none) and tags.
    Without any, those in the folder "questions" of the knowledge are taken.
    """
    index = build_index(read_entries(entries)) if entries else _index(settings.knowledge)
    missed = False
    for file in files or _labelled_files(settings.knowledge):
        outcomes = evaluation.evaluate(index, read_questions(file), time.perf_counter)
        by_tag = evaluation.figures_by_tag(outcomes)
        click.echo(f"{file.name}\n{evaluation.table(by_tag)}\n")
        if failures:
            click.echo(evaluation.failures(outcomes) + "\n")
        if histogram:
            click.echo(evaluation.histogram(outcomes) + "\n")
        if gains:
            rows = evaluation.gains(outcomes).items()
            click.echo("\n".join(f"{kind:>12} {count}" for kind, count in rows) + "\n")
        whole = by_tag[evaluation.ALL]
        missed |= min_top1 is not None and (whole.top1 or 0) * 100 < min_top1
        missed |= max_wrong is not None and whole.wrong * 100 > max_wrong
    if missed:
        click.echo("Below the bar that was set.", err=True)
        sys.exit(1)


@click.command()
@click.option("--most", default=20, show_default=True, help="How many groups to list.")
@with_settings
def gaps(settings: Settings, most: int) -> None:
    """List the questions that found no sure answer, most asked first."""
    questions = asyncio.run(_remembered(settings))
    index = _index(settings.knowledge)
    found = grouping.gaps(_repeated(questions), index)
    for gap in found[:most]:
        likely = (
            f"{gap.likely.id} ({gap.likely.score:.0%})" if gap.likely else "no record comes near"
        )
        click.echo(f"{gap.count:>5} × {gap.text}\n        → {likely}")
        for other in gap.others[:5]:
            click.echo(f"          also: {other}")
    click.echo(f"{len(found)} questions without a sure answer.")
    if found:
        click.echo('Add one to a record with: run_bot.py teach RECORD "the question"')


@click.command()
@click.argument("record")
@click.argument("phrase")
@click.option("--yes", is_flag=True, help="Write without asking, if nothing else gets worse.")
@with_settings
def teach(settings: Settings, record: str, phrase: str, yes: bool) -> None:
    """Add PHRASE to what people call RECORD, if nothing else gets worse by it."""
    language = detect(phrase).language or Language(settings.language)
    edit = teaching.teach(settings.knowledge, record, phrase, language)
    click.echo(edit.diff())
    before = _wrong(settings.knowledge)
    edit.write()
    try:
        after = _wrong(settings.knowledge)
        click.echo(_comparison(before, after))
        is_worse = bool(after - before)
        keeps = not is_worse if yes else click.confirm("Keep it?", default=not is_worse)
    except BaseException:
        edit.take_back()
        raise
    if not keeps:
        edit.take_back()
        click.echo("Nothing was changed.")


def _index(folder: Path) -> Index:
    return build_index(entries_of(load_knowledge(folder).knowledge))


def _labelled_files(folder: Path) -> list[Path]:
    files = sorted((folder / QUESTIONS).glob("*.jsonl"))
    if not files:
        raise KnowledgeError(f"{folder / QUESTIONS} holds no labelled questions. Name a file.")
    return files


async def _remembered(settings: Settings) -> tuple[Question, ...]:
    store = await open_store(settings.database)
    try:
        return await SqlVisitors(store).questions()
    finally:
        await store.close()


def _repeated(questions: Iterable[Question]) -> Iterable[str]:
    for question in questions:
        yield from repeat(question.text, question.times)


def _wrong(folder: Path) -> set[Labelled]:
    """Find the labelled questions that are not understood; all of them where there are any."""
    index = _index(folder)
    files = sorted((folder / QUESTIONS).glob("*.jsonl"))
    questions = [question for file in files for question in read_questions(file)]
    outcomes = evaluation.evaluate(index, questions, time.perf_counter)
    return {outcome.question for outcome in outcomes if outcome.is_miss}


def _comparison(before: set[Labelled], after: set[Labelled]) -> str:
    lines = [f"better: {question.text}" for question in before - after]
    lines += [f"WORSE:  {question.text}" for question in after - before]
    summary = f"Not understood before: {len(before)}, after: {len(after)}."
    return "\n".join([*sorted(lines), summary])
