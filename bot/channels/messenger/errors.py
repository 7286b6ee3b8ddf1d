"""What the Graph API's errors mean, sorted by what is to be done.

By code and subcode only: the texts come in the language of whoever owns the token,
and the HTTP status says nothing (an error may come with a 200). The table follows
Meta's page "Error codes" of the Messenger Platform as of 2026-06-25.
"""

from enum import StrEnum

from bot.channels.messenger.redaction import redacted


class Kind(StrEnum):
    """What went wrong, in words for the log."""

    WINDOW = "outside the 24 hours"
    UNREACHABLE = "the person does not get our messages"
    NO_SUCH_PERSON = "no such person"
    RATE = "too many calls"
    RESTRICTED = "the Page is restricted"
    CONFIGURATION = "token, permission or app is not in order"
    OTHER_THREAD = "somebody else leads the conversation"
    TRANSIENT = "the platform has trouble of its own"
    OUR_BUG = "a message that the platform does not take"


class CallError(Exception):
    """A call to the Graph API that did not end well; its text holds no secret and no person."""


class NotSentError(CallError):
    """The request surely did not reach the platform: it may be made again."""


class NoAnswerError(CallError):
    """No answer, or one that is none of the Graph API's: nobody knows what was done."""


class GraphError(CallError):
    """The Graph API refused a call: surely nothing was done.

    Attributes:
        code: the error's number.
        subcode: more exactly; 0 where there is none.
        kind: what it means.
        trace: `fbtrace_id`, by which Meta finds the call.
        words: the platform's text, in whatever language, without secrets and ids.
    """

    def __init__(self, code: int, subcode: int, kind: Kind, trace: str, words: str) -> None:
        """Keep what the platform answered."""
        super().__init__(f"Graph API error {code}/{subcode}: {kind}; trace {trace or 'none'}")
        self.code = code
        self.subcode = subcode
        self.kind = kind
        self.trace = trace
        self.words = words


_EXACT: dict[tuple[int, int], Kind] = {
    **dict.fromkeys([(10, 2018278), (10, 2018065), (10, 2534022)], Kind.WINDOW),
    # One page of Meta's says that 1545041 means a closed window, the table of errors that
    # the person is not available; recorded answers agree with the table.
    **dict.fromkeys(
        [(200, 1545041), (10, 2018108), (10, 2018336), (10, 1893015)], Kind.UNREACHABLE
    ),
    **dict.fromkeys([(100, 2018001), (100, 33)], Kind.NO_SUCH_PERSON),
    **dict.fromkeys([(613, 2018338), (10, 1893063)], Kind.RESTRICTED),
    **dict.fromkeys([(10, 2018300), (10, 2018321)], Kind.OTHER_THREAD),
}

_BY_CODE: dict[int, Kind] = {
    **dict.fromkeys([551], Kind.UNREACHABLE),
    **dict.fromkeys([2018218], Kind.NO_SUCH_PERSON),
    **dict.fromkeys([4, 17, 32, 613, 80006], Kind.RATE),
    **dict.fromkeys([368, 2022], Kind.RESTRICTED),
    **dict.fromkeys([10, 102, 104, 190, 200, 230, 2500, 2018247], Kind.CONFIGURATION),
    **dict.fromkeys([2018300, 2018321], Kind.OTHER_THREAD),
    **dict.fromkeys([1, 2, 1200], Kind.TRANSIENT),
    **dict.fromkeys([100, 105, 194], Kind.OUR_BUG),
}

_PROOF_ERROR = "GraphMethodException"
"""The type of a missing or wrong `appsecret_proof`, which has code 100 and no subcode."""


def kind_of(code: int, subcode: int = 0, type_: str = "", *, is_transient: bool = False) -> Kind:
    """Say what an error means; one that nobody has seen is a mistake of ours.

    Args:
        code: the error's number.
        subcode: more exactly; 0 where there is none.
        type_: the name that the platform gives it; needed for one case only.
        is_transient: whether the platform says so itself.
    """
    if exact := _EXACT.get((code, subcode)):
        return exact
    if (code, subcode, type_) == (100, 0, _PROOF_ERROR):
        return Kind.CONFIGURATION
    return _BY_CODE.get(code) or (Kind.TRANSIENT if is_transient else Kind.OUR_BUG)


def read_error(answer: object, secrets: tuple[str, ...] = ()) -> GraphError | None:
    """Read the error in an answer; `None` where there is none.

    Args:
        answer: what the platform's JSON says.
        secrets: what must not be in the error's words.
    """
    error = answer.get("error") if isinstance(answer, dict) else None
    if not isinstance(error, dict) or not isinstance(error.get("code"), int):
        return None
    code, subcode = error["code"], error.get("error_subcode")
    subcode = subcode if isinstance(subcode, int) else 0
    kind = kind_of(
        code, subcode, str(error.get("type", "")), is_transient=error.get("is_transient") is True
    )
    words = redacted(str(error.get("message", "")), secrets)
    return GraphError(code, subcode, kind, str(error.get("fbtrace_id", "")), words)
