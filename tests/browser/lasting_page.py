# SPDX-License-Identifier: Apache-2.0
"""A page that many tests use one after another.

To load TensorBoard in a new page takes longer: what a browser compiled of a script it knows again
only in the same process, and at the same address.
"""

import contextlib
import socket
import socketserver
import threading
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Error

from tests.browser.board import Board
from tests.browser.contexts import new_context
from tests.servers import Server


class LastingPage:
    """One page of one profile, which is empty for each who uses it."""

    def __init__(self, browser: Browser) -> None:
        self._context = new_context(browser)
        self._door = _Door()
        self._page = self._context.new_page()
        self._boards: list[Board] = []

    @contextlib.contextmanager
    def fresh(self) -> Iterator["LastingPage"]:
        """Lends the page, with nothing stored, cached or set before."""
        self._empty()
        try:
            yield self
        finally:
            self._leave()

    def _empty(self) -> None:
        try:
            self._page.goto("about:blank")
        except Error:
            # A test closed it, or it crashed.
            self._page = self._context.new_page()
        self._page.set_viewport_size({"width": 1440, "height": 900})
        self._page.emulate_media(media="null", color_scheme="null", reduced_motion="null")
        session = self._context.new_cdp_session(self._page)
        session.send("Network.clearBrowserCache")
        session.send(
            "Storage.clearDataForOrigin", {"origin": self._door.url, "storageTypes": "all"}
        )
        session.detach()

    def open(self, server: Server, link: str = "") -> Board:
        """Opens the Pairs tab of a server; the second time in a second page."""
        page = self._context.new_page() if self._boards else self._page
        board = Board(page, server.at(self._door.lead_to(server)))
        self._boards.append(board)
        board.open(link)
        return board

    def _leave(self) -> None:
        boards, self._boards = self._boards, []
        self._door.lead_to(None)
        for board in boards:
            if not board.page.is_closed():
                board.close()
            if board.page is not self._page:
                board.page.close()

    def close(self) -> None:
        """Closes the page for good."""
        self._context.close()
        self._door.close()


class _Door:
    """An address that leads to one server after another."""

    def __init__(self) -> None:
        self._listener = _Listener(("127.0.0.1", 0), _Passage)
        self._thread = threading.Thread(target=self._listener.serve_forever, daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        """Without a path."""
        return f"http://127.0.0.1:{self._listener.server_address[1]}"

    def lead_to(self, server: Server | None) -> str:
        """Returns the server's address behind this door, which leads to no other one."""
        parts = urlsplit(server.url) if server else None
        target = (parts.hostname, parts.port) if parts else None
        assert None in (target, self._listener.target) or target == self._listener.target
        self._listener.target = target
        if target is None:
            self._listener.hang_up()
        return self.url + (parts.path if parts else "/")

    def close(self) -> None:
        """Leads nowhere any more."""
        self._listener.shutdown()
        self._listener.server_close()
        self._thread.join()


class _Listener(socketserver.ThreadingTCPServer):
    daemon_threads = True
    # Browsers open several connections at once.
    request_queue_size = 64
    target: tuple[Any, Any] | None = None

    def __init__(self, *of: Any) -> None:
        self.held: set[socket.socket] = set()
        super().__init__(*of)

    def hang_up(self) -> None:
        """Ends all connections, as the server behind them would."""
        for one in list(self.held):
            _end(one)


class _Passage(socketserver.BaseRequestHandler):
    """One connection, of which each byte is passed on."""

    server: _Listener

    def handle(self) -> None:
        target = self.server.target
        if target is None:
            return
        with contextlib.suppress(OSError), socket.create_connection(target) as other:
            self.server.held.add(self.request)
            back = threading.Thread(target=_pass, args=(other, self.request), daemon=True)
            back.start()
            _pass(self.request, other)
            back.join()
        self.server.held.discard(self.request)


def _pass(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(1 << 18):
            target.sendall(data)
    _end(source)
    _end(target)


def _end(one: socket.socket) -> None:
    with contextlib.suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
