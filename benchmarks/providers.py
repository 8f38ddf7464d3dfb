# SPDX-License-Identifier: Apache-2.0
"""TensorBoard's two data providers, in this process, with all of a log directory loaded."""

from __future__ import annotations

import contextlib
import pathlib
import time
from collections.abc import Iterator

from tensorboard import context
from tensorboard.data import provider as data

_PLUGIN = "pairs"
_PATIENCE = 120.0  # s


@contextlib.contextmanager
def provider(logdir: pathlib.Path, *, load_fast: bool, kept: int) -> Iterator[data.DataProvider]:
    """Yields a data provider that has read all that is in `logdir`, and keeps `kept` steps.

    Args:
        logdir: what to read.
        load_fast: True for the Rust data server, False for the in-process loader.
        kept: steps of pairs to keep.
    """
    if not load_fast:
        yield _in_process(logdir, kept)
        return
    from tensorboard.data import server_ingester
    from tensorboard.util import grpc_util

    ingester = server_ingester.SubprocessServerDataIngester(
        server_ingester.get_server_binary(),
        str(logdir),
        reload_interval=0,
        channel_creds_type=grpc_util.ChannelCredsType.LOCAL,
        samples_per_plugin={_PLUGIN: kept},
    )
    ingester.start()
    try:
        _wait(ingester.data_provider)
        yield ingester.data_provider
    finally:
        # The data server ends with its standard input.
        ingester._stdin_handle.close()


def _in_process(logdir: pathlib.Path, kept: int) -> data.DataProvider:
    from tensorboard.backend.event_processing import data_provider, plugin_event_multiplexer

    multiplexer = plugin_event_multiplexer.EventMultiplexer(tensor_size_guidance={_PLUGIN: kept})
    multiplexer.AddRunsFromDirectory(str(logdir))
    multiplexer.Reload()
    return data_provider.MultiplexerDataProvider(multiplexer, str(logdir))


def _wait(provider: data.DataProvider) -> None:
    """Returns when the data server has found no more steps for a second."""
    deadline = time.monotonic() + _PATIENCE
    before, now = None, _extent(provider)
    while before != now or not now:
        if time.monotonic() > deadline:
            raise TimeoutError(f"the data server was still loading after {_PATIENCE:.0f} s")
        time.sleep(1)
        before, now = now, _extent(provider)


def _extent(provider: data.DataProvider) -> list[tuple[str, str, int]]:
    found = provider.list_blob_sequences(
        context.RequestContext(), experiment_id="", plugin_name=_PLUGIN
    )
    return sorted(
        (run, tag, series.max_step) for run, tags in found.items() for tag, series in tags.items()
    )
