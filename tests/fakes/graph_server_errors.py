"""The Graph API's errors as they were recorded, with their texts in three languages.

A bot that reads texts fails here: the server answers in the language that it is set to,
as the real one answers in that of the token's owner.
"""

from typing import Any

WINDOW = (10, 2018278)
UNREACHABLE = (551, 1545041)
NO_SUCH_PERSON = (100, 2018001)
OTHER_APP = (10, 2018300)
NO_PERMISSION = (10, 0)
TOKEN = (190, 0)
TOKEN_SESSION = (190, 460)
RATE = (613, 0)
RESTRICTED = (10, 1893063)
BLOCKED = (368, 0)
NOT_REVIEWED = (200, 2018028)
TRANSIENT = (2, 0)
UNKNOWN = (1, 99)
PROOF = (100, -1)
MENU_WITHOUT_START = (100, 2018145)

_TEXTS: dict[tuple[int, int], dict[str, str]] = {
    WINDOW: {
        "en": "(#10) This message is sent outside of allowed window. Learn more about the new"
        " policy here",
        "fr": "(#10) Ce message est envoyé en dehors de la fenêtre autorisée.",
        "zh": "(#10) 此消息在允许的时间范围之外发送。",
    },
    UNREACHABLE: {
        "en": "(#551) This person isn't available right now.",
        "fr": "(#551) Cette personne n’est pas disponible pour le moment.",
        "zh": "(#551) 用户暂时收不到消息。",
    },
    NO_SUCH_PERSON: {
        "en": "(#100) No matching user found",
        "fr": "(#100) Aucun utilisateur correspondant",
        "zh": "(#100) 找不到匹配的用户",
    },
    OTHER_APP: {
        "en": "(#10) Message failed to send because another app is controlling this thread now.",
        "fr": "(#10) Une autre application contrôle cette discussion.",
        "zh": "(#10) 此对话目前由其他应用控制。",
    },
    NO_PERMISSION: {"en": "(#10) Application does not have permission for this action"},
    TOKEN: {
        "en": "Invalid OAuth access token.",
        "fr": "Jeton d’accès OAuth non valide.",
        "zh": "OAuth 访问口令无效。",
    },
    TOKEN_SESSION: {
        "en": "Error validating access token: The session has been invalidated because the user"
        " changed their password or Facebook has changed the session for security reasons."
    },
    RATE: {
        "en": "(#613) Calls to this api have exceeded the rate limit.",
        "fr": "(#613) Trop d’appels à cette API.",
        "zh": "(#613) 对此 API 的调用已超出速率限制。",
    },
    RESTRICTED: {"en": "(#10) You are temporarily restricted from sending messages."},
    BLOCKED: {"en": "The action attempted has been deemed abusive or is otherwise disallowed."},
    NOT_REVIEWED: {
        "en": "(#200) Cannot message users who are not admins, developers or testers of the app"
        " until pages_messaging permission is reviewed and the app is live."
    },
    TRANSIENT: {
        "en": "An unexpected error has occurred. Please retry your request later.",
        "fr": "Une erreur inattendue s’est produite.",
        "zh": "发生意外错误。",
    },
    UNKNOWN: {"en": "An unknown error occurred."},
    PROOF: {"en": "Invalid appsecret_proof provided in the API argument"},
    MENU_WITHOUT_START: {
        "en": "(#100) You must set a Get Started button if you also wish to use persistent menu."
    },
}


class GraphRefusedError(Exception):
    """The server does not take a request: a code, a subcode (0 for none) and words."""

    def __init__(self, code: int, subcode: int = 0, words: str = "") -> None:
        super().__init__(f"{code}/{subcode} {words}")
        self.code = code
        self.subcode = subcode
        self.words = words

    def body(self, language: str) -> dict[str, Any]:
        """Give what stands in the answer."""
        texts = _TEXTS.get((self.code, self.subcode), {})
        words = self.words or texts.get(language) or texts.get("en") or f"(#{self.code}) Error"
        is_proof = (self.code, self.subcode) == PROOF
        error: dict[str, Any] = {
            "message": words,
            "type": "GraphMethodException" if is_proof else "OAuthException",
            "code": self.code,
            "fbtrace_id": "AfLpdQHj4s1h8w6MbvPPOUc",
        }
        if self.subcode > 0:
            error["error_subcode"] = self.subcode
        return {"error": error}


def refused(kind: tuple[int, int]) -> GraphRefusedError:
    """Make one of the errors above."""
    return GraphRefusedError(*kind)


def invalid(words: str, subcode: int = 0) -> GraphRefusedError:
    """Say that a parameter is wrong."""
    return GraphRefusedError(100, subcode, f"(#100) {words}")


def too_many(parameter: str) -> GraphRefusedError:
    """Say that a list is too long."""
    return GraphRefusedError(105, 0, f"(#105) param {parameter} has too many elements.")


def too_few(parameter: str) -> GraphRefusedError:
    """Say that a list is empty."""
    return GraphRefusedError(194, 0, f"(#194) param {parameter} has too few elements.")
