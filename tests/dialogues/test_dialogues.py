import pytest

from bot.matching.snapshot import Snapshot
from tests.dialogues.talking import Dialogue, Talk, dialogues


@pytest.mark.parametrize("dialogue", list(dialogues()), ids=lambda one: f"{one.file}: {one.name}")
async def test_the_dialogue_goes_as_written(snapshot: Snapshot, dialogue: Dialogue):
    await Talk(snapshot, dialogue).play()
