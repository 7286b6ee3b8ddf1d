import pytest

from bot.knowledge import source
from bot.knowledge.problem import BrokenKnowledgeError
from bot.knowledge.read import load_knowledge


def first_mistake(folder):
    with pytest.raises(BrokenKnowledgeError) as caught:
        load_knowledge(folder)
    return caught.value.problems[0].what


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("[" * 200_000, "this is nested too deeply."),
        ("- " * 100_000, "this is nested too deeply."),
        ("? " * 50_000, "this is nested too deeply."),
        ("a: " + "{a: " * 12 + "1" + "}" * 12, "deeper than 12 levels"),
        ("a: &x [1]\nb: *x", "an alias (`*name`) repeats this."),
        ("a: &x {b: 1}\nc: {<<: *x}", "this is no plain key."),
        ("a: !!python/object/apply:os.system [ls]", "is not allowed"),
        ("a: !mine x", "the tag !mine is not allowed."),
        ("a: 1\n\tb: 2", "cannot be read as YAML"),
        ("- just\n- a list", "the file is no map."),
        ("a: \x00", "this is no YAML"),
    ],
)
def test_hostile_and_broken_files_are_refused_in_words(write_fair, text, what):
    assert what in first_mistake(write_fair(text))


def test_a_file_that_is_not_utf_8_is_told(write_fair):
    folder = write_fair()
    (folder / "extra.yaml").write_bytes("faq: [zażółć]".encode("cp1250"))

    assert first_mistake(folder) == "the file is not written in UTF-8 (byte 8)."


def test_a_file_that_is_too_large_is_not_read(write_fair):
    folder = write_fair()
    with (folder / "extra.yaml").open("wb") as file:
        file.truncate(source.FILE_LIMIT_BYTES + 1)

    assert first_mistake(folder) == "the file is larger than 20 MB."


def test_a_link_out_of_the_folder_is_not_followed(write_fair, tmp_path):
    (tmp_path / "secret.yaml").write_text("nonsense: 1")
    folder = write_fair()
    (folder / "link.yaml").symlink_to(tmp_path / "secret.yaml")

    assert load_knowledge(folder).knowledge.event.id == "fair"


def test_a_byte_order_mark_does_no_harm(write_fair):
    folder = write_fair()
    (folder / "extra.yaml").write_text("places: []", encoding="utf-8-sig")

    assert load_knowledge(folder).knowledge.event.id == "fair"


def test_dates_may_stand_without_quotes(write_fair):
    folder = write_fair("marks: []")
    event = (folder / "event.yaml").read_text().replace('"2017-11-30"', "2017-11-30")
    (folder / "event.yaml").write_text(event)

    assert load_knowledge(folder).knowledge.event.start_date.isoformat() == "2017-11-30"
