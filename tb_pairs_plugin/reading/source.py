# SPDX-License-Identifier: Apache-2.0
"""TensorBoard's data provider, asked for what this plugin logged, with every failure a sentence."""

from __future__ import annotations

import contextlib
import logging
import sys
import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from tensorboard import errors
from tensorboard.data import provider as data

from tb_pairs_plugin.reading import strings
from tb_pairs_plugin.reading.keep_alive import KeepAlive
from tb_pairs_plugin.record import metadata
from tb_pairs_plugin.record.manifest import MAX_PICTURES

logger = logging.getLogger(__name__)

# More do not make 64 reads quicker, and each may hold a large blob.
_READERS = 16
_MAX_BLOBS = 3 + MAX_PICTURES  # the manifest, and two elements of counts


@dataclass(frozen=True)
class Scope:
    """Whose data is read, and for whom: the experiment and TensorBoard's request context."""

    context: Any
    experiment: str


class SourceError(Exception):
    """Something that can't be read; the message is a sentence for the user."""

    def __init__(self, sentence: str, status: int = 400) -> None:
        """Says what could not be read; `status` is for a request that asked for nothing else."""
        super().__init__(sentence)
        self.status = status


class Source:
    """The data of a plugin, wherever TensorBoard has it. Threads may share it."""

    def __init__(
        self,
        provider: data.DataProvider | None,
        other_loader: str = "",
        plugin_name: str = metadata.PLUGIN_NAME,
    ) -> None:
        """Reads from TensorBoard's data provider.

        Args:
          provider: What to read from; None where TensorBoard's configuration is so old that it has
            none.
          other_loader: The flag that makes another program load the logs, if there is one.
          plugin_name: Whose data is read.
        """
        self._provider = provider
        self._plugin_name = plugin_name
        self._other_loader = other_loader
        self._in_process = _is_a(
            provider, "tensorboard.backend.event_processing.data_provider.MultiplexerDataProvider"
        )
        self._scope: Scope | None = None
        self._keep_alive: KeepAlive | None = None
        if _is_a(provider, "tensorboard.data.grpc_provider.GrpcDataProvider"):
            self._keep_alive = KeepAlive(self._ping)
        self._pool: ThreadPoolExecutor | None = None
        self._pool_lock = threading.Lock()

    def check_access(self, scope: Scope) -> None:
        """Asks the provider for something cheap, so that it can refuse whoever is asking.

        For answers that may come from a cache, which others have filled.

        Raises:
          SourceError: If it does.
        """
        # The in-process loader knows no users.
        if not self._in_process:
            with self._reading(scope) as provider:
                provider.list_plugins(scope.context, experiment_id=scope.experiment)

    def list_runs(self, scope: Scope) -> list[str]:
        """Returns the names of all runs, in TensorBoard's order: by start, then by name."""
        with self._reading(scope) as provider:
            runs = provider.list_runs(scope.context, experiment_id=scope.experiment)
        later = float("inf")
        runs = sorted(
            runs,
            key=lambda run: (later if run.start_time is None else run.start_time, run.run_name),
        )
        return [run.run_name for run in runs]

    def list_blob_sequences(
        self,
        scope: Scope,
        runs: Collection[str] | None = None,
        tags: Collection[str] | None = None,
    ) -> Mapping[str, Mapping[str, data.BlobSequenceTimeSeries]]:
        """Returns the metadata of each series, by run and tag."""
        with self._reading(scope) as provider:
            return (
                provider.list_blob_sequences(scope.context, **self._query(scope, runs, tags)) or {}
            )

    def read_blob_sequences(
        self, scope: Scope, runs: Collection[str], tags: Collection[str]
    ) -> Mapping[str, Mapping[str, Sequence[data.BlobSequenceDatum]]]:
        """Returns by run and tag the kept steps, with the keys of their blobs."""
        if self._in_process:
            self._check_lengths(scope, runs, tags)
        with self._reading(scope) as provider:
            return (
                provider.read_blob_sequences(
                    scope.context, downsample=strings.EVERYTHING, **self._query(scope, runs, tags)
                )
                or {}
            )

    def list_tensors(
        self, scope: Scope, tags: Collection[str]
    ) -> Mapping[str, Mapping[str, data.TensorTimeSeries]]:
        """Returns the metadata of each series of tensors, by run and tag."""
        with self._reading(scope) as provider:
            return provider.list_tensors(scope.context, **self._query(scope, None, tags)) or {}

    def read_hyperparameters(self, scope: Scope) -> Sequence[data.HyperparameterSessionGroup]:
        """Returns what the provider itself knows of hyperparameters, which most don't."""
        with self._reading(scope) as provider:
            return (
                provider.read_hyperparameters(scope.context, experiment_ids=[scope.experiment])
                or ()
            )

    def read_strings(self, scope: Scope, runs: Sequence[str], tag: str) -> strings.Strings:
        """Returns by run the kept steps of a series of tensors, each of which holds a string."""
        with self._reading(scope) as provider:
            query = strings.Query(scope.context, scope.experiment, self._plugin_name, runs, tag)
            return strings.read(provider, query)

    def read_blobs(self, scope: Scope, keys: Sequence[str]) -> list[bytes | SourceError]:
        """Returns the blobs of `keys`, or why one can't be had; all are read at the same time."""

        def read(key: str) -> bytes | SourceError:
            try:
                with self._reading(scope) as provider:
                    return bytes(provider.read_blob(scope.context, blob_key=key))
            except SourceError as error:
                return error

        # The in-process loader is Python all the way: threads would only take turns.
        if self._in_process or len(keys) == 1:
            return [read(key) for key in keys]
        return list(self._threads().map(read, keys))

    @contextlib.contextmanager
    def _reading(self, scope: Scope) -> Iterator[data.DataProvider]:
        if self._provider is None:
            raise SourceError("this TensorBoard has no data provider")
        self._scope = scope
        try:
            with self._keep_alive.running() if self._keep_alive else contextlib.nullcontext():
                yield self._provider
        except errors.PublicError as error:
            status = error.http_code if 400 <= error.http_code < 500 else 400
            raise SourceError(_sentence(self._explain(str(error))), status) from None
        except Exception as error:
            logger.debug("Pairs: the data provider failed", exc_info=True)
            raise SourceError(_sentence(self._explain(_describe(error)))) from None

    def _explain(self, failure: str) -> str:
        # The Rust data server reads the names in a blob's key as JSON without escapes.
        if "failed to parse blob key" not in failure:
            return failure
        flag = self._other_loader
        way_out = f"start TensorBoard with {flag}, or rename it" if flag else "rename it"
        return (
            "the data server reads no run and no tag with a quotation mark, a backslash or a "
            f"control character in its name; {way_out}"
        )

    def _ping(self) -> None:
        scope = self._scope
        if scope is not None and self._provider is not None:
            self._provider.list_plugins(scope.context, experiment_id=scope.experiment)

    def _check_lengths(self, scope: Scope, runs: Collection[str], tags: Collection[str]) -> None:
        """Refuses values that claim to hold more blobs than memory has room for their names."""
        for run, series in self.list_blob_sequences(scope, runs, tags).items():
            for tag, described in series.items():
                if (described.max_length or 0) > _MAX_BLOBS:
                    raise SourceError(
                        f"a value of {tag!r} in {run!r} claims to hold {described.max_length} "
                        f"blobs, want at most {_MAX_BLOBS}"
                    )

    def _query(
        self, scope: Scope, runs: Collection[str] | None, tags: Collection[str] | None
    ) -> dict[str, Any]:
        return {
            "experiment_id": scope.experiment,
            "plugin_name": self._plugin_name,
            "run_tag_filter": data.RunTagFilter(runs=runs, tags=tags),
        }

    def _threads(self) -> ThreadPoolExecutor:
        with self._pool_lock:
            if self._pool is None:
                self._pool = ThreadPoolExecutor(_READERS, thread_name_prefix="pairs-read")
            return self._pool


def _is_a(value: object, class_name: str) -> bool:
    """Tells whether `value` is of a class, without importing the module of that class."""
    module, _, name = class_name.rpartition(".")
    known = getattr(sys.modules.get(module), name, None)
    return known is not None and isinstance(value, known)


def _describe(error: Exception) -> str:
    # gRPC's errors tell what happened by methods; their texts fill a screen.
    code = getattr(error, "code", None)
    details = getattr(error, "details", None)
    if callable(code) and callable(details):
        return f"{getattr(code(), 'name', code())}: {details()}"
    return f"{type(error).__name__}: {error}"


def _sentence(reason: str) -> str:
    return "TensorBoard can't read this: " + " ".join(reason.split())[:300]
