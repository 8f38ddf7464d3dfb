# SPDX-License-Identifier: Apache-2.0
"""Browsers that Playwright can't start, by the commands of W3C WebDriver.

Firefox takes these commands itself, over a socket (its protocol is called Marionette); WebKitGTK
has a driver that takes them over HTTP. Neither needs more than the standard library.

https://www.w3.org/TR/webdriver2/
https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html
"""

import contextlib
import itertools
import json
import os
import random
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

# A machine that does other things too is slow to start a browser.
START_SECONDS = 240.0
COMMAND_SECONDS = 240.0

# Keys without a character, by their names in `KeyboardEvent.key`.
_KEYS = {
    "ArrowDown": "\ue015",
    "ArrowLeft": "\ue012",
    "ArrowRight": "\ue014",
    "ArrowUp": "\ue013",
    "End": "\ue010",
    "Enter": "\ue007",
    "Escape": "\ue00c",
    "Home": "\ue011",
}
# By command of Marionette: the method and the path that WebDriver has for it over HTTP.
_ROUTES = {
    "ExecuteScript": ("POST", "execute/sync"),
    "Navigate": ("POST", "url"),
    "PerformActions": ("POST", "actions"),
    "SetTimeouts": ("POST", "timeouts"),
    "SetWindowRect": ("POST", "window/rect"),
}

_FIREFOX = {
    "marionette.port": 0,  # any that is free
    # As Chromium is run by the other tests.
    "ui.useOverlayScrollbars": 1,
}

Send = Callable[[str, dict[str, Any]], Any]


class WebDriverError(Exception):
    """A command failed in the browser."""


