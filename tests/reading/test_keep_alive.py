# SPDX-License-Identifier: Apache-2.0
"""The poller pings while something is read, over gRPC only, and harms nothing."""

import threading
from types import SimpleNamespace
from typing import Any

import pytest
from tensorboard.data import grpc_provider

from tb_pairs_plugin.reading.keep_alive import KeepAlive
from tb_pairs_plugin.reading.source import Scope, Source
from tests.reading.providers import RUN, MemoryProvider

SCOPE = Scope(context=None, experiment="")
WAIT = 240  # seconds, before a test fails


class Stub:
    """A data server that answers `ReadBlob` only after it was pinged three times."""

    def __init__(self) -> None:
        self.pings = threading.Semaphore(0)

    def ListPlugins(self, request: Any) -> Any:
        self.pings.release()
        return SimpleNamespace(plugins=[])

    def ReadBlob(self, request: Any) -> Any:
        for _ in range(3):
            assert self.pings.acquire(timeout=WAIT)
        return [SimpleNamespace(data=request.blob_key.encode())]


def test_reads_over_grpc_are_pinged_for_by_the_public_interface() -> None:
    source = Source(grpc_provider.GrpcDataProvider("here", Stub()))
    assert source.read_blobs(SCOPE, ["a", "b"]) == [b"a", b"b"]


def test_other_providers_are_not_pinged() -> None:
    provider = MemoryProvider()
    provider.put(0, [b"blob"], tag="tag")
    threads = {thread.name for thread in threading.enumerate()}
    assert Source(provider).read_blobs(SCOPE, [f"{RUN}\0tag\0000\0000"]) == [b"blob"]
    assert provider.calls["list_plugins"] == 0
    # Those of tests before may end meanwhile.
    assert {thread.name for thread in threading.enumerate()} <= threads


def test_nothing_is_pinged_before_the_first_read() -> None:
    KeepAlive(lambda: pytest.fail("pinged"))


def test_a_failing_ping_does_not_end_the_poller() -> None:
    pinged = threading.Semaphore(0)

    def fail() -> None:
        pinged.release()
        raise OSError("connection lost")

    keep_alive = KeepAlive(fail)
    for _ in range(2):
        with keep_alive.running():
            for _ in range(3):
                assert pinged.acquire(timeout=WAIT)


def threads() -> set[threading.Thread]:
    return {thread for thread in threading.enumerate() if thread.name == "pairs-keep-alive"}


def test_reads_at_the_same_time_share_one_thread() -> None:
    pinged = threading.Semaphore(0)
    keep_alive = KeepAlive(pinged.release)
    before = threads()
    with keep_alive.running(), keep_alive.running(), keep_alive.running():
        assert pinged.acquire(timeout=WAIT)
        assert len(threads() - before) == 1
