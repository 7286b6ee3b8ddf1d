from bot.matching.gaps import gaps


def test_near_duplicates_are_one_gap_and_the_most_asked_comes_first(index):
    found = gaps(
        [
            "czy jest sauna",
            "gdzie drukują plakaty wielkie",
            "jest sauna?",
            "czy jest sauna",
            "sauna",
        ],
        index,
    )

    assert [(gap.text, gap.count, gap.others) for gap in found] == [
        ("czy jest sauna", 4, ("jest sauna?", "sauna")),
        ("gdzie drukują plakaty wielkie", 1, ()),
    ]
    assert found[1].likely is not None
    assert found[1].likely.id == "printer"


def test_no_questions_leave_no_gaps(index):
    assert gaps([], index) == ()
    assert gaps(["  "], index) == ()
