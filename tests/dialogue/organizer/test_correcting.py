"""Corrections and recalls: which message, the change taken back with it, and told anew."""

import datetime as dt

import pytest
from sqlalchemy import select

from bot.announcements.queries.changes import changes_made, not_followed
from bot.announcements.queries.reminders import Reminders
from bot.knowledge.changes import Cancelled, PlaceChanged, Restored, Span, TimeChanged
from bot.messaging.message import ChatId, Tap
from bot.store.schema import deliveries
from tests.dialogue.organizer.house import House

SAVED_IT, TOLD, NEVER_TOLD = (ChatId("telegram", str(number)) for number in range(10, 13))

FRIDAY = dt.date(2017, 12, 1)
OFF = Cancelled(
    "quiz-omnibus",
    was=Span(*(dt.datetime.combine(FRIDAY, dt.time(hour)) for hour in (10, 11))),
)


@pytest.fixture
async def fair(house: House) -> House:
    await house.meet(SAVED_IT, TOLD, NEVER_TOLD)
    return house


async def send(house: House) -> None:
    """Press through to the end, whoever it is for."""
    await house.tap("Dalej: wyślij")
    await house.tap(house.labels()[0])
    if "Tak, do wszystkich" in house.labels():
        await house.tap("Tak, do wszystkich")
    await house.deliver()


async def ordered(house: House, words: str, record: str) -> None:
    """Confirm a change of what one visitor saved; another saves it once it is told."""
    await house.visitors.save(SAVED_IT, record)
    await house.hear(words)
    if "Nie, bez zmian" in house.labels():
        await house.tap("Nie, bez zmian")
    await send(house)


async def made(house: House):
    return [one.change for one in await changes_made(house.store)]


def amended(house: House) -> list[tuple[str, str]]:
    return [
        (to, f"{one.title}\n{one.text}") for to, _, one in house.post.amended if to in "10 11 12"
    ]


async def test_a_recall_offers_to_take_the_change_back(fair):
    await ordered(fair, "odwołujemy quiz", "quiz-omnibus")

    said = await fair.hear(Tap("y:rc:1"))

    assert "Ogłoszenie nr 1 zmieniło program" in said
    assert "odwołane" in said
    assert "jednak się odbędzie" in said
    assert fair.labels() == ["Cofnij też zmianę", "Tylko wiadomość", "Wysłane"]
    assert await made(fair) == [OFF]


async def test_the_cancelled_takes_place_again_and_whoever_was_told_learns_it(fair):
    await ordered(fair, "odwołujemy quiz", "quiz-omnibus")
    await fair.hear(Tap("y:rc:1"))
    draft = await fair.tap("Cofnij też zmianę")
    assert "nadal obowiązuje" not in draft
    assert "Jednak się odbędzie: „Quiz o puchar" in draft
    await send(fair)

    assert await made(fair) == [OFF, Restored("quiz-omnibus")]
    assert fair.snapshot.knowledge.before == {}
    ((to, told),) = amended(fair)
    assert to == SAVED_IT.chat
    assert told.startswith("Wiadomość wycofana\nPoprzednia wiadomość jest nieaktualna")
    assert "Chodzi o: Odwołane – Quiz o puchar Omnibusa Ekonomii Społecznej.\n" in told
    assert "Jednak się odbędzie" in told
    assert "ODWOŁANE" not in await fair.hear("kiedy jest quiz?", TOLD)


async def test_without_undoing_it_the_change_stays_and_the_draft_says_so(fair):
    await ordered(fair, "odwołujemy quiz", "quiz-omnibus")
    await fair.hear(Tap("y:rc:1"))

    said = await fair.tap("Tylko wiadomość")

    assert "zmiana w programie z nr 1 nadal obowiązuje" in said
    assert "Chodzi o: Quiz o puchar Omnibusa" in said
    assert "nadal obowiązuje" in await fair.tap("Dalej: wyślij")
    await fair.tap("Wyślij: 1")
    await fair.deliver()
    assert await made(fair) == [OFF]


async def test_the_draft_itself_offers_it_once_more(fair):
    await ordered(fair, "odwołujemy quiz", "quiz-omnibus")
    await fair.hear(Tap("y:rc:1"))
    await fair.tap("Tylko wiadomość")

    said = await fair.tap("Cofnij też zmianę")

    assert "Jednak się odbędzie" in said
    assert "Cofnij też zmianę" not in fair.labels()
    await send(fair)
    assert (await made(fair))[-1] == Restored("quiz-omnibus")


