from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from bot.channels.plain import plain_text
from bot.channels.terminal import chat_in_terminal
from bot.clock import real_clock
from bot.messaging.languages import Language
from bot.messaging.message import Command, Tap, Text
from bot.messaging.reply import Ask, Card, Copy, Link, MapPoint, Reply

REPLY = Reply(
    Language.PL,
    "tekst",
    title="Tytuł",
    cards=(Card("Karta", "jeden\ndwa", "przykład", (Ask("Pokaż", "e:a"),)),),
    note="źródło",
    buttons=(Ask("Więcej", "e:b"), Link("Strona", "https://a.example"), Copy("Hasło", "abc")),
    point=MapPoint(50.5, 20.5, "WDK", "Kielce"),
)


async def test_a_number_presses_a_button_and_a_slash_is_a_command(tmp_path):
    heard = []

    async def respond(incoming):
        heard.append(incoming.content)
        return (REPLY,)

    with create_pipe_input() as keys:
        keys.send_text("gdzie wc\r2\r/szukaj dom\r7\r\x04")
        await chat_in_terminal(
            respond, real_clock, tmp_path / "history", streams=(keys, DummyOutput())
        )

    assert heard == [
        Command("start"),
        Text("gdzie wc"),
        Tap("e:b"),
        Command("szukaj", "dom"),
        Text("7"),
    ]
    assert "gdzie wc" in (tmp_path / "history").read_text()


def test_a_reply_is_plain_text_with_numbered_choices():
    assert plain_text(REPLY) == (
        "Tytuł\ntekst\n\n• Karta (przykład)\n  jeden\n  dwa\n  [1] Pokaż\n\nWDK, Kielce\n"
        "geo:50.5,20.5\n\n(źródło)\n\n[2] Więcej\nStrona: https://a.example\nHasło: abc"
    )
