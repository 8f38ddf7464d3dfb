# SPDX-License-Identifier: Apache-2.0
"""TensorBoard processes to measure: how soon they load, what they keep, how fast they answer."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import pathlib
import re
import subprocess
import sys
import threading
import time
import urllib.parse
from collections.abc import Iterator, Sequence
from typing import Any

# The module `notf` is TensorBoard's own switch for doing without TensorFlow. That all data is
# loaded is only said at log level INFO, and where there is a handler.
_LAUNCHER = """
import logging, sys, types
logging.basicConfig()
logging.getLogger("tensorboard").setLevel(logging.INFO)
if sys.argv.pop(1) == "notf":
    sys.modules["tensorboard.compat.notf"] = types.ModuleType("notf")
from tensorboard import default, program
from benchmarks.empty_plugin import EmptyPlugin
board = program.TensorBoard(plugins=[*default.get_plugins(), EmptyPlugin])
board.configure(sys.argv)
board.main()
"""
_ADDRESS = re.compile(r"TensorBoard \S+ at http://([^:]+):(\d+)/")
_LOADED = re.compile(r"Finished load cycle|TensorBoard done reloading")


class Board:
    """A TensorBoard that has loaded its data.

    Args:
        process: the process.
        host: where it listens.
        port: where it listens.
        seconds: from its start until all was loaded.
    """

    def __init__(
        self, process: subprocess.Popen[str], host: str, port: int, seconds: float
    ) -> None:
        self._process = process
        self.host = host
        self.port = port
        self.seconds = seconds

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}/"

    def get(self, path: str, **parameters: str | Sequence[str]) -> bytes:
        """Returns the body of an answer.

        Raises:
            RuntimeError: if it is no 200.
        """
        query = "?" + urllib.parse.urlencode(parameters, doseq=True) if parameters else ""
        line = http.client.HTTPConnection(self.host, self.port, timeout=120)
        try:
            line.request("GET", f"/{path}{query}")
            answer = line.getresponse()
            body = answer.read()
        finally:
            line.close()
        if answer.status != 200:
            raise RuntimeError(f"{path}{query} answered {answer.status}: {body[:300]!r}")
        return body

    def json(self, path: str, **parameters: str | Sequence[str]) -> Any:
        """Returns the JSON of an answer."""
        return json.loads(self.get(path, **parameters))

    def timed(self, path: str, **parameters: str | Sequence[str]) -> float:
        """Returns the seconds until an answer was there."""
        start = time.perf_counter()
        self.get(path, **parameters)
        return time.perf_counter() - start

    def resident(self, *, children: bool = True) -> int:
        """Returns the bytes of memory that the process, and its data server, hold (Linux)."""
        pid = self._process.pid
        return sum(resident(one) for one in (_family(pid) if children else [pid]))


@contextlib.contextmanager
def board(
    logdir: pathlib.Path,
    *,
    load_fast: bool,
    kept: int | None = 1000,
    with_tensorflow: bool = False,
) -> Iterator[Board]:
    """Runs TensorBoard on 127.0.0.1 and a free port until the block ends.

    Args:
        logdir: what to show.
        load_fast: True for the Rust data server, False for the in-process loader.
        kept: steps to keep, for the plugins `images` and `pairs` alike; None for what TensorBoard
            keeps of each unless told otherwise.
        with_tensorflow: whether it may use TensorFlow, as it does where that is installed.
    """
    flags = [] if kept is None else ["--samples_per_plugin", f"images={kept},pairs={kept}"]
    start = time.perf_counter()
    process = subprocess.Popen(
        [
            *(sys.executable, "-c", _LAUNCHER, "tf" if with_tensorflow else "notf"),
            *("--logdir", str(logdir), "--host", "127.0.0.1", "--port", "0"),
            *("--load_fast", "true" if load_fast else "false"),
            *("--reload_interval", "3600"),
            *flags,
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        env={**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3"},
    )
    try:
        address, loaded = None, 0.0
        lines: list[str] = []
        assert process.stderr is not None
        while address is None or not loaded:
            line = process.stderr.readline()
            if not line:
                raise RuntimeError("TensorBoard ended by itself:\n" + "".join(lines))
            lines.append(line)
            address = address or _ADDRESS.search(line)
            if _LOADED.search(line):
                loaded = time.perf_counter() - start
        # It logs each request, and would block when the log is not read.
        threading.Thread(target=process.stderr.read, daemon=True).start()
        yield Board(process, address.group(1), int(address.group(2)), loaded)
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _family(pid: int) -> list[int]:
    children = pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(one for child in children for one in _family(int(child)))]


def resident(pid: int) -> int:
    """Returns the bytes of memory that a process holds (Linux)."""
    return _bytes(pid, "VmRSS")


def peak(pid: int) -> int:
    """Returns the most bytes of memory that a process held so far (Linux)."""
    return _bytes(pid, "VmHWM")


def _bytes(pid: int, name: str) -> int:
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) * 1024
    return 0
