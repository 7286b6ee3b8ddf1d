import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.split import split, utf16_length

TEXTS = st.text(st.sampled_from("ab ąé.\n👩‍🏫🎪́,"), max_size=120)


def without_spaces(text: str) -> str:
    return "".join(text.split())


@settings(deadline=None)
@given(TEXTS, st.integers(min_value=2, max_value=40))
def test_splitting_loses_nothing(text: str, limit: int) -> None:
    parts = split(text, limit)

    assert all(0 < utf16_length(part) <= limit for part in parts)
    assert without_spaces("".join(parts)) == without_spaces(text)


@settings(deadline=None)
@given(TEXTS, st.integers(min_value=2, max_value=40))
def test_what_was_split_is_not_split_again(text: str, limit: int) -> None:
    parts = split(text, limit)

    assert tuple(again for part in parts for again in split(part, limit)) == parts


@settings(deadline=None)
@given(st.text())
def test_utf16_length_is_what_the_encoding_takes(text: str) -> None:
    assert utf16_length(text) == len(text.encode("utf-16-le", "surrogatepass")) // 2


@settings(deadline=None)
@given(TEXTS)
def test_text_that_fits_stays_whole(text: str) -> None:
    stripped = text.strip()

    assert split(text, 1000) == ((stripped,) if stripped else ())


@pytest.mark.parametrize(
    ("text", "limit", "parts"),
    [
        ("Ala ma.\n\nKot ma.\n\nPies.", 18, ("Ala ma.\n\nKot ma.", "Pies.")),
        ("jeden\ndwa trzy\ncztery", 15, ("jeden\ndwa trzy", "cztery")),
        ("Jest sala A. Jest sala B.", 15, ("Jest sala A.", "Jest sala B.")),
        ("raz dwa trzy", 8, ("raz dwa", "trzy")),
        ("raz dwa trzy", 7, ("raz dwa", "trzy")),
        ("abcdefgh", 3, ("abc", "def", "gh")),
        (
            "patrz https://fair.example/mapa teraz",
            30,
            ("patrz", "https://fair.example/mapa", "teraz"),
        ),
    ],
)
def test_cut_is_where_a_reader_pauses(text: str, limit: int, parts: tuple[str, ...]) -> None:
    assert split(text, limit) == parts


def test_letter_and_its_accent_stay_together() -> None:
    assert split("abe\u0301cd", 3) == ("ab", "e\u0301c", "d")


def test_joined_emoji_stay_together() -> None:
    teacher = "👩\u200d🏫"

    assert split(f"ab{teacher}", 6) == ("ab", teacher)


def test_limit_below_one_sign_is_refused() -> None:
    with pytest.raises(ValueError, match="one sign alone"):
        split("🎪", 1)


def test_other_measure_cuts_elsewhere() -> None:
    assert split("żółć żółć", 9, lambda text: len(text.encode())) == ("żółć", "żółć")
