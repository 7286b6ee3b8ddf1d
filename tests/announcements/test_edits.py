import datetime as dt

from bot.announcements.edits import Edit, edit_of, revived_by
from bot.announcements.queries.programme import keep_programme, kept_programme
from bot.knowledge.changes import Added, Cancelled, PlaceChanged, Restored, TimeChanged
from bot.knowledge.model import Place
from bot.knowledge.standing import Made
from tests.knowledge.fair import fair, series, session

NOW = dt.datetime(2017, 11, 30, 8, tzinfo=dt.UTC)


def room(place_id, name):
    return Place.model_validate({"id": place_id, "name": name, "kind": "room"})


def without_room(knowledge, place_id):
    places = {i: one for i, one in knowledge.places.items() if i != place_id}
    return type(knowledge)(
        event=knowledge.event, places=places, sessions=knowledge.sessions, people=knowledge.people
    )


def test_all_of_a_reshuffle_is_one_edit_and_a_ring_is_seen():
    before = fair(session("a"), session("b", place="sala-12"), session("c", place="scena"))
    after = fair(
        session("a", place="sala-12"), session("b", place="scena"), session("c", place="sala-2")
    )

    edit = edit_of(before, after, NOW)

    assert len(edit.told) == 3
    assert edit.rings == (("sala-2", "sala-12", "scena"),)


def test_rooms_that_are_only_called_otherwise_move_nothing():
    renamed = edit_of(fair(session()), fair(session(), room("sala-2", "Sala 9")), NOW)

    assert renamed == Edit(renamed=(("sala-2", "sala-2"),))
    assert renamed.is_empty


def test_a_record_of_a_room_that_replaces_another_moves_nothing_either():
    before = fair(session("a"), session("b"))
    new = room("sala-9", "Sala 9")
    after = without_room(
        fair(new, session("a", place="sala-9"), session("b", place="sala-9")), "sala-2"
    )

    assert edit_of(before, after, NOW) == Edit(renamed=(("sala-2", "sala-9"),))


def test_one_of_two_sessions_in_a_new_room_has_moved():
    before = fair(session("a"), session("b"))
    after = fair(room("sala-9", "Sala 9"), session("a", place="sala-9"), session("b"))

    assert edit_of(before, after, NOW).told == (PlaceChanged("a", "sala-2", "sala-9"),)


def test_misprints_and_what_is_over_alarm_nobody():
    before = fair(session(title="Gala finałowa"), session("early", start="06:00", end="07:00"))
    after = fair(
        session(title="Gala finalowa"), session("early", start="06:00", end="07:00", place="scena")
    )

    assert edit_of(before, after, NOW).is_empty


def test_what_is_cancelled_is_not_told_to_move():
    before, after = fair(session()), fair(session(status="cancelled", place="scena"))

    assert edit_of(before, after, NOW).told == (Cancelled("gala"),)


def test_a_new_session_is_told():
    assert edit_of(fair(), fair(session()), NOW).told == (Added(session()),)


def test_a_file_that_plans_what_was_cancelled_is_a_question():
    made = [Made(1, Cancelled("gala"), NOW), Made(2, Cancelled("kurs@2018-03-13"), NOW)]
    old, later = fair(session(), series()), session(start="16:00", end="17:00")

    assert revived_by(made, old, fair(later, series())) == (Restored("gala"),)
    # Another date, or a misprint, is no word about the cancelled one.
    assert revived_by(made, old, fair(session(title="Gala."), series(title="Inny kurs"))) == ()
    assert revived_by([*made, Made(3, Restored("gala"), NOW)], old, fair(later)) == ()


async def test_the_programme_that_was_shown_is_kept(store):
    knowledge = fair(
        session(registration={"seats": 3}),
        series(moved=[{"from": "2018-03-13", "to": "2018-03-14"}]),
    )
    assert await kept_programme(store, knowledge) is None

    await keep_programme(store, fair(), NOW)
    await keep_programme(store, knowledge, NOW)

    kept = await kept_programme(store, fair())
    assert kept is not None
    assert (kept.sessions, kept.series) == (knowledge.sessions, knowledge.series)
    change = edit_of(kept, fair(session(start="13:00")), NOW).told[-1]
    assert isinstance(change, TimeChanged)