async def test_another_room_is_told_back_with_both_rooms(fair):
    await ordered(fair, "seminarium przenosimy do sali 101", "seminarium-es")
    await fair.hear(Tap("y:rc:1"))
    await fair.tap("Cofnij też zmianę")
    await send(fair)

    there, back = await made(fair)
    assert isinstance(there, PlaceChanged)
    assert back == PlaceChanged("seminarium-es", there.new, there.old)
    told = amended(fair)[0][1]
    assert "Sala konferencyjna" in told.partition("\n")[2].partition("\n")[2]
    assert "wcześniej: Sala 101" in told


async def test_a_delay_taken_back_is_no_delay_and_no_change(fair):
    await ordered(fair, "seminarium opóźnione o 20 min", "seminarium-es")
    await fair.hear(Tap("y:rc:1"))
    await fair.tap("Cofnij też zmianę")
    await send(fair)

    there, back = await made(fair)
    assert isinstance(there, TimeChanged)
    assert back == TimeChanged("seminarium-es", there.new, there.old, -20)
    assert (
        fair.snapshot.knowledge.sessions["seminarium-es"]
        == (fair.planned.knowledge.sessions["seminarium-es"])
    )
    assert fair.snapshot.knowledge.before == {}


async def test_what_was_changed_once_more_since_stays(fair):
    await ordered(fair, "seminarium przenosimy do sali 101 na 15:00", "seminarium-es")
    await fair.hear("seminarium przenosimy na antresolę")
    await send(fair)

    said = await fair.hear(Tap("y:rc:1"))
    assert "Tego nie można cofnąć" in said
    await fair.tap("Cofnij też zmianę")
    await send(fair)

    back = (await made(fair))[-1]
    assert isinstance(back, TimeChanged)
    assert fair.snapshot.knowledge.sessions["seminarium-es"].place == "antresola"


async def test_a_point_that_was_added_is_called_off_so_that_whoever_saw_it_knows(fair):
    await fair.hear("Dodatkowe konsultacje 13:00–14:00, stoisko 5")
    await send(fair)
    await fair.hear(Tap("y:rc:1"))
    await fair.tap("Cofnij też zmianę")
    await send(fair)

    added, back = await made(fair)
    assert back == Cancelled(added.record)


async def test_a_recall_of_free_words_says_what_is_recalled_and_asks_nothing(fair):
    await fair.hear("ogłoszenie: Obiad od 13:00 w holu.")
    await send(fair)

    said = await fair.hear(Tap("y:rc:1"))

    assert "Chodzi o: Obiad od 13:00 w holu." in said
    assert "It is about: Obiad od 13:00 w holu." in said


async def test_what_was_corrected_by_hand_says_so_beside_the_change_taken_back(fair):
    await ordered(fair, "odwołujemy quiz", "quiz-omnibus")
    await fair.hear(Tap("y:c:1"))
    await fair.tap("Cofnij też zmianę")
    await send(fair)

    ((_, told),) = amended(fair)
    assert told.startswith("Korekta: Odwołane\nW poprzedniej wiadomości był błąd. Prawidłowo: ")
    assert "Jednak się odbędzie" in told


async def test_to_be_told_anew_is_a_choice_of_the_draft(fair):
    await fair.hear("ogłoszenie: Obiad od 13:00 w holu.")
    await send(fair)
    await fair.hear(Tap("y:c:1"))

    said = await fair.tap("Powiadom też")

    assert "wszędzie przyjdzie też nowa" in said
    assert "Nie powiadamiaj" in fair.labels()
    await send(fair)
    query = select(deliveries.c.state).where(deliveries.c.announcement == 2)
    async with fair.store.reading() as connection:
        assert (await connection.execute(query)).scalars().all() == ["sent"] * 3


async def test_reminders_follow_what_was_taken_back(fair):
    reminders = Reminders(fair.store, lambda: fair.snapshot.knowledge, fair.clock)
    await ordered(fair, "odwołujemy quiz", "quiz-omnibus")
    await fair.follow_changes()
    assert await reminders.follow_all({"quiz-omnibus"}) == 1
    query = select(deliveries.c.chat).where(deliveries.c.subject.startswith("r:quiz-omnibus"))
    async with fair.store.reading() as connection:
        assert (await connection.execute(query)).all() == []

    await fair.hear(Tap("y:rc:1"))
    await fair.tap("Cofnij też zmianę")
    await send(fair)
    assert {one.change.record for one in await not_followed(fair.store)} == {"quiz-omnibus"}
    await reminders.follow_all({"quiz-omnibus"})

    async with fair.store.reading() as connection:
        assert (await connection.execute(query)).scalars().all() == [SAVED_IT.chat]
