import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowledge.changes import (
    Added,
    Cancelled,
    Change,
    PlaceChanged,
    Renamed,
    Restored,
    SeatsChanged,
    Span,
    SpeakersChanged,
    StandsChanged,
    TextChanged,
    TimeChanged,
)
from bot.knowledge.differences import differences
from bot.knowledge.laying import laid_over
from bot.knowledge.model import LocalText
from bot.knowledge.read import load_knowledge
from bot.knowledge.write_back import flow, written_back
from tests.knowledge.fair import at, session

EXTRA = """# Kept by hand.
places:
  - {id: sala-2, name: Sala 2, kind: room}   # the small one
  - id: sala-12
    name: Sala 12
    kind: room

people:
  - {id: anna, display_name: "Anna", consent: true}

sessions:
  # The evening.
  - id: gala
    title: {pl: "Gala", en: "Gala", uk: "Гала"}
    type: gala
    date: "2017-11-30"   # Thursday
    start: "14:00"
    end: "15:00"
    place: sala-2        # until noon
    speakers:
      - anna
    registration:
      seats: 5   # fixed

  - {id: panel, title: Panel, type: panel, date: "2017-12-01",
     start: "10:00", end: "11:00", place: sala-2}
# After the sessions.
exhibitors:
  - {id: ola, name: Ola, kind: inne, stands: ["1"]}
series:
  - id: kurs
    title: Kurs
    type: szkolenie
    host: rops
    place: sala-2
    rule: {freq: weekly, weekday: wt, start: "16:00", end: "18:00",
           from: "2018-03-06", until: "2018-04-10"}
"""

LATE = TimeChanged("gala", Span(at(14), at(15)), Span(at(14, 20), at(15, 20)), 20)
LATER = TimeChanged("gala", Span(at(14), at(15)), Span(at(16), at(17)))
TUESDAY = dt.date(2018, 3, 13)
NEW = session("nowy", start="09:00", end="10:00", description="Dwa\nwiersze: #1")
DATE = TimeChanged(
    "kurs@2018-03-13",
    Span(at(16, day=TUESDAY), at(18, day=TUESDAY)),
    Span(at(17, day=TUESDAY), at(18, day=TUESDAY)),
)
CHANGES = [
    PlaceChanged("gala", "sala-2", "sala-12"),
    PlaceChanged("panel", "sala-2", "sala-12"),
    LATE,
    LATER,
    Cancelled("gala", LocalText(pl="choroba")),
    Cancelled("panel", replacement="gala"),
    Restored("gala"),
    SpeakersChanged("gala", ("anna",), ()),
    SpeakersChanged("gala", ("anna",), ("jan",), (("jan", "Jan: „Lis”"),)),
    Added(NEW),
    SeatsChanged("gala", True),
    SeatsChanged("panel", True),
    SeatsChanged("kurs@2018-03-20", True),
    StandsChanged("ola", ("1",), ("2", "12A")),
    Renamed("ola", LocalText.model_validate("Ola"), LocalText(pl="Ola i Jan", en="Ola and Jan")),
    Renamed("sala-2", LocalText.model_validate("Sala 2"), LocalText.model_validate("Sala: 9")),
    Cancelled("kurs@2018-03-13"),
    PlaceChanged("kurs@2018-03-13", "sala-2", "sala-12"),
    DATE,
]


def applied(folder, changes):
    """Write changes into a folder; give what it says then and what it should say."""
    now = load_knowledge(folder).knowledge
    wanted = laid_over(now, changes)
    edits = written_back(folder, now, wanted)
    for edit in edits:
        edit.write()
    return load_knowledge(folder).knowledge, wanted


def test_only_what_changed_is_touched(write_fair):
    folder = write_fair(EXTRA)

    applied(folder, [PlaceChanged("gala", "sala-2", "sala-12"), LATER])

    expected = EXTRA.replace("place: sala-2        # until", "place: sala-12        # until")
    expected = expected.replace('start: "14:00"', 'start: "16:00"').replace('"15:00"', '"17:00"')
    assert (folder / "extra.yaml").read_text() == expected


def test_a_new_field_stands_at_the_end_of_its_record(write_fair):
    folder = write_fair(EXTRA)

    applied(folder, [Cancelled("gala"), Cancelled("panel"), SeatsChanged("gala", True)])

    text = (folder / "extra.yaml").read_text()
    assert "      seats: 5   # fixed\n      full: true\n    status: cancelled\n" in text
    assert "place: sala-2, status: cancelled}\n# After the sessions." in text


def test_an_added_session_stands_below_the_others(write_fair):
    folder = write_fair(EXTRA)

    applied(folder, [Added(NEW)])

    text = (folder / "extra.yaml").read_text()
    new = '\n\n  - id: nowy\n    title: "Gala"\n    type: gala\n    date: "2017-11-30"\n'
    assert new in text
    assert text.startswith("# Kept by hand.")


def test_what_is_said_already_is_written_once(write_fair):
    folder = write_fair(EXTRA)
    changes: list[Change] = [
        PlaceChanged("gala", "sala-2", "sala-12"),
        LATE,
        SeatsChanged("panel", True),
    ]

    now, _ = applied(folder, changes)

    assert written_back(folder, now, laid_over(now, changes)) == ()


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(CHANGES), max_size=6))
def test_the_files_say_what_was_changed(tmp_path_factory, changes):
    folder = tmp_path_factory.mktemp("fair")
    from tests.knowledge.conftest import SMALLEST  # noqa: PLC0415 - beside its fixture

    (folder / "event.yaml").write_text(SMALLEST)
    (folder / "extra.yaml").write_text(EXTRA)

    now, wanted = applied(folder, changes)

    left = [one for one in differences(now, wanted) if not isinstance(one, TextChanged)]
    assert left == []
    assert "# until noon" in (folder / "extra.yaml").read_text()


def test_values_are_written_so_that_yaml_reads_them_as_text():
    assert flow({"a": ["sala-2", "no", "14:00"], "b": 5, "c": True}) == (
        '{a: [sala-2, "no", "14:00"], b: 5, c: true}'
    )
