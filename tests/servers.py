# SPDX-License-Identifier: Apache-2.0
"""Real TensorBoard processes for tests: started on a free port, loaded, ended.

with servers.tensorboard(logdir, load_fast=True) as server:
    server.json("data/plugin/pairs/tags")
"""

import contextlib
import json
import os
import queue
import re
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# A machine that does other things too is slow to start and to answer.
START_SECONDS = 240.0
ANSWER_SECONDS = 240.0

# TensorBoard only says at log level INFO that all data is loaded. The module `notf` is
# TensorBoard's own switch for doing without TensorFlow, whose import takes seconds.
_LAUNCHER = """
import logging, sys, types
logging.getLogger("tensorboard").setLevel(logging.INFO)
if sys.argv.pop(1) == "notf":
    sys.modules["tensorboard.compat.notf"] = types.ModuleType("notf")
from tensorboard.main import run_main
run_main()
"""
_ADDRESS = re.compile(r"TensorBoard \S+ at (http://\S+?)/? \(Press CTRL\+C to quit\)")
_LOADED = {
    True: re.compile(r"Finished load cycle"),
    False: re.compile(r"TensorBoard done reloading"),
}


@dataclass(frozen=True)
class Answer:
    """An HTTP answer, whatever its status."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8")


class Server:
    """A running TensorBoard at `url`, which ends in a slash."""

    def __init__(self, url: str, log: "_Log", load_fast: bool) -> None:
        """Wraps the process whose output goes to `log`."""
        self.url = url
        self._log = log
        self._load_fast = load_fast

    def at(self, url: str) -> "Server":
        """The same server, by another address."""
        return Server(url, self._log, self._load_fast)

    def get(
        self, path: str, *, method: str = "GET", headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Returns the answer to a request of `path`, relative to the page of TensorBoard."""
        request = urllib.request.Request(self.url + path, method=method, headers=headers or {})
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=ANSWER_SECONDS) as response:
                return Answer(response.status, dict(response.headers), response.read())
        except urllib.error.HTTPError as error:
            return Answer(error.code, dict(error.headers), error.read())

    def json(self, path: str) -> Any:
        """Returns the JSON at `path`; anything but a 200 is an `AssertionError`."""
        answer = self.get(path)
        assert answer.status == 200, f"{path} answered {answer.status}: {answer.text}"
        return json.loads(answer.body)

    def pairs(self, route: str, *parameters: tuple[str, str]) -> Answer:
        """Returns the answer of a route of the plugin."""
        query = "?" + urllib.parse.urlencode(parameters) if parameters else ""
        return self.get(f"data/plugin/pairs/{route}{query}")

    def pairs_json(self, route: str, *parameters: tuple[str, str]) -> Any:
        """Returns the JSON of a route of the plugin; anything but a 200 is an `AssertionError`."""
        answer = self.pairs(route, *parameters)
        assert answer.status == 200, f"{route} answered {answer.status}: {answer.text}"
        return json.loads(answer.body)

    def wait_for_reload(self) -> None:
        """Waits until data written before this call is loaded."""
        self._log.forget()
        # A cycle that is under way may have passed the new data by: wait for a second end.
        for _ in range(2):
            self._log.wait_for(_LOADED[self._load_fast])

    @property
    def log(self) -> str:
        """What the process has written so far."""
        return self._log.text


class _Log:
    """The lines that a process writes, read by a thread."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._lines: list[str] = []
        self._queue: queue.Queue[str | None] = queue.Queue()
        self._process = process
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    @property
    def text(self) -> str:
        return "".join(self._lines)

    def forget(self) -> None:
        """Makes `wait_for` look at later lines only."""
        with contextlib.suppress(queue.Empty):
            while True:
                self._queue.get_nowait()

    def wait_for(self, pattern: re.Pattern[str]) -> re.Match[str]:
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                line = self._queue.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                raise TimeoutError(f"no {pattern.pattern!r} in time:\n{self.text}") from None
            if line is None:
                raise RuntimeError(f"TensorBoard ended by itself:\n{self.text}")
            found = pattern.search(line)
            if found:
                return found

    def close(self) -> None:
        """Waits for the end of the process and of the data server, which has the same output."""
        self._thread.join()
        assert self._process.stderr is not None
        self._process.stderr.close()

    def _read(self) -> None:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            self._lines.append(line)
            self._queue.put(line)
        self._queue.put(None)


@contextlib.contextmanager
def tensorboard(
    logdir: str | Path,
    *,
    load_fast: bool,
    flags: tuple[str, ...] = (),
    with_tensorflow: bool = False,
    environ: Mapping[str, str] | None = None,
    reload_interval: float = 1,
    python: Sequence[str] = (sys.executable,),
) -> Iterator[Server]:
    """Runs TensorBoard on 127.0.0.1 and a free port until the block ends.

    The block is entered when all data of `logdir` is loaded.

    Args:
      logdir: What to show.
      load_fast: True for the Rust data server, False for the in-process loader.
      flags: More flags, such as `("--path_prefix=/x",)`.
      with_tensorflow: Whether TensorBoard may use TensorFlow (which takes seconds to import).
      environ: Environment variables to add, such as `PYTHONPATH`.
      reload_interval: Seconds between looking for new data.
      python: Which Python runs TensorBoard, and its options.
    """
    command = [
        *(*python, "-c", _LAUNCHER, "tf" if with_tensorflow else "notf"),
        *("--logdir", str(logdir), "--host", "127.0.0.1", "--port", "0"),
        *("--load_fast", "true" if load_fast else "false"),
        *("--reload_interval", f"{reload_interval:g}"),
        *flags,
    ]
    with _run(command, environ) as log:
        address, loaded = None, False
        wanted = re.compile(f"{_ADDRESS.pattern}|{_LOADED[load_fast].pattern}")
        while address is None or not loaded:
            found = log.wait_for(wanted)
            address, loaded = found.group(1) or address, loaded or not found.group(1)
        yield Server(address + "/", log, load_fast)


@contextlib.contextmanager
def remote_tensorboard(logdir: str | Path) -> Iterator[Server]:
    """Runs a TensorBoard that is given no log directory, only the address of a data server.

    The block is entered when the data server has loaded all data of `logdir`, once.
    """
    import tensorboard_data_server

    with tempfile.TemporaryDirectory() as folder:
        port = Path(folder) / "port"
        data_server = [
            *(tensorboard_data_server.server_binary(), "--logdir", str(logdir), "--reload", "once"),
            *("--port", "0", "--port-file", str(port), "--verbose"),
        ]
        with _run(data_server) as log:
            log.wait_for(_LOADED[True])
            command = [
                *(sys.executable, "-c", _LAUNCHER, "notf", "--host", "127.0.0.1", "--port", "0"),
                *("--grpc_data_provider", f"localhost:{port.read_text().strip()}"),
            ]
            with _run(command) as log:
                yield Server(log.wait_for(_ADDRESS).group(1) + "/", log, load_fast=True)


@contextlib.contextmanager
def _run(command: Sequence[str], environ: Mapping[str, str] | None = None) -> Iterator[_Log]:
    """Runs a process until the block ends."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        env={**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", **(environ or {})},
    )
    log = _Log(process)
    try:
        yield log
    finally:
        process.terminate()
        try:
            process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        log.close()
