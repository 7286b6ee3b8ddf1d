import os

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


def test_an_edit_that_still_goes_on_is_waited_for(write_fair):
    live = LiveKnowledge(write_fair())

    checks = []
    for name in ("a", "ab", "abc"):
        write_fair(ROOM.replace("Sala", name))
        checks.append(live.check())

    assert checks == [Same()] * 3
    assert isinstance(live.check(), Changed)


def test_a_file_of_the_same_age_and_length_is_an_edit(write_fair):
    folder = write_fair(ROOM)
    live = LiveKnowledge(folder)
    edited, draft = folder / "extra.yaml", folder / "extra.draft"
    draft.write_text(ROOM.replace("Sala", "Hala"))
    before = edited.stat()
    os.utime(draft, ns=(before.st_atime_ns, before.st_mtime_ns))

    draft.replace(edited)

    assert [type(live.check()), type(live.check())] == [Same, Changed]


def test_hidden_files_and_files_of_other_kinds_are_no_edits(write_fair):
    folder = write_fair()
    live = LiveKnowledge(folder)

    (folder / ".extra.yaml.swp").write_text("x")
    (folder / ".draft.yaml").write_text("x")
    (folder / "notes.txt").write_text("x")

    assert [live.check(), live.check()] == [Same(), Same()]


def test_a_folder_that_disappears_is_reported_once_and_taken_up_again(write_fair):
    folder = write_fair()
    live = LiveKnowledge(folder)

    folder.rename(folder.with_name("moved"))
    gone = [live.check(), live.check(), live.check()]
    folder.with_name("moved").rename(folder)
    back = [live.check(), live.check()]

    assert [type(check) for check in gone] == [Same, Broken, Same]
    assert [type(check) for check in back] == [Same, Changed]


def test_a_link_to_nowhere_is_reported(write_fair):
    folder = write_fair()
    live = LiveKnowledge(folder)

    (folder / "link.yaml").symlink_to(folder / "nowhere.yaml")

    assert [type(live.check()), type(live.check())] == [Same, Broken]
