"""What visitors ask about most, in numbers: no words of theirs, and nobody's."""

from collections.abc import Collection

from bot.dialogue.asked import name_of_subject, subject_of_need, table_of
from bot.dialogue.organizer import taps
from bot.dialogue.organizer.office import Case, Replies
from bot.dialogue.sheet import Sheet
from bot.messaging.reply import Ask, File, Reply
from bot.support.extraction import extraction_knowing
from bot.visitors.queries.asked import SqlAsked

SHOWN = 15
BOM = "\ufeff"


async def show_most_asked(case: Case) -> Replies:
    """Show what was asked about most, and got an answer."""
    scene, sheet = case.scene, Sheet(case.scene)
    sheet.title = scene.say("org_asked_title")
    found = await SqlAsked(case.store).most(SHOWN)
    sheet.say("org_asked_what" if found else "org_asked_none")
    list_asked(found, sheet)
    table = [Ask(scene.say("button_table"), taps.write("askcsv"))] if found else []
    return (
        sheet.reply(
            *table,
            Ask(scene.say("button_gaps"), taps.write("gaps")),
            Ask(scene.say("button_statistics"), taps.write("stats")),
        ),
    )


async def asked_as_table(case: Case) -> Replies:
    """Give all of it, by day, as a file for a spreadsheet."""
    scene = case.scene
    rows = await SqlAsked(case.store).by_day()
    # Without the mark at its beginning, Excel reads letters wrong.
    table = BOM + table_of(rows, scene.knowledge, scene.language, delimiter=";")
    file = File("pytania.csv", "text/csv", table.encode())
    return (Reply(scene.language, scene.say("org_asked_table"), file=file),)


async def asked_about(
    case: Case, about: str, records: Collection[str]
) -> tuple[tuple[str, int], ...]:
    """Say how often something was asked about that some words mean.

    Args:
        case: whose turn it is.
        about: the words.
        records: the ids of what they may mean.
    """
    scene = case.scene
    told = extraction_knowing(tuple(scene.knowledge.areas.values())).read(about, scene.today)
    needs = [subject_of_need(need) for need in told.situation.needs]
    return await SqlAsked(case.store).most(only=[*records, *needs])


def list_asked(found: Collection[tuple[str, int]], sheet: Sheet) -> None:
    """List subjects, with how often each was asked about."""
    knowledge, language = sheet.scene.knowledge, sheet.scene.language
    for subject, times in found:
        sheet.add(f"• {name_of_subject(subject, knowledge, language)}: {times}")
