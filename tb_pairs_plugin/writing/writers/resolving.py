# SPDX-License-Identifier: Apache-2.0
"""From the argument `writer` to a writer."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from tb_pairs_plugin.writing.writers import places, tensorflow_writer, toolkits
from tb_pairs_plugin.writing.writers.failing_writer import FailingWriter
from tb_pairs_plugin.writing.writers.session_writer import SessionWriter
from tb_pairs_plugin.writing.writers.tensorboard_writer import TensorBoardWriter
from tb_pairs_plugin.writing.writers.tensorboardx_writer import TensorboardXWriter
from tb_pairs_plugin.writing.writers.tensorflow_writer import TensorFlowWriter
from tb_pairs_plugin.writing.writers.torch_writer import TorchWriter
from tb_pairs_plugin.writing.writers.writer import Writer

_WANT = (
    "want None (TensorFlow's default writer), a log directory, or a SummaryWriter of TensorFlow, "
    "torch or tensorboardX, or TensorBoard's EventFileWriter, or what of a toolkit holds one"
)


def resolve(writer: Any) -> Writer | None:
    """Returns where to write; None without a default writer, and on processes that must not write.

    Raises:
      ValueError: If `writer` is nothing that can be written to.
    """
    if writer is None:
        tf = tensorflow_writer.module()
        return None if tf is None else tensorflow_writer.find_default_writer(tf)
    if isinstance(writer, (str, bytes, os.PathLike)):
        # With what it needs, a part of a first call that other writers do without.
        from tb_pairs_plugin.writing.writers import log_directory

        return log_directory.open_directory(places.resolve_place(writer))
    homes = {base.__module__ for base in type(writer).__mro__}
    libraries = {home.partition(".")[0] for home in homes}
    holder = toolkits.find_holder(writer, libraries)
    if holder is not None:
        return _held(writer, holder)
    if "tensorboardX" in libraries:
        # A `GlobalSummaryWriter` holds the writer.
        return _of_file(TensorboardXWriter, getattr(writer, "smw", writer))
    if "torch" in libraries:
        return _of_file(TorchWriter, writer)
    if "tensorflow" in libraries:
        return _of_tensorflow(writer)
    if hasattr(writer, "add_event"):
        return TensorBoardWriter(writer)
    raise _refusal(writer)


def _refusal(writer: Any) -> ValueError:
    return ValueError(f"writer is a {type(writer).__module__}.{type(writer).__name__}, {_WANT}")


def _held(writer: Any, holder: toolkits.Holder) -> Writer | None:
    """Returns the first usable writer that a toolkit's object holds."""
    held = holder(writer)
    refused = []
    for one in held.writers:
        try:
            return resolve(one)
        except ValueError:
            refused.append(type(one).__name__)
    if held.is_silent:
        return None
    names = f" of {', '.join(refused)}" if refused else ""
    raise ValueError(f"writer is a {type(writer).__name__}{names}, {held.way_out}")


def _of_tensorflow(writer: Any) -> Writer:
    if hasattr(writer, "add_summary"):
        return SessionWriter(writer)
    tf = tensorflow_writer.module()
    if tf is None or not isinstance(writer, tf.summary.SummaryWriter):
        raise _refusal(writer)
    return TensorFlowWriter(tf, writer)


def _of_file(wrap: Callable[[Any], Writer], writer: Any) -> Writer:
    """Returns the writer of the file of a `SummaryWriter`, or of that file's writer itself.

    Raises:
      ValueError: If it is neither: a library has classes of many kinds.
    """
    if getattr(writer, "_write_to_disk", True) is False:
        return FailingWriter(OSError("the writer has write_to_disk=False"))
    if not hasattr(writer, "_get_file_writer"):
        if not hasattr(writer, "add_summary"):
            raise _refusal(writer)
        return wrap(writer)
    try:
        # Opens the file again, if it was closed.
        return wrap(writer._get_file_writer())
    except Exception as error:
        return FailingWriter(error)