class Window:
    """The one window of a browser."""

    def __init__(self, send: Send) -> None:
        """Sends commands by `send(name, parameters)`."""
        self._send = send
        milliseconds = int(1000 * COMMAND_SECONDS)
        send("SetTimeouts", {"script": milliseconds, "pageLoad": milliseconds})

    def open(self, url: str) -> None:
        """Loads a page."""
        self._send("Navigate", {"url": url})

    def resize(self, width: int, height: int) -> None:
        """Makes the page, not the window, `width` x `height`."""
        deadline = time.monotonic() + COMMAND_SECONDS
        while time.monotonic() < deadline:
            inner = self.run("() => [innerWidth, innerHeight, outerWidth, outerHeight]")
            outer = (width + inner[2] - inner[0], height + inner[3] - inner[1])
            self._send("SetWindowRect", {"width": outer[0], "height": outer[1]})
            if self._becomes(width, height):
                return
        raise WebDriverError(f"the page did not become {width} x {height}")

    def _becomes(self, width: int, height: int) -> bool:
        """Waits for the page to hear of the size of its window, and to keep it."""
        in_a_row = 0
        for _ in range(50):
            is_right = self.run("() => [innerWidth, innerHeight]") == [width, height]
            in_a_row = in_a_row + 1 if is_right else 0
            if in_a_row == 3:
                return True
            time.sleep(0.1)
        return False

    def run(self, function: str, *arguments: Any) -> Any:
        """Calls a function of JavaScript, given as its source, and returns what it returns."""
        script = f"return ({function})(...arguments)"
        return self._send("ExecuteScript", {"script": script, "args": list(arguments)})

    def press(self, key: str) -> None:
        """Presses one key, named as in `KeyboardEvent.key`."""
        value = _KEYS.get(key, key)
        strokes = [{"type": "keyDown", "value": value}, {"type": "keyUp", "value": value}]
        keyboard = {"type": "key", "id": "keyboard", "actions": strokes}
        self._send("PerformActions", {"actions": [keyboard]})

    def click(self, x: float, y: float) -> None:
        """Clicks at a place of the page, in CSS pixels."""
        strokes = [
            {"type": "pointerMove", "x": round(x), "y": round(y)},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        mouse = {"type": "pointer", "id": "mouse", "actions": strokes}
        self._send("PerformActions", {"actions": [mouse]})


@contextlib.contextmanager
def firefox(binary: str, profile: Path) -> Iterator[Window]:
    """Runs Firefox without a display, in the empty folder `profile`."""
    settings = "".join(f'user_pref("{name}", {value});\n' for name, value in _FIREFOX.items())
    (profile / "user.js").write_text(settings)
    command = [binary, "--headless", "--no-remote", "--marionette", "--profile", str(profile)]
    with _process(command, {}) as process:
        port_file = profile / "MarionetteActivePort"
        port = int(_wait_for(lambda: port_file.exists() and port_file.read_text(), process))
        with socket.create_connection(("127.0.0.1", port), COMMAND_SECONDS) as connection:
            stream = connection.makefile("rwb")
            _receive(stream)  # who it is
            numbers = itertools.count()

            def send(name: str, parameters: dict[str, Any]) -> Any:
                text = json.dumps([0, next(numbers), f"WebDriver:{name}", parameters])
                stream.write(f"{len(text.encode())}:{text}".encode())
                stream.flush()
                _, _, error, result = _receive(stream)
                if error:
                    raise WebDriverError(f"{name}: {error['error']}: {error['message']}")
                return result.get("value", result)

            send("NewSession", {"capabilities": {"alwaysMatch": {}}})
            yield Window(send)


def _receive(stream: Any) -> Any:
    length = b""
    while not length.endswith(b":"):
        byte = stream.read(1)
        if not byte:
            raise WebDriverError("the browser ended the connection")
        length += byte
    return json.loads(stream.read(int(length[:-1])))


@contextlib.contextmanager
def webkit(driver: str, browser: str) -> Iterator[Window]:
    """Runs the `browser` of WebKitGTK by its `driver`, on a virtual display."""
    with _display() as display:
        port = _free_port()
        with _process([driver, f"--port={port}"], {"DISPLAY": display}) as process:
            address = f"http://127.0.0.1:{port}/session"
            _wait_for(lambda: _listens(port), process)
            options = {"binary": browser, "args": ["--automation"]}
            wanted = {"webkitgtk:browserOptions": options}
            session = _http("POST", address, {"capabilities": {"alwaysMatch": wanted}})
            base = f"{address}/{session['sessionId']}"

            def send(name: str, parameters: dict[str, Any]) -> Any:
                method, path = _ROUTES[name]
                return _http(method, f"{base}/{path}", parameters)

            try:
                yield Window(send)
            finally:
                _http("DELETE", base, None)


def _http(method: str, url: str, body: object) -> Any:
    request = urllib.request.Request(
        url, method=method, data=None if body is None else json.dumps(body).encode()
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=COMMAND_SECONDS) as response:
            return json.load(response)["value"]
    except urllib.error.HTTPError as error:
        raise WebDriverError(f"{method} {url}: {error.read().decode()[:2000]}") from None


@contextlib.contextmanager
def _display() -> Iterator[str]:
    """Runs a virtual display, whose number it chooses itself, and returns its name."""
    reading, writing = os.pipe()
    command = [
        "Xvfb",
        "-displayfd",
        str(writing),
        "-screen",
        "0",
        "1600x1200x24",
        "-nolisten",
        "tcp",
    ]
    with open(reading) as numbers, _process(command, {}, pass_fds=(writing,)):
        os.close(writing)
        yield f":{numbers.readline().strip()}"


@contextlib.contextmanager
def _process(
    command: list[str], environ: dict[str, str], pass_fds: tuple[int, ...] = ()
) -> Iterator["subprocess.Popen[bytes]"]:
    process = subprocess.Popen(
        command,
        env={**os.environ, **environ},
        pass_fds=pass_fds,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(ready: Callable[[], Any], process: "subprocess.Popen[bytes]") -> Any:
    deadline = time.monotonic() + START_SECONDS
    while True:
        value = ready()
        if value:
            return value
        if process.poll() is not None:
            raise WebDriverError(f"{process.args!r} ended with {process.returncode}")
        if time.monotonic() > deadline:
            raise WebDriverError(f"{process.args!r} did not start")
        time.sleep(0.05)


def _listens(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False


def _free_port() -> int:
    """Returns a port below those that the kernel hands out: so no one takes it meanwhile."""
    while True:
        port = random.randrange(20_000, 32_000)
        with contextlib.suppress(OSError), socket.socket() as probe:
            probe.bind(("127.0.0.1", port))
            return port
