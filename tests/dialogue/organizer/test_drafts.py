"""From words to a draft, its texts, audience and times, and its preview."""

import datetime as dt

import pytest

from bot.announcements.model import Audience, Content, Draft, Kind, Scope, Urgency
from bot.announcements.queries import announcements
from bot.messaging.languages import Language
from bot.messaging.message import ChatId, Tap
from bot.visitors.memory import Choices
from tests.dialogue.organizer.house import ANNA, OLEH

VISITORS = [ChatId("telegram", str(number)) for number in range(10, 15)]


async def kept(house, number=1):
    one = await announcements.announcement(house.store, number)
    assert one is not None
    return one.draft


async def test_free_words_become_a_draft_with_a_title_in_polish_only(house):
    said = await house.hear("ogłoszenie: Obiad\nObiad od 13:00 w holu.")

    draft = await kept(house)
    assert draft.content.texts == {Language.PL: "Obiad od 13:00 w holu."}
    assert draft.content.title == {Language.PL: "Obiad"}
    assert draft.audience == Audience()
    assert "Szkic nr 1: ogłoszenie" in said
    assert "pójdzie tekst polski" in said


async def test_words_are_asked_for_where_none_were_given(house):
    assert "napisać treść po polsku" in await house.hear("/ogloszenie")

    assert "Parking pełny." in await house.hear("Parking pełny.")


async def test_a_word_that_only_begins_like_an_order_orders_nothing(house):
    await house.hear("ogłoszenie wyników konkursu kiedy?")

    assert await announcements.announcement(house.store, 1) is None


async def test_each_language_is_changed_and_the_talk_stays_in_its_own(house):
    await house.hear("ogłoszenie: Obiad\nObiad od 13:00.")
    await house.tap("Tekst angielski")
    said = await house.hear("Lunch\nLunch from 13:00 in the main hall.")
    assert "Szkic nr 1" in said
    await house.tap("Tekst ukraiński")
    await house.hear("Обід\nОбід з 13:00 у холі.")
    await house.tap("Zmień tekst")
    said = await house.hear("Obiad od 13:30.")

    draft = await kept(house)
    assert draft.content.texts == {
        Language.PL: "Obiad od 13:30.",
        Language.EN: "Lunch from 13:00 in the main hall.",
        Language.UK: "Обід з 13:00 у холі.",
    }
    assert draft.content.title[Language.PL] == "Obiad"
    assert "Szkic nr 1" in said


async def test_a_text_that_is_too_long_is_refused_with_its_length(house):
    said = await house.hear("ogłoszenie: " + "bardzo " * 200)

    assert "1399 znaków, a może być 1000" in said
    assert await announcements.announcement(house.store, 1) is None


async def test_the_audience_is_chosen_by_what_people_saved(house):
    await house.meet(*VISITORS)
    await house.visitors.save(VISITORS[0], "gala")
    await house.visitors.save(VISITORS[1], "quiz-omnibus")
    await house.hear("ogłoszenie: Gala zacznie się punktualnie.")
    assert "Teraz dostanie: 5 osób" in await house.tap("Odbiorcy")

    await house.tap("Kto zapisał…")
    await house.hear("gala")
    said = await house.tap("Gala i wręczenie…")

    assert "kto zapisał: Gala i wręczenie certyfikatów" in said
    assert "Teraz dostanie: 1 osoba" in said
    assert (await kept(house)).audience == Audience(Scope.SAVED, ("gala",))
    await house.tap("Wszyscy")
    await house.tap("Bez osób…")
    await house.hear("quiz")
    said = await house.tap(house.labels()[0])
    assert "bez osób, które zapisały" in said
    assert "Teraz dostanie: 4 osoby" in said


async def test_the_audience_of_a_day_and_of_a_language(house):
    await house.meet(*VISITORS[:3])
    await house.meet(*VISITORS[3:], language=Language.UK)
    await house.visitors.save(VISITORS[0], "gala")
    await house.hear("ogłoszenie: Jutro zaczynamy wcześniej.")
    await house.tap("Odbiorcy")

    assert "Teraz dostanie: 1 osoba" in await house.tap("Dzień 1.12")
    assert (await kept(house)).audience.day == dt.date(2017, 12, 1)
    await house.tap("Wszyscy")
    await house.tap("✓ Polski")
    said = await house.tap("✓ English")
    assert "tylko w językach: Українська" in said
    assert "Teraz dostanie: 2 osoby" in said
    await house.tap("– English")
    assert "tylko w językach" not in await house.tap("– Polski")


