from pathlib import Path
from typing import Protocol

import pytest

SMALLEST = """
event:
  id: fair
  name: Targi
  edition: 2
  start_date: "2017-11-30"
  end_date: "2017-12-01"
  city: Kielce
  organizer: rops
organizers:
  - {id: rops, name: ROPS}
"""


class WriteFair(Protocol):
    def __call__(self, extra: str = "", *, base: str = SMALLEST) -> Path:
        """Write a fair and say where."""


@pytest.fixture
def write_fair(tmp_path: Path) -> WriteFair:
    def write(extra: str = "", *, base: str = SMALLEST) -> Path:
        folder = tmp_path / "knowledge"
        folder.mkdir(exist_ok=True)
        (folder / "event.yaml").write_text(base)
        (folder / "extra.yaml").write_text(extra)
        return folder

    return write
