import os

import pytest

from tests.app.processes import FAIR, process


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "knowledge"
    folder.mkdir()
    (folder / "fair.yaml").write_text(FAIR, encoding="utf-8")
    # Edited long before anything is confirmed in chat, by the fair's clock.
    os.utime(folder / "fair.yaml", (0, 0))
    return folder


@pytest.fixture
async def one(store_url, folder):
    async with process(store_url, folder) as running:
        yield running
