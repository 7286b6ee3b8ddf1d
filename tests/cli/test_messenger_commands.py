"""The commands for the Page, over HTTP against a strict Graph API server."""

import asyncio
import datetime as dt
import os
from pathlib import Path

import pytest

from tests import programs
from tests.fakes.graph_server import APP_SECRET, TOKEN, FakeGraph, Fault
from tests.fakes.graph_server_errors import TOKEN_SESSION, refused
from tests.fakes.graph_server_events import PAGE

ROOT = Path(__file__).parent.parent.parent
NOW = dt.datetime(2017, 11, 1, 9, tzinfo=dt.UTC)


async def run(tmp_path: Path, graph_url: str, *arguments: str, **more: str) -> tuple[int, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TARGOBOT_")}
    page = {
        "TARGOBOT_KNOWLEDGE": str(ROOT / "knowledge"),
        "TARGOBOT_MESSENGER_PAGE_ID": PAGE,
        "TARGOBOT_MESSENGER_PAGE_TOKEN": TOKEN,
        "TARGOBOT_MESSENGER_APP_SECRET": APP_SECRET,
        "TARGOBOT_MESSENGER_VERIFY_TOKEN": "a-long-enough-token",
        "TARGOBOT_MESSENGER_GRAPH_URL": graph_url,
    }
    given = {name: value for name, value in (kept | page | more).items() if value}
    done = await asyncio.to_thread(
        programs.run, programs.bot, arguments, tmp_path, given, answer=""
    )
    return done.returncode, done.stdout + done.stderr


async def test_profile_is_shown_then_set_then_left_alone(tmp_path: Path) -> None:
    async with FakeGraph(lambda: NOW) as graph:
        code, told = await run(tmp_path, graph.url, "messenger-profile", "--dry-run")
        assert (code, graph.profile.parts) == (0, {})
        assert "Nothing was set." in told
        assert "To bot, nie człowiek." in told

        code, told = await run(tmp_path, graph.url, "messenger-profile")
        assert (code, sorted(graph.profile.parts)) == (
            0,
            ["get_started", "greeting", "ice_breakers", "persistent_menu"],
        )

        code, told = await run(tmp_path, graph.url, "messenger-profile")
        assert (code, told.strip()) == (0, "The Page shows everything as it should.")
        assert graph.profile.calls == 1 + 3 + 1


async def test_only_what_differs_is_shown(tmp_path: Path) -> None:
    async with FakeGraph(lambda: NOW) as graph:
        await run(tmp_path, graph.url, "messenger-profile")
        graph.profile.parts["persistent_menu"][1]["call_to_actions"][0]["title"] = "Dawniej"

        code, told = await run(tmp_path, graph.url, "messenger-profile", "--dry-run")

    assert code == 0
    assert told.splitlines() == [
        "persistent_menu",
        "  pl_PL call_to_actions 1 title",
        "    - Dawniej",
        "    + Co jest teraz",
        "Nothing was set. Without --dry-run it would be.",
    ]


async def test_dead_token_is_told_with_its_remedy(tmp_path: Path) -> None:
    async with FakeGraph(lambda: NOW) as graph:
        graph.fail("messenger_profile", Fault(refused(TOKEN_SESSION)))

        code, told = await run(tmp_path, graph.url, "messenger-profile")

    assert code == 4
    assert "TARGOBOT_MESSENGER_PAGE_TOKEN" in told
    assert TOKEN not in told


async def test_spent_budget_is_told_in_words(tmp_path: Path) -> None:
    async with FakeGraph(lambda: NOW) as graph:
        for _ in range(10):
            graph.profile.count(NOW)

        code, told = await run(tmp_path, graph.url, "messenger-profile")

    assert code == 4
    assert told.strip().endswith("Try again in ten minutes.")


@pytest.mark.parametrize("command", ["messenger-profile", "messenger-links"])
async def test_without_a_page_it_says_what_is_missing(tmp_path: Path, command: str) -> None:
    names = ("PAGE_ID", "PAGE_TOKEN", "APP_SECRET", "VERIFY_TOKEN")
    nothing = dict.fromkeys((f"TARGOBOT_MESSENGER_{name}" for name in names), "")

    code, told = await run(tmp_path, "http://127.0.0.1:9", command, **nothing)

    assert code == 2
    assert told.startswith("No Page is set: TARGOBOT_MESSENGER_PAGE_ID")


async def test_links_are_listed_for_qr_codes(tmp_path: Path) -> None:
    code, told = await run(tmp_path, "http://127.0.0.1:9", "messenger-links")

    lines = told.splitlines()
    assert code == 0
    assert lines[0] == f"the beginning\thttps://m.me/{PAGE}"
    assert any(line.startswith("sessions: ") and "?ref=s_" in line for line in lines)
