from bot.matching.entries import Entry, Field, Phrasing
from bot.matching.index import build_index
from bot.matching.linear import Example, LinearModel, share_for


def test_the_model_has_no_say_where_examples_are_few():
    assert share_for([1, 2, 3, 1]) == 0.0
    assert share_for([]) == 0.0


def test_the_model_joins_in_where_examples_are_many():
    assert 0 < share_for([6, 6, 6]) < share_for([10, 12, 9])


def test_one_rich_entry_among_poor_ones_gives_the_model_no_say():
    assert share_for([40, 1, 1, 1]) == 0.0


def test_the_model_learns_which_words_tell_entries_apart():
    texts = [("card has arrived", 0), ("card is lost", 1), ("card came", 0), ("card stolen", 1)]
    model = LinearModel([Example(text, entry, Field.VARIANT) for text, entry in texts])

    rates = model.rates("my lost card")

    assert rates[1] > rates[0]


def test_many_examples_are_learnt_from():
    opened = [f"open the {thing}" for thing in ("door", "gate", "shop", "hall", "room", "box")]
    closed = [f"shut the {thing}" for thing in ("door", "gate", "shop", "hall", "room", "box")]
    index = build_index(
        Entry(name, "faq", tuple(Phrasing(text, Field.VARIANT) for text in texts))
        for name, texts in (("open", opened), ("shut", closed))
    )

    assert index.rank("shut the window").hits[0].id == "shut"
