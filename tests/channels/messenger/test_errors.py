"""What the Graph API's errors mean, by code and subcode, whatever the text says."""

import pytest

from bot.channels.messenger.errors import Kind, kind_of, read_error


@pytest.mark.parametrize(
    ("code", "subcode", "kind"),
    [
        (10, 2018278, Kind.WINDOW),
        (10, 2018065, Kind.WINDOW),
        (10, 2534022, Kind.WINDOW),
        (551, 0, Kind.UNREACHABLE),
        (551, 1545041, Kind.UNREACHABLE),
        (200, 1545041, Kind.UNREACHABLE),
        (10, 2018108, Kind.UNREACHABLE),
        (10, 2018336, Kind.UNREACHABLE),
        (100, 2018001, Kind.NO_SUCH_PERSON),
        (100, 33, Kind.NO_SUCH_PERSON),
        (613, 0, Kind.RATE),
        (613, 2534040, Kind.RATE),
        (4, 0, Kind.RATE),
        (32, 0, Kind.RATE),
        (80006, 0, Kind.RATE),
        (613, 2018338, Kind.RESTRICTED),
        (10, 1893063, Kind.RESTRICTED),
        (368, 0, Kind.RESTRICTED),
        (2022, 0, Kind.RESTRICTED),
        (190, 0, Kind.CONFIGURATION),
        (190, 460, Kind.CONFIGURATION),
        (10, 0, Kind.CONFIGURATION),
        (200, 0, Kind.CONFIGURATION),
        (200, 2018028, Kind.CONFIGURATION),
        (230, 0, Kind.CONFIGURATION),
        (104, 0, Kind.CONFIGURATION),
        (2500, 0, Kind.CONFIGURATION),
        (10, 2018300, Kind.OTHER_THREAD),
        (2018300, 0, Kind.OTHER_THREAD),
        (2018321, 0, Kind.OTHER_THREAD),
        (1, 99, Kind.TRANSIENT),
        (2, 0, Kind.TRANSIENT),
        (1200, 0, Kind.TRANSIENT),
        (100, 0, Kind.OUR_BUG),
        (100, 2018034, Kind.OUR_BUG),
        (105, 0, Kind.OUR_BUG),
        (194, 0, Kind.OUR_BUG),
        (987654, 0, Kind.OUR_BUG),
    ],
)
def test_code_and_subcode_say_what_to_do(code: int, subcode: int, kind: Kind) -> None:
    assert kind_of(code, subcode) is kind


def test_proof_that_is_missing_is_no_mistake_in_the_message() -> None:
    assert kind_of(100, 0, "GraphMethodException") is Kind.CONFIGURATION
    assert kind_of(100, 33, "GraphMethodException") is Kind.NO_SUCH_PERSON


def test_error_that_calls_itself_transient_is_believed() -> None:
    assert kind_of(987654, is_transient=True) is Kind.TRANSIENT
    assert kind_of(190, is_transient=True) is Kind.CONFIGURATION


@pytest.mark.parametrize("words", ["(#551) 用户暂时收不到消息。", "outside of allowed window", ""])
def test_text_of_an_error_is_never_read(words: str) -> None:
    answer = {"error": {"code": 551, "error_subcode": 1545041, "message": words}}

    error = read_error(answer)

    assert error is not None
    assert (error.code, error.subcode, error.kind) == (551, 1545041, Kind.UNREACHABLE)


def test_error_tells_no_secret_and_no_person() -> None:
    token = "EAAsecretsecretsecretsecret12"
    words = f"Object with ID '7001000000000001' does not exist; token {token}; s3cret"

    error = read_error({"error": {"code": 100, "message": words, "fbtrace_id": "A1"}}, ("s3cret",))

    assert error is not None
    assert error.words == "Object with ID '[id]' does not exist; token [secret]; [secret]"
    assert str(error) == (
        "Graph API error 100/0: a message that the platform does not take; trace A1"
    )


@pytest.mark.parametrize(
    "answer", [{}, [], "error", {"error": "gone"}, {"error": {}}, {"error": {"code": "x"}}, None]
)
def test_what_is_no_error_is_none(answer: object) -> None:
    assert read_error(answer) is None
