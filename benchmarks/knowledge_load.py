"""How long a large fair takes to load, beside reading the same YAML without checking it.

scripts/setup dev && .venv/bin/python -m benchmarks.knowledge_load
"""

import gc
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import yaml

from bot.knowledge.read import load_knowledge

EXHIBITORS, SESSIONS, ROOMS = 5000, 2000, 100

_EVENT = """\
event: {id: fair, name: Targi, edition: 1, start_date: "2017-11-30", end_date: "2018-01-10",
  city: Kielce, organizer: rops}
organizers: [{id: rops, name: ROPS}]
"""
_EXHIBITOR = """\
  - id: exhibitor-{n}
    name: {{pl: "Spółdzielnia numer {n}", en: "Social cooperative {n}", uk: "Кооператив {n}"}}
    kind: spoldzielnia_socjalna
    stands: ["{n}"]
    categories: [{{pl: "rękodzieło", en: "crafts", uk: "ремесла"}}, catering]
    products:
      - {{name: {{pl: "wieniec {n}", en: "wreath", uk: "вінок"}}, price: "35,00 zł"}}
    description:
      pl: "Szyje, piecze i naprawia. Zatrudnia {n} osób."
      en: "Sews, bakes and repairs."
      uk: "Шиє, пече й ремонтує."
    aliases: {{pl: [spółdzielnia {n}, sp{n}], en: [coop {n}]}}
    payment: [gotowka, karta]
    contact: {{phone: "41 555 {n}", email: "k{n}@example.org"}}
"""
_SESSION = """\
  - id: session-{n}
    title: {{pl: "Warsztat numer {n}", en: "Workshop {n}", uk: "Майстер-клас {n}"}}
    type: warsztat
    date: "2017-12-{day:02}"
    start: "{hour:02}:00"
    end: "{hour:02}:45"
    place: room-{room}
    topics: [{{pl: "temat {n}", en: "topic {n}", uk: "тема {n}"}}]
"""


def main() -> None:
    """Write the fair to a temporary folder, and print what it takes to load it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "knowledge"
        _write(folder)
        text = "".join(file.read_text() for file in folder.glob("*.yaml"))
        collected = _seconds(lambda: _read_unchecked(folder))
        # load_knowledge leaves garbage alone while it works; what it is compared with, too.
        gc.disable()
        plain = _seconds(lambda: _read_unchecked(folder))
        gc.enable()
        before = psutil.Process().memory_info().rss
        whole = _seconds(lambda: load_knowledge(folder))
        added = (psutil.Process().memory_info().rss - before) / 2**20
    records = EXHIBITORS + SESSIONS + ROOMS
    print(f"{records:,} records, {len(text.encode()) / 1e6:.1f} MB of YAML")
    print(f"yaml.CSafeLoader, unchecked           {collected:6.2f} s")
    print(f"yaml.CSafeLoader, garbage left alone  {plain:6.2f} s")
    print(
        f"load_knowledge, checked               {whole:6.2f} s   {whole / plain:.2f} times   "
        f"{records / whole:,.0f} records/s   {added:.0f} MB"
    )


def _read_unchecked(folder: Path) -> None:
    for file in folder.glob("*.yaml"):
        yaml.load(file.read_text(), yaml.CSafeLoader)


def _write(folder: Path) -> None:
    folder.mkdir()
    (folder / "event.yaml").write_text(_EVENT)
    rows = "".join(_EXHIBITOR.format(n=n) for n in range(EXHIBITORS))
    (folder / "exhibitors.yaml").write_text("exhibitors:\n" + rows)
    rooms = "".join(f"  - {{id: room-{n}, name: Sala {n}, kind: room}}\n" for n in range(ROOMS))
    sessions = "".join(
        _SESSION.format(n=n, day=1 + n // ROOMS // 8, hour=9 + n // ROOMS % 8, room=n % ROOMS)
        for n in range(SESSIONS)
    )
    (folder / "sessions.yaml").write_text(f"places:\n{rooms}sessions:\n{sessions}")


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
