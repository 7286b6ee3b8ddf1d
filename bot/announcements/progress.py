"""How an announcement fares, as an organizer sees it while it runs and afterwards."""

import csv
import datetime as dt
import io

from bot.announcements.model import Announcement, Kind, State
from bot.delivery.report import Tally
from bot.language.catalog import say, say_count
from bot.language.said import say_date, say_time
from bot.messaging.languages import Language
from bot.messaging.reply import Ask, Button, File, Reply

REASONS_SHOWN = 3
_MENDING = [("button_mend", "c"), ("button_recall", "rc")]
BOM = "\ufeff"


def progress(
    one: Announcement,
    counted: Tally,
    failures: tuple[tuple[str, int], ...],
    language: Language,
    zone: dt.tzinfo,
) -> Reply:
    """Show how far it is, who was not reached, and what can be done.

    Args:
        one: confirmed.
        counted: its deliveries.
        failures: why some were not reached, the most frequent reason first.
        language: the organizer's.
        zone: of the fair.
    """
    people = say_count(language, "count_of_all_people", counted.all)
    lines = [say(language, f"progress_{one.state.value}")]
    if one.draft.not_before and counted.settled == 0 and one.state is State.RUNNING:
        local = one.draft.not_before.astimezone(zone)
        when = f"{say_date(local.date(), language)}, {say_time(local)}"
        lines = [say(language, "progress_planned", when=when)]
    if one.halted_because:
        lines.append(say(language, "progress_halted", reason=one.halted_because))
    lines.append(say(language, "progress_sent", sent=counted.sent, people=people))
    left = counted.pending + counted.sending
    told = (
        ("progress_left", left if one.state in (State.RUNNING, State.PAUSED) else 0),
        ("progress_waiting", counted.waiting),
        ("progress_uncertain", counted.uncertain),
        ("progress_failed", counted.failed),
        ("progress_skipped", counted.skipped),
        ("progress_expired", counted.expired),
    )
    lines += [say(language, key, count=count) for key, count in told if count]
    lines += [f"  – {reason}: {count}" for reason, count in failures[:REASONS_SHOWN]]
    headline = one.draft.content.headline(language) or one.draft.content.text(language)[:60]
    return Reply(
        language,
        "\n".join(lines),
        title=say(language, "progress_title", number=one.id, title=headline),
        buttons=_buttons(one, counted, language),
        replaces=True,
    )


def _buttons(one: Announcement, counted: Tally, language: Language) -> tuple[Button, ...]:
    asks: list[tuple[str, str]] = []
    if one.state is State.RUNNING:
        asks += [("button_pause", "pa"), ("button_stop_sending", "st")]
    if one.state is State.PAUSED:
        asks += [("button_resume", "re"), ("button_stop_sending", "st")]
    if counted.uncertain:
        asks.append(("button_resend_unsure", "u"))
    if counted.failed:
        asks.append(("button_resend_failed", "f"))
    is_alarm = one.draft.kind is Kind.EVACUATION
    mending = [("button_all_clear", "ac")] if is_alarm else _MENDING
    asks += [("button_refresh", "p"), *mending, ("button_table", "csv")]
    return tuple(Ask(say(language, key), f"y:{what}:{one.id}") for key, what in asks)


def table(one: Announcement, counted: Tally, failures: tuple[tuple[str, int], ...]) -> File:
    """Write the numbers as CSV, which a spreadsheet opens; no chat stands in it."""
    written = io.StringIO()
    rows = csv.writer(written, delimiter=";")
    rows.writerow(("announcement", "state", "reason", "count"))
    states = ("sent", "pending", "sending", "waiting", "uncertain", "skipped", "expired")
    for state in states:
        rows.writerow((one.id, state, "", getattr(counted, state)))
    for reason, count in failures or (("", 0),):
        rows.writerow((one.id, "failed", reason, count))
    # Without the mark at its beginning, Excel reads letters wrong.
    content = (BOM + written.getvalue()).encode()
    return File(f"ogloszenie-{one.id}.csv", "text/csv", content)
