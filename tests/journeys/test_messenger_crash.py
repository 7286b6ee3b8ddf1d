"""A visitor on Messenger whose bot is killed between the 200 and the answer."""

import asyncio
from pathlib import Path

from bot.channels.messenger.options import WEBHOOK_PATH
from bot.channels.messenger.render import plain
from bot.clock import real_clock
from tests.fakes.graph_server import APP_SECRET, TOKEN, VERIFY_TOKEN, FakeGraph
from tests.fakes.graph_server_events import PAGE, Event, envelope, text
from tests.fakes.telegram_server import FakeTelegram
from tests.journeys.running import killable_bot

PATIENCE_S = 60
ANNA = "7001000000000001"
BOT_SAYS = "Tu odpowiada bot targów: automat, nie człowiek."


def settings(meta: FakeGraph) -> dict[str, str]:
    return {
        "TARGOBOT_MESSENGER_PAGE_ID": PAGE,
        "TARGOBOT_MESSENGER_PAGE_TOKEN": TOKEN,
        "TARGOBOT_MESSENGER_APP_SECRET": APP_SECRET,
        "TARGOBOT_MESSENGER_VERIFY_TOKEN": VERIFY_TOKEN,
        "TARGOBOT_MESSENGER_GRAPH_URL": meta.url,
    }


async def acknowledged(meta: FakeGraph, address: str, *events: Event) -> None:
    """Deliver as the platform does: again until there is a 200."""
    async with asyncio.timeout(PATIENCE_S):
        while (  # noqa: ASYNC110 - as the platform tries
            await meta.deliver(envelope(*events), address + WEBHOOK_PATH) != 200
        ):
            await asyncio.sleep(0.1)


async def test_bot_that_is_killed_after_the_200_answers_once_when_it_is_back(
    tmp_path: Path,
) -> None:
    async with FakeTelegram() as telegram, FakeGraph(real_clock) as meta:
        meta.meet(ANNA)
        said = text(ANNA, "gdzie toaleta?", mid="m_1", at_ms=meta.now_ms())
        then = text(ANNA, "dziękuję", mid="m_2", at_ms=meta.now_ms() + 1)

        async with killable_bot(telegram, tmp_path, **settings(meta)) as bot:
            await acknowledged(meta, bot.address, said, then)
            await bot.kill()
        before = meta.texts(ANNA)
        async with killable_bot(telegram, tmp_path, **settings(meta)) as bot:
            meta.echoes_to = bot.address + WEBHOOK_PATH
            await acknowledged(meta, bot.address, said)
            async with asyncio.timeout(PATIENCE_S):
                while len(meta.sent) < 3:  # noqa: ASYNC110 - the server tells nobody
                    await asyncio.sleep(0.02)

    words = [plain(sent.message) for sent in meta.sent]
    assert before == []
    assert words[0] == BOT_SAYS
    assert "Toalet" in words[1]
    assert len(words) == 3
