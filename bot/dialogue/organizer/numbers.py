"""Numbers for organizers: whom a draft reaches, what was saved, what nobody could answer."""

from bot.announcements.model import Draft
from bot.announcements.queries.audience import Reach, reach
from bot.announcements.queries.statistics import saved_of, statistics
from bot.announcements.queries.survey import SqlSurveyAnswers
from bot.announcements.survey import said_results, survey_of
from bot.delivery.report import tally
from bot.dialogue.organizer import taps
from bot.dialogue.organizer.asked import asked_about, list_asked
from bot.dialogue.organizer.office import Case, Replies
from bot.dialogue.sheet import Sheet
from bot.knowledge.dated import saved_under
from bot.matching.gaps import gaps
from bot.messaging.reply import Ask

GAPS = 10
GAPS_WORDINGS = 2
MEANT = 6
"""Records that a subject may mean."""
MOST_TIMES = 1000
"""A question asked more often than this weighs no more: the list is for people."""


async def reach_of(case: Case, draft: Draft) -> Reach:
    """Count whom a draft would reach when it goes."""
    at = max(draft.not_before or case.scene.now, case.scene.now)
    return await reach(
        case.store,
        draft.audience,
        draft.urgency,
        at,
        case.scene.fair.zone,
        windows=case.office.windows,
    )


async def said_reach(case: Case, draft: Draft) -> str:
    """Say how many get it now, wait, or are out of reach."""
    counted, scene = await reach_of(case, draft), case.scene
    parts = [scene.say("org_reach", people=scene.count("count_of_people", counted.now))]
    told = (
        ("org_reach_later", counted.later),
        ("org_reach_closed", counted.closed),
        ("org_reach_gone", counted.out_of_reach),
    )
    parts += [scene.say(key, count=count) for key, count in told if count]
    if had := await had_before(case, draft):
        parts.append(scene.say("org_reach_had", count=had))
    return ", ".join(parts)


async def had_before(case: Case, draft: Draft) -> int:
    """Count who has, or may have, what a correction corrects: they get it in any case."""
    if draft.corrects is None:
        return 0
    counted = await tally(case.store, draft.corrects)
    return counted.sent + counted.sending + counted.uncertain


async def show_statistics(case: Case) -> Replies:
    """Show sums; no words of visitors, and nothing that few people did."""
    counted, scene = await statistics(case.store, case.scene.now), case.scene
    sheet = Sheet(scene)
    sheet.title = scene.say("org_statistics_title")
    people = sum(count for _, count in counted.visitors)
    sheet.say("org_statistics_people", people=scene.count("count_of_all_people", people))
    for name, count in (*counted.visitors, *counted.languages):
        sheet.add(f"• {name}: {count}")
    sheet.say("org_statistics_active", count=counted.active)
    sheet.say("org_statistics_gone", count=counted.out_of_reach)
    sheet.say("org_statistics_announced", count=counted.announced)
    sheet.say("org_statistics_unanswered", count=counted.unanswered)
    if counted.saved:
        sheet.part()
        sheet.say("org_statistics_saved")
        for key, count in counted.saved:
            saved = saved_under(key, scene.knowledge)
            sheet.add(f"• {saved.name.in_language(scene.language) if saved else key}: {count}")
    if counted.needs:
        sheet.part()
        sheet.say("org_statistics_needs")
        for need, count in counted.needs:
            sheet.add(f"• {scene.say(f'need_{need}')}: {count}")
    if survey := survey_of(scene.knowledge):
        given = await SqlSurveyAnswers(case.store).counts(survey.id)
        sheet.part()
        sheet.say("survey_results_title")
        results = said_results(given, scene.knowledge, scene.language)
        sheet.add(results or scene.say("survey_results_none"))
    return (
        sheet.reply(
            Ask(scene.say("button_most_asked"), taps.write("asked")),
            Ask(scene.say("button_gaps"), taps.write("gaps")),
        ),
    )


async def show_numbers_about(case: Case, about: str) -> Replies:
    """Show what is known in numbers about a subject: what was saved, what found no answer."""
    scene, index = case.scene, case.scene.fair.snapshot.index
    sheet = Sheet(scene)
    sheet.title = scene.say("org_statistics_about", about=about)
    meant = [hit.id for hit in index.rank(about).hits][:MEANT]
    asked = await case.office.questions()
    near = [one for one in asked if set(meant) & {hit.id for hit in index.rank(one.text).hits[:2]}]
    answered = await asked_about(case, about, meant)
    sheet.say("org_statistics_about_answered", count=sum(times for _, times in answered))
    list_asked(answered, sheet)
    sheet.say("org_statistics_about_unanswered", count=sum(one.times for one in near))
    saved = await saved_of(case.store, meant)
    if saved:
        sheet.part()
        sheet.say("org_statistics_about_saved")
        for key, count in saved:
            one = saved_under(key, scene.knowledge)
            sheet.add(f"• {one.name.in_language(scene.language) if one else key}: {count}")
    sheet.part()
    sheet.say("org_statistics_about_note")
    return (
        sheet.reply(
            Ask(scene.say("button_most_asked"), taps.write("asked")),
            Ask(scene.say("button_statistics"), taps.write("stats")),
        ),
    )


async def show_gaps(case: Case) -> Replies:
    """Show the questions that nobody could answer, alike ones together."""
    scene = case.scene
    asked = await case.office.questions()
    wordings = [one.text for one in asked for _ in range(min(one.times, MOST_TIMES))]
    found = gaps(wordings, scene.fair.snapshot.index)
    sheet = Sheet(scene)
    sheet.title = scene.say("org_gaps_title")
    if not found:
        sheet.say("org_gaps_none")
    for gap in found[:GAPS]:
        sheet.add(f"• {gap.text} ({gap.count})")
        if gap.others:
            sheet.add("   " + "; ".join(gap.others[:GAPS_WORDINGS]))
    if found:
        sheet.part()
        sheet.say("org_gaps_hint")
    return (sheet.reply(Ask(scene.say("button_statistics"), taps.write("stats"))),)
