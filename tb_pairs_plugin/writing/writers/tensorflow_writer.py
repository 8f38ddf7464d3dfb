# SPDX-License-Identifier: Apache-2.0
"""TensorFlow's summary writers: the default one, or one that the caller names.

TensorFlow is looked up, never imported: a program with a writer of TensorFlow has imported it.
"""

from __future__ import annotations

import sys
from contextlib import ExitStack
from typing import Any

from tensorboard.compat.proto import summary_pb2

from tb_pairs_plugin.writing.writers import presence


def module() -> Any | None:
    """Returns the `tensorflow` module if the program has imported all of it, else None."""
    tf = sys.modules.get("tensorflow")
    return tf if tf is not None and hasattr(tf, "summary") else None


class TensorFlowWriter:
    """A `tf.summary.SummaryWriter`."""

    def __init__(self, tf: Any, writer: Any | None) -> None:
        """Wraps a writer.

        Args:
          tf: The `tensorflow` module.
          writer: None for the default writer, where which one that is can't be learned.
        """
        self._tf = tf
        self._writer = writer

    @property
    def file(self) -> object | None:
        """The writer: it has one event file."""
        return self._writer

    def is_recording(self) -> bool:
        """Says whether summaries are recorded now, in eager mode."""
        state = _state()
        if state is None or (self._writer is None and state.writer is None):
            return bool(self.recording())
        plain = _plain_condition(state)
        return bool(self.recording()) if plain is None else plain

    def recording(self) -> Any:
        """Returns `tf.summary.should_record_summaries()` for this writer: a tensor or a bool."""
        if self._writer is None:
            return self._tf.summary.should_record_summaries()
        state = _state()
        if state is None:
            try:
                with self._writer.as_default():
                    return self._tf.summary.should_record_summaries()
            except RuntimeError:
                # It is closed; that is said when it is written to.
                return True
        default, state.writer = state.writer, self._writer
        try:
            return self._tf.summary.should_record_summaries()
        finally:
            # Not by leaving `as_default`, which would flush.
            state.writer = default

    def write(self, summary: summary_pb2.Summary, step: int, wall_time: float) -> None:
        """Writes one event; TensorFlow stamps the time itself.

        Raises:
          RuntimeError: If the writer is closed.
          tf.errors.OpError: If it fails.
          OSError: If its file is gone.
        """
        if self._writer is None:
            self._write(summary, step)
            return
        # No public API names the file.
        presence.check(self._writer, lambda: None, "make another writer")
        presence.write_and_find(
            self._writer, lambda: self._write(summary, step), self._writer.flush
        )

    def _write(self, summary: summary_pb2.Summary, step: int) -> None:
        data = summary.SerializeToString()
        writer, state = self._writer, _state()
        is_default = state is not None and writer is state.writer
        resource = getattr(writer, "_resource", None)
        if writer is not None and resource is not None:
            # Only to raise, if it is closed.
            writer.as_default()
            self._write_by_resource(resource, data, step)
            if not is_default:
                writer.flush()
            return
        with ExitStack() as stack:
            if writer is not None and not is_default:
                # As it may be on another thread than the one whose default it is. Leaving flushes.
                stack.enter_context(writer.as_default())
            # Whether to record was settled before anything was encoded.
            stack.enter_context(self._tf.summary.record_if(True))
            self._tf.summary.experimental.write_raw_pb(data, step)

    def _write_by_resource(self, resource: Any, data: bytes, step: int) -> None:
        """Runs the operation that `write_raw_pb` ends in.

        That asks again whether to record, and makes a tensor of each answer, which takes longer
        than a small record.
        """
        with self._tf.device("cpu:0"):
            self._tf.raw_ops.WriteRawProtoSummary(writer=resource, step=step, tensor=data)


def find_default_writer(tf: Any) -> TensorFlowWriter | None:
    """Returns the default writer as a writer, or None where there is none."""
    state = _state()
    if state is None:
        # Without its writer nothing can be stored once and referred to.
        return TensorFlowWriter(tf, None)
    return None if state.writer is None else TensorFlowWriter(tf, state.writer)


def _plain_condition(state: Any) -> bool | None:
    """Returns whether summaries are recorded, or None where TensorFlow has to be asked.

    Asking runs an operation, which takes a third of a background call.
    """
    given = getattr(state, "is_recording", state)
    replica = getattr(state, "is_recording_distribution_strategy", state)
    if replica is True and (given is None or isinstance(given, bool)):
        return given is not False
    return None


def _state() -> Any | None:
    """Returns the holder of this thread's default `writer`; None where this TensorFlow hides it.

    No public API names that writer.
    """
    try:
        from tensorflow.python.ops import summary_ops_v2

        state = summary_ops_v2._summary_state
        return state if hasattr(state, "writer") else None
    except (ImportError, AttributeError):
        return None
