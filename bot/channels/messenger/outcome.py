"""What became of a call to the Graph API, sorted by what the sender does next."""

from datetime import timedelta
from typing import assert_never

from bot.channels.messenger.errors import CallError, GraphError, Kind, NoAnswerError, NotSentError
from bot.messaging.outcome import Closed, Gone, Halted, Later, Outcome, Refused, Unsure

NO_NETWORK = timedelta(seconds=1)
"""How long to leave the platform alone that could not even be reached."""

ECHO_WITHIN = timedelta(minutes=1)
"""How long an echo may take. Seconds are usual; a webhook that was away gets it a little later."""

RESTRICTION = timedelta(minutes=30)
"""How long a Page is left alone that Meta has restricted: trying makes it worse."""

_HOW_TO_MEND = {
    190: "the Page's access token is not valid any more. Make a new one (docs/messenger-setup.md,"
    " “A token”), set TARGOBOT_MESSENGER_PAGE_TOKEN and start the bot again",
    100: "the app secret does not belong to the access token. Copy it again from the app's"
    " settings into TARGOBOT_MESSENGER_APP_SECRET and start the bot again",
    2500: "Meta does not know this address of the Graph API. Look at"
    " TARGOBOT_MESSENGER_GRAPH_URL and TARGOBOT_MESSENGER_GRAPH_VERSION",
}
_NO_PERMISSION = (
    "the app may not write for this Page to everybody. In the app's dashboard, pages_messaging"
    " needs Advanced Access, and the Page has to be connected (docs/messenger-setup.md)"
)
_RESTRICTED = (
    "Meta has restricted what the Page may send. Look into its Support Inbox and Page quality,"
    " and ask for a review there"
)


def outcome_of(error: CallError, rest: timedelta) -> Outcome:
    """Sort what went wrong with a message that nobody asked for.

    Args:
        error: what the client raised.
        rest: how long to wait where too much was sent.
    """
    match error:
        case NotSentError():
            return Later(NO_NETWORK, str(error))
        case GraphError():
            return _refused(error, rest)
        case NoAnswerError() | _:
            return Unsure(str(error), ECHO_WITHIN)


def how_to_mend(error: GraphError) -> str:
    """Say in words for an organizer what is out of order with the token, the app or the Page."""
    if error.kind is Kind.RESTRICTED:
        words = _RESTRICTED
    else:
        words = _HOW_TO_MEND.get(error.code, _NO_PERMISSION)
    return f"{words} (error {error.code}/{error.subcode})"


def _refused(error: GraphError, rest: timedelta) -> Outcome:
    match error.kind:
        case Kind.WINDOW:
            return Closed(str(error))
        case Kind.OTHER_THREAD:
            return Closed("somebody else leads the conversation")
        case Kind.UNREACHABLE:
            return Closed(str(error), is_unreachable=True)
        case Kind.NO_SUCH_PERSON:
            return Gone(str(error))
        case Kind.RATE:
            return Later(rest, str(error))
        case Kind.RESTRICTED:
            return Halted(how_to_mend(error), RESTRICTION)
        case Kind.CONFIGURATION:
            return Halted(how_to_mend(error))
        case Kind.TRANSIENT:
            return Later(None, str(error))
        case Kind.OUR_BUG:
            return Refused(f"{error}: {error.words}")
        case _:
            assert_never(error.kind)
