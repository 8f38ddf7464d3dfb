# SPDX-License-Identifier: Apache-2.0
"""Event files written by hand, from `docs/format.md` alone: right ones and wrong ones."""

import dataclasses
import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from tensorboard.compat.proto import event_pb2, summary_pb2, tensor_pb2, types_pb2
from tensorboard.summary.writer import record_writer

from tb_pairs_plugin.record import kinds, metadata
from tb_pairs_plugin.record.digest import digest
from tb_pairs_plugin.record.kinds.mask import MaskClass
from tb_pairs_plugin.record.manifest import Manifest, Picture, Sample
from tb_pairs_plugin.record.metrics import extract_metrics

BLOBS = summary_pb2.DATA_CLASS_BLOB_SEQUENCE
TENSOR = summary_pb2.DATA_CLASS_TENSOR
MASK = metadata.RecordRole(kinds.MaskKind((MaskClass(1, "road", "#804080"),), (255,)))
TAG = "val/segmentation"


def png(
    width: int = 4, height: int = 3, color: int = 0, fill: int = 0, *, claim: tuple[int, int] = ()
) -> bytes:
    """A PNG of one value; `claim` is what its header says of its size instead of the truth."""
    channels = {0: 1, 4: 2, 2: 3, 6: 4}[color]
    rows = (
        b"\0" + bytes([fill % 256, fill // 256 % 256] * width * channels)[: width * channels]
    ) * height
    header = struct.pack(">IIBBBBB", *(claim or (width, height)), 8, color, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", header)
        + _chunk(b"IDAT", zlib.compress(rows))
        + _chunk(b"IEND", b"")
    )


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


@dataclasses.dataclass(frozen=True)
class Pair:
    """A sample to log: its pictures as PNGs of 4 x 3 grey pixels."""

    id: str
    ground_truth: bytes
    prediction: bytes
    input: bytes | None = None
    caption: str | None = None
    metrics: Mapping[str, float | None] = dataclasses.field(default_factory=dict)
    attributes: Mapping[str, str | bool | int | float] = dataclasses.field(default_factory=dict)


def picture(blob: bytes, place: int | None, **changes: object) -> Picture:
    """What a manifest says of a grey PNG of 4 x 3 pixels at an element of the value."""
    return dataclasses.replace(Picture(digest(blob), 4, 3, 1, blob=place), **changes)


def record(
    pairs: Sequence[Pair], sequence: int = 1, *, elsewhere: Iterable[bytes] = ()
) -> tuple[Manifest, list[bytes]]:
    """The manifest of pairs, and the value's elements; blobs in `elsewhere` are referred to."""
    apart = set(elsewhere)
    blobs: list[bytes] = []
    pictures: list[Picture] = []
    places: dict[bytes, int] = {}

    def place(blob: bytes) -> int:
        if blob not in places:
            if blob not in apart:
                blobs.append(blob)
            places[blob] = len(pictures)
            pictures.append(picture(blob, None if blob in apart else len(blobs)))
        return places[blob]

    samples = tuple(
        Sample(
            id=pair.id,
            ground_truth=place(pair.ground_truth),
            prediction=place(pair.prediction),
            input=None if pair.input is None else place(pair.input),
            caption=pair.caption,
            metrics=pair.metrics,
            attributes=pair.attributes,
        )
        for pair in pairs
    )
    manifest = Manifest(sequence, samples, tuple(pictures))
    return manifest, [manifest.to_bytes(), *blobs]


class Log:
    """An event file of one run."""

    def __init__(self, run: Path, number: int = 0) -> None:
        """Creates the file number `number` of `run`."""
        run.mkdir(parents=True, exist_ok=True)
        self.path = run / f"events.out.tfevents.{1_700_000_000 + number}.host.{number}"
        self._file = self.path.open("wb")
        self._writer = record_writer.RecordWriter(self._file)
        self._sequence = 0
        self.wall_time = 1_700_000_000.0 + number * 1000

    def __enter__(self) -> "Log":
        self.write(event_pb2.Event(wall_time=self.wall_time, file_version="brain.Event:2"))
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()

    def write(self, event: event_pb2.Event) -> None:
        """Writes any event, and gives it to the operating system."""
        self._writer.write(event.SerializeToString())
        self._file.flush()

    def values(self, step: int, *values: summary_pb2.Summary.Value) -> None:
        """Writes an event, one second after the one before."""
        self.wall_time += 1
        summary = summary_pb2.Summary(value=values)
        self.write(event_pb2.Event(step=step, wall_time=self.wall_time, summary=summary))

    def pairs(
        self,
        step: int,
        pairs: Sequence[Pair],
        *,
        tag: str = TAG,
        role: metadata.RecordRole = MASK,
        description: str = "",
        content: Sequence[bytes] = (),
        elsewhere: Iterable[bytes] = (),
        sequence: int | None = None,
    ) -> None:
        """Writes a record as a writer should; blobs of `content` go in a content value."""
        self._sequence = sequence or self._sequence + 1
        manifest, elements = record(pairs, self._sequence, elsewhere=[*elsewhere, *content])
        values = [
            value(tag, elements, role.to_bytes(), description=description),
            value(
                metadata.make_metrics_tag(tag),
                extract_metrics(manifest).to_bytes(),
                metadata.MetricsRole(tag).to_bytes(),
            ),
        ]
        if content:
            digests = tuple(digest(blob) for blob in content)
            values.append(
                value(
                    metadata.make_content_tag(digests),
                    list(content),
                    metadata.ContentRole(digests).to_bytes(),
                )
            )
        self.values(step, *values)


def value(
    tag: str,
    elements: bytes | Sequence[bytes],
    plugin_data: bytes,
    *,
    data_class: int | None = None,
    description: str = "",
    shape: Sequence[int] | None = None,
) -> summary_pb2.Summary.Value:
    """A value of the plugin: bytes are a tensor of rank 0, a list of bytes is a blob sequence."""
    scalar = isinstance(elements, bytes)
    tensor = tensor_pb2.TensorProto(dtype=types_pb2.DT_STRING)
    tensor.string_val.extend([elements] if isinstance(elements, bytes) else elements)
    for size in shape if shape is not None else [] if scalar else [len(elements)]:
        tensor.tensor_shape.dim.add(size=size)
    made = summary_pb2.Summary.Value(tag=tag, tensor=tensor)
    made.metadata.data_class = data_class if data_class is not None else TENSOR if scalar else BLOBS
    made.metadata.summary_description = description
    made.metadata.plugin_data.plugin_name = "pairs"
    made.metadata.plugin_data.content = plugin_data
    return made
