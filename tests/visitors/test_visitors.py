import datetime as dt

import pytest
from sqlalchemy import select

from bot.errors import SettingsError
from bot.messaging.languages import Language
from bot.messaging.message import ChatId
from bot.store.engine import open_store
from bot.store.schema import visitors as rows
from bot.visitors.memory import InMemoryVisitors, Outcome, Question, without_identity
from bot.visitors.queries import SqlVisitors

ANNA = ChatId("telegram", "1")
DAY = dt.date(2017, 11, 30)


@pytest.fixture(params=["memory", "sql"])
async def visitors(request, tmp_path):
    if request.param == "memory":
        yield InMemoryVisitors()
        return
    store = await open_store(f"sqlite+aiosqlite:///{tmp_path}/new/store.sqlite3")
    yield SqlVisitors(store)
    await store.close()


async def test_a_chosen_language_is_kept_per_chat(visitors):
    await visitors.choose_language(ANNA, Language.UK)
    await visitors.choose_language(ANNA, Language.EN)

    assert await visitors.language_of(ANNA) is Language.EN
    assert await visitors.language_of(ChatId("web", "1")) is None


async def test_forgetting_leaves_nothing(visitors):
    await visitors.choose_language(ANNA, Language.UK)

    await visitors.forget(ANNA)

    assert await visitors.language_of(ANNA) is None


async def test_when_somebody_looked_last_is_kept_until_they_are_forgotten(visitors):
    noon = dt.datetime(2017, 11, 30, 11, tzinfo=dt.UTC)
    assert await visitors.looked_at(ANNA) is None

    await visitors.look(ANNA, noon)

    assert await visitors.looked_at(ANNA) == noon
    await visitors.forget(ANNA)
    assert await visitors.looked_at(ANNA) is None


async def test_when_somebody_looked_is_written_down_only_of_whom_we_can_write_to(tmp_path):
    store = await open_store(f"sqlite+aiosqlite:///{tmp_path}/store.sqlite3")
    noon = dt.datetime(2017, 11, 30, 11, tzinfo=dt.UTC)
    visitors = SqlVisitors(store, reachable={"telegram"})
    for chat in (ANNA, ChatId("web", "1"), ChatId("telegram", "-100")):
        await visitors.look(chat, noon)

    async with store.reading() as connection:
        kept = (await connection.execute(select(rows.c.chat, rows.c.looked_at))).all()
    assert kept == [("1", noon)]
    assert await SqlVisitors(store).looked_at(ANNA) == noon
    await store.close()


async def test_the_same_question_is_counted(visitors):
    for text in ("gdzie lody", "gdzie  lody", "ile waży słoń"):
        await visitors.remember_question(text, Language.PL, Outcome.UNKNOWN, DAY)

    assert await visitors.questions() == (
        Question("gdzie lody", Language.PL, Outcome.UNKNOWN, 2, DAY),
        Question("ile waży słoń", Language.PL, Outcome.UNKNOWN, 1, DAY),
    )


async def test_a_restart_remembers(tmp_path):
    url = f"sqlite+aiosqlite:///{tmp_path}/store.sqlite3"
    store = await open_store(url)
    await SqlVisitors(store).choose_language(ANNA, Language.UK)
    await store.close()

    store = await open_store(url)

    assert await SqlVisitors(store).language_of(ANNA) is Language.UK
    await store.close()


async def test_who_blocks_the_bot_is_out_of_reach_until_they_return(tmp_path):
    store = await open_store(f"sqlite+aiosqlite:///{tmp_path}/store.sqlite3")
    visitors = SqlVisitors(store)
    await visitors.choose_language(ANNA, Language.PL)

    async def since() -> object:
        async with store.reading() as connection:
            return (await connection.execute(select(rows.c.unreachable_since))).scalars().all()

    await visitors.reach(ChatId("telegram", "2"), False)
    assert await since() == [None], "whom we do not know, we keep nothing of"
    await visitors.reach(ANNA, False)
    assert await since() != [None]
    await visitors.reach(ANNA, True)
    assert await since() == [None]
    await store.close()


async def test_a_database_that_cannot_be_opened_is_told_in_words(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(SettingsError, match="TARGOBOT_DATABASE cannot be opened"):
        await open_store(f"sqlite+aiosqlite:///{tmp_path}/file/store.sqlite3")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("mój numer 501 234 567 proszę", "mój numer … proszę"),
        ("napisz do anna@example.org", "napisz do …"),
        ("jestem @anna_k, gdzie stoisko 12", "jestem …, gdzie stoisko 12"),
        ("co o 14:30 w sali 101", "co o 14:30 w sali 101"),
        ("a" * 400, "a" * 300),
    ],
)
def test_identity_is_taken_out_of_a_question(text, kept):
    assert without_identity(text) == kept
