import json

import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from bot.channels.webchat.routes import webchat_routes
from bot.channels.webchat.socket import RATE_LIMIT
from bot.clock import real_clock
from bot.messaging.languages import Language
from bot.messaging.message import ChatId
from bot.messaging.reply import Reply
from bot.web.server import make_app

HELLO = json.dumps({"session": "0123456789abcdef0123", "language": "uk"})


class Echo:
    def __init__(self):
        self.heard = []

    async def respond(self, incoming):
        self.heard.append(incoming)
        return (Reply(Language.PL, f"odpowiedź {len(self.heard)}"),)


@pytest.fixture
def echo():
    return Echo()


@pytest.fixture
def client(echo):
    routes = webchat_routes(echo.respond, real_clock, {Language.PL: "Targi"})
    return TestClient(make_app(routes, ["https://fair.example"]))


def text_of(frame):
    return json.loads(frame)["replies"][0]["text"]


def test_a_message_becomes_an_incoming_with_session_and_hint(client, echo):
    with client.websocket_connect("/chat") as socket:
        socket.send_text(HELLO)
        socket.send_text('{"id": 1, "text": "co teraz"}')
        socket.receive_text()

    assert echo.heard[0].chat == ChatId("web", "0123456789abcdef0123")
    assert echo.heard[0].language_hint == "uk"


def test_a_repeated_message_gets_the_same_answer_and_is_asked_once(client, echo):
    answers = []
    for _ in range(2):
        with client.websocket_connect("/chat") as socket:
            socket.send_text(HELLO)
            socket.send_text('{"id": 1, "text": "co teraz"}')
            answers.append(text_of(socket.receive_text()))

    assert answers == ["odpowiedź 1", "odpowiedź 1"]
    assert len(echo.heard) == 1


def test_another_site_may_not_open_the_socket(client):
    with (
        pytest.raises(WebSocketDisconnect),
        client.websocket_connect("/chat", headers={"origin": "https://evil.example"}) as socket,
    ):
        socket.receive_text()


@pytest.mark.parametrize("frame", ["{}", "nothing", '{"session": "a"}'])
def test_who_does_not_speak_our_protocol_is_shown_out(client, frame):
    with client.websocket_connect("/chat") as socket:
        socket.send_text(frame)
        with pytest.raises(WebSocketDisconnect):
            socket.receive_text()


def test_bytes_instead_of_text_end_the_connection(client):
    with client.websocket_connect("/chat") as socket:
        socket.send_bytes(b"abc")
        with pytest.raises(WebSocketDisconnect):
            socket.receive_text()


def test_a_flood_ends_the_connection(client, echo):
    with client.websocket_connect("/chat") as socket:
        socket.send_text(HELLO)
        for number in range(1, RATE_LIMIT):
            socket.send_text(json.dumps({"id": number, "text": "a"}))
            socket.receive_text()
        socket.send_text(json.dumps({"id": RATE_LIMIT, "text": "a"}))
        with pytest.raises(WebSocketDisconnect):
            socket.receive_text()

    assert len(echo.heard) == RATE_LIMIT - 1


def test_only_named_sites_may_embed_the_page(client):
    policy = client.get("/").headers["content-security-policy"]

    assert "frame-ancestors https://fair.example" in policy
    assert "script-src 'self';" in policy
    assert "default-src 'none';" in policy


def test_a_title_cannot_break_out_of_the_page():
    routes = webchat_routes(Echo().respond, real_clock, {Language.PL: '"><script>x</script>'})

    page = TestClient(make_app(routes)).get("/").text

    assert "<script>x" not in page
