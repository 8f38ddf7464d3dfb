# SPDX-License-Identifier: Apache-2.0
"""Logs as the libraries write them, and as they may be damaged."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from tensorboard.compat.proto import event_pb2, summary_pb2, types_pb2

from tb_pairs_plugin.importing import events


def write_torch(folder: Path, tag_pictures: Mapping[str, np.ndarray], steps: range) -> None:
    """Logs pictures `[h, w, c]` under tags by torch's writer, the same at each step."""
    from torch.utils.tensorboard import SummaryWriter

    with SummaryWriter(str(folder)) as writer:
        for step in steps:
            for tag, picture in tag_pictures.items():
                writer.add_image(tag, picture, step, walltime=100.0 + step, dataformats="HWC")


class Log:
    """An event file written by hand, which can be appended to."""

    def __init__(self, folder: Path, name: str = "events.out.tfevents.1.a") -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / name

    def add(self, step: int, *values: summary_pb2.Summary.Value) -> None:
        """Appends an event."""
        event = event_pb2.Event(step=step, wall_time=100.0 + step)
        event.summary.value.extend(values)
        with self.path.open("ab") as stream:
            stream.write(events.frame(event))


def image(tag: str, blob: bytes, size: tuple[int, int] = (1, 1)) -> summary_pb2.Summary.Value:
    """A value of TensorFlow 1; its size may be false."""
    value = summary_pb2.Summary.Value(tag=tag)
    value.image.encoded_image_string = blob
    value.image.width, value.image.height = size
    return value


def tensor(tag: str, *blobs: bytes, plugin: str = "images") -> summary_pb2.Summary.Value:
    """A value of TensorFlow 2; without a plugin it has no metadata."""
    value = summary_pb2.Summary.Value(tag=tag)
    value.metadata.plugin_data.plugin_name = plugin
    value.tensor.dtype = types_pb2.DT_STRING
    value.tensor.string_val.extend([b"1", b"1", *blobs])
    value.tensor.tensor_shape.dim.add(size=2 + len(blobs))
    return value