async def test_who_waits_and_who_is_out_of_reach_is_counted(house):
    await house.meet(*VISITORS)
    quiet = Choices(quiet_from=dt.time(9), quiet_until=dt.time(12))
    await house.visitors.choose(VISITORS[0], quiet)
    await house.visitors.reach(VISITORS[1], False)

    said = await house.hear("ogłoszenie: Obiad")

    assert "Teraz dostanie: 3 osoby, po godzinach ciszy: 1, poza zasięgiem: 1" in said


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("o 15:30", "2017-11-30T15:30"),
        ("jutro o 9", "2017-12-01T09:00"),
        ("za 20 minut", "2017-11-30T10:20"),
    ],
)
async def test_a_draft_waits_for_the_moment_that_was_said(house, words, moment):
    await house.hear("ogłoszenie: Obiad")
    await house.tap("Kiedy")
    await house.hear(words)

    draft = await kept(house)
    zone = house.snapshot.knowledge.event.zone
    assert draft.not_before == dt.datetime.fromisoformat(moment).replace(tzinfo=zone)
    assert draft.expires_at is not None
    assert draft.expires_at > draft.not_before


async def test_what_is_no_moment_is_asked_again(house):
    await house.hear("ogłoszenie: Obiad")
    await house.tap("Kiedy")

    assert "To nie jest godzina" in await house.hear("kiedyś")
    assert "15:30" in await house.hear("o 15:30")


async def test_an_end_is_chosen_or_typed(house):
    await house.hear("ogłoszenie: Parking pełny")
    await house.tap("Ważność")
    await house.tap("Przez 3 godziny")
    assert (await kept(house)).expires_at == house.clock() + dt.timedelta(hours=3)
    await house.tap("Ważność")
    await house.hear("do 18:00")
    zone = house.snapshot.knowledge.event.zone
    assert (await kept(house)).expires_at == dt.datetime(2017, 11, 30, 18, tzinfo=zone)
    await house.tap("Ważność")
    await house.tap("Bez końca")
    assert (await kept(house)).expires_at is None


async def test_a_preview_shows_each_platform_and_can_send_nothing(house):
    await house.hear("ogłoszenie: Obiad\nObiad od 13:00.")

    said = await house.tap("Podgląd")

    assert "Telegram\nObiad\nObiad od 13:00.\nOrganizator targów, godz. 10:00" in said
    assert house.labels() == ["English", "Українська", "Wróć do szkicu"]
    assert "text available only in Polish" in await house.tap("English")
    assert house.post.brought == []


async def test_drafts_that_the_bot_offers_are_listed_and_opened(house):
    draft = Draft(Kind.CHANGE, Urgency.IMPORTANT, Content({Language.PL: "Gala w sali 12"}))
    await announcements.keep_draft(house.store, draft, "", house.clock())

    await house.hear("/szkice")
    said = await house.tap("1. Gala w sali 12")

    assert "Szkic nr 1: zmiana w programie" in said


async def test_texts_that_a_new_polish_one_left_behind_are_named(house):
    await house.hear("obiad od 13:00 w holu")
    await house.tap("Zmień tekst")
    said = await house.hear("Obiad od 14:00 w holu.")
    assert "tekst polski jest nowszy niż English, Українська" in said
    assert "nowszy niż English, Українська" in await house.tap("Dalej: wyślij")

    for button, text in (("Tekst angielski", "Lunch from 14:00."), ("Tekst ukraiński", "О 14:00")):
        await house.hear(Tap("y:d:1"))
        await house.tap(button)
        said = await house.hear(text)

    assert "nowszy" not in said


async def test_drafts_beyond_a_screen_are_reached_too(house):
    for number in range(1, 13):
        draft = Draft(Kind.FREE, Urgency.MINOR, Content({Language.PL: f"Wiadomość {number}"}))
        await announcements.keep_draft(house.store, draft, "", house.clock())

    await house.hear("/szkice")
    assert "3. Wiadomość 3" in house.labels()
    assert "2. Wiadomość 2" not in house.labels()
    await house.tap("Starsze szkice")

    assert house.labels() == ["2. Wiadomość 2", "1. Wiadomość 1", "Nowe ogłoszenie"]
    assert "Szkic nr 2" in await house.tap("2. Wiadomość 2")


async def test_a_draft_that_is_gone_is_said_to_be_gone(house):
    await house.hear("ogłoszenie: Obiad")
    await house.tap("Usuń szkic")

    assert "Szkicu nr 1 już nie ma" in await house.hear(Tap("y:s:1"))
    assert "Szkicu nr 99 już nie ma" in await house.hear(Tap("y:d:99"))


@pytest.mark.parametrize(
    "data", "y:a:1:all2 y:a:1:20179999 y:al:1:de y:w:1:7 y:t:1:de y:zz:1 y:ar:1:x".split()
)
async def test_button_data_that_means_nothing_changes_nothing(house, data):
    await house.hear("ogłoszenie: Obiad")
    before = await kept(house)

    assert await house.hear(Tap(data))

    assert await kept(house) == before


async def test_a_colleague_can_go_on_with_a_draft(store, snapshot, house):
    await house.hear("ogłoszenie: Obiad")
    code = await house.staff.invite(house.staff.member(ANNA).role)
    await house.hear(f"join_{code}", OLEH)
    await house.hear("Oleh", OLEH)

    assert "Obiad" in await house.hear(Tap("y:d:1"), OLEH)
