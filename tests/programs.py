"""The bot in processes of its own, for tests that start many of them.

Each is forked from a process that has imported the bot and read its lexicon already, which
spares a second of CPU each time. It has its own folder, environment, arguments, input and
output, and its own signals, as any process. How `run_bot.py` begins from nothing is tested
where it is started so: in tests/cli/test_commands.py and tests/journeys/test_visitor.py.
"""

import asyncio
import multiprocessing
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import IO

Main = Callable[[Sequence[str]], None]
"""A function of a module, called with what stands behind a program's name."""

_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(["tests.programs_ready"])


def bot(arguments: Sequence[str]) -> None:
    """Be `run_bot.py`."""
    from bot.cli import main  # noqa: PLC0415 - read ahead, and not by whoever collects tests

    main(args=list(arguments), prog_name="run_bot.py")


def run(
    main: Main, arguments: Sequence[str], folder: Path, environment: Mapping[str, str], answer: str
) -> "subprocess.CompletedProcess[str]":
    """Run a program to its end; a person types `answer`, a few lines at most."""
    process, typing, *pipes = _begin(main, arguments, folder, environment)
    with typing, ThreadPoolExecutor() as pool:
        typing.write(answer.encode())
        typing.close()
        out, err = pool.map(_all_of, pipes)
    process.join()
    assert process.exitcode is not None
    return subprocess.CompletedProcess(list(arguments), process.exitcode, out, err)


class Program:
    """A running program; what it says can be read while it runs."""

    def __init__(
        self, process: ForkServerProcess, out: asyncio.StreamReader, err: asyncio.StreamReader
    ) -> None:
        """Hold a process and what it says."""
        self.out, self.err = out, err
        self._process = process

    @classmethod
    async def begin(
        cls, main: Main, arguments: Sequence[str], folder: Path, environment: Mapping[str, str]
    ) -> "Program":
        """Begin it; nobody types anything."""
        process, typing, *pipes = _begin(main, arguments, folder, environment)
        typing.close()
        return cls(process, *[await _reader(pipe) for pipe in pipes])

    @property
    def returncode(self) -> int | None:
        """How it ended: below 0 by a signal, `None` while it runs."""
        return self._process.exitcode

    def terminate(self) -> None:
        """Ask it to end, by SIGTERM."""
        self._process.terminate()

    def kill(self) -> None:
        """End it as a power cut does, by SIGKILL."""
        self._process.kill()

    async def wait(self) -> int:
        """Wait for its end; give how it ended."""
        await asyncio.to_thread(self._process.join)
        assert self._process.exitcode is not None
        return self._process.exitcode


def _begin(
    main: Main, arguments: Sequence[str], folder: Path, environment: Mapping[str, str]
) -> tuple[ForkServerProcess, IO[bytes], IO[bytes], IO[bytes]]:
    typed, typing = _context.Pipe(duplex=False)
    out, says = _context.Pipe(duplex=False)
    err, complains = _context.Pipe(duplex=False)
    theirs = (typed, says, complains)
    process = _context.Process(
        target=_be, args=(main, list(arguments), folder, dict(environment), theirs)
    )
    process.start()
    for pipe in theirs:
        pipe.close()
    return process, _file(typing, "wb"), _file(out, "rb"), _file(err, "rb")


def _be(
    main: Main,
    arguments: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    pipes: Sequence[Connection],
) -> None:
    for number, pipe in enumerate(pipes):
        os.dup2(pipe.fileno(), number)
        pipe.close()
    sys.stdin = open(0, encoding="utf-8")  # noqa: SIM115 - they live as long as we do
    sys.stdout = open(1, "w", encoding="utf-8", buffering=1)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", buffering=1)  # noqa: SIM115
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    main(arguments)


def _file(pipe: Connection, mode: str) -> IO[bytes]:
    with pipe:
        return os.fdopen(os.dup(pipe.fileno()), mode)


def _all_of(pipe: IO[bytes]) -> str:
    with pipe:
        return pipe.read().decode()


async def _reader(pipe: IO[bytes]) -> asyncio.StreamReader:
    reader = asyncio.StreamReader()
    protocol = asyncio.StreamReaderProtocol(reader)
    await asyncio.get_running_loop().connect_read_pipe(lambda: protocol, pipe)
    return reader
