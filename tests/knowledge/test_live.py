from bot.knowledge.live import Broken, Changed, LiveKnowledge, Same

ROOM = "places: [{id: sala, name: Sala, kind: room}]"


def test_nothing_changed_is_nothing_new(write_fair):
    live = LiveKnowledge(write_fair())

    assert [live.check(), live.check()] == [Same(), Same()]


def test_an_edit_is_taken_up_once_it_has_settled(write_fair):
    live = LiveKnowledge(write_fair())
    write_fair(ROOM)

    first, second, third = live.check(), live.check(), live.check()

    assert (first, third) == (Same(), Same())
    assert isinstance(second, Changed)
    assert list(second.loaded.knowledge.places) == ["sala"]


def test_a_broken_edit_is_reported_once(write_fair):
    live = LiveKnowledge(write_fair())
    write_fair("places: [{id: sala}]")

    checks = [live.check() for _ in range(4)]

    assert [type(check) for check in checks] == [Same, Broken, Same, Same]


def test_a_mended_edit_is_taken_up(write_fair):
    live = LiveKnowledge(write_fair("places: [{id: sala}]"))
    write_fair(ROOM)

    assert [type(live.check()), type(live.check())] == [Same, Changed]


def test_a_new_file_and_a_deleted_file_are_edits(write_fair):
    folder = write_fair()
    live = LiveKnowledge(folder)

    (folder / "new.yaml").write_text(ROOM)
    added = [live.check(), live.check()][1]
    (folder / "new.yaml").unlink()
    deleted = [live.check(), live.check()][1]

    assert isinstance(added, Changed)
    assert isinstance(deleted, Changed)
    assert list(deleted.loaded.knowledge.places) == []
