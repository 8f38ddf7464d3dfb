# SPDX-License-Identifier: Apache-2.0
"""The manifest of a record: its samples, and how to read each of its pictures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tb_pairs_plugin.record import attributes, codec, digest, kinds, metadata
from tb_pairs_plugin.record.attributes import Attribute
from tb_pairs_plugin.record.codec import Fields, RecordError

MAX_MANIFEST_BYTES = 16 * 1024 * 1024
MAX_PICTURES = metadata.MAX_DIGESTS
MAX_SAMPLES = MAX_PICTURES // 3
MAX_PICTURE_PIXELS = 2**28
MAX_STORED_VALUES = 65536
MAX_METRICS = 65536
MAX_SIDE = 2**31 - 1

PLAIN = "plain"
SPLIT = "split"
NEIGHBORS = "neighbors"


@dataclass(frozen=True)
class Picture:
    """How to find and read one picture; the members are those of `docs/format.md`."""

    digest: str
    width: int
    height: int
    channels: int
    bits: int = 8
    layout: str = PLAIN
    blob: int | None = None
    dtype: str | None = None
    ids: tuple[int, ...] | None = None
    range: tuple[float, float] | None = None
    clipped: float | None = None
    literals: int | None = None
    value_digest: str | None = None

    def place(self, blob: int) -> Picture:
        """Returns the picture whose PNG is this element of the value."""
        # Faster than `dataclasses.replace`.
        return Picture(**{**vars(self), "blob": blob})

    @property
    def png_size(self) -> tuple[int, int]:
        """Width and height that the PNG of this picture has, in pixels."""
        if self.layout == NEIGHBORS:
            columns = -(-self.width // 2)
            return columns, -(-self.height // 2) - (-(self.literals or 0) // columns)
        return self.width, self.height * (self.bits // 8 if self.layout == SPLIT else 1)

    def to_json(self) -> dict[str, object]:
        """Returns the JSON object of this picture."""
        return codec.members(
            digest=self.digest,
            value_digest=self.value_digest,
            blob=self.blob,
            width=self.width,
            height=self.height,
            channels=self.channels,
            bits=self.bits,
            layout=self.layout,
            literals=self.literals,
            dtype=self.dtype,
            ids=None if self.ids is None else list(self.ids),
            range=None if self.range is None else list(self.range),
            clipped=self.clipped,
        )


@dataclass(frozen=True)
class Sample:
    """One example of the dataset; its parts are indices of pictures.

    `range` is what the colours span, in ground truth and prediction alike, for kinds with ranges.
    """

    id: str
    ground_truth: int
    prediction: int
    input: int | None = None
    caption: str | None = None
    metrics: Mapping[str, float | None] = field(default_factory=dict)
    range: tuple[float, float] | None = None
    attributes: Mapping[str, Attribute] = field(default_factory=dict)

    def to_json(self) -> dict[str, object]:
        """Returns the JSON object of this sample."""
        return codec.members(
            id=self.id,
            caption=self.caption,
            metrics=dict(self.metrics) or None,
            attributes=dict(self.attributes) or None,
            range=None if self.range is None else list(self.range),
            ground_truth=self.ground_truth,
            prediction=self.prediction,
            input=self.input,
        )


@dataclass(frozen=True)
class Manifest:
    """A record.

    Attributes:
      sequence: Its number of those of its writer, from 1.
      samples: In the order they are shown.
      pictures: What the samples' parts are indices of.
      lower_is_better: The names of metrics of which a small value is a good one.
      counts: The element of the value that holds the pixels by class of all samples together; the
        next one holds those of each. See `record.counts`.
      kind: What the pixels of this record mean; None is what the tag says.
    """

    sequence: int
    samples: tuple[Sample, ...]
    pictures: tuple[Picture, ...]
    lower_is_better: tuple[str, ...] = ()
    counts: int | None = None
    kind: kinds.StoredKind | None = None

    def to_bytes(self) -> bytes:
        """Returns the manifest as it is stored."""
        return codec.dumps(
            codec.members(
                format=metadata.FORMAT,
                sequence=self.sequence,
                kind=None if self.kind is None else self.kind.to_json(),
                lower_is_better=list(self.lower_is_better) or None,
                samples=[sample.to_json() for sample in self.samples],
                pictures=[picture.to_json() for picture in self.pictures],
                counts=self.counts,
            )
        )


def parse_manifest(data: bytes) -> Manifest:
    """Returns the manifest stored as `data`.

    What it says of blobs is only checked to be well-formed: whether they are there, and are what it
    says, is for the reader to find out.

    Raises:
      RecordError: If it is damaged, contradicts itself, is too large or of a newer format.
    """
    fields = Fields(codec.loads(data, MAX_MANIFEST_BYTES), "the manifest")
    metadata.check_format(fields)
    manifest = Manifest(
        sequence=fields.get("sequence", parse_sequence),
        samples=fields.get("samples", _parse_samples),
        pictures=fields.get("pictures", _parse_pictures),
        lower_is_better=fields.optional("lower_is_better", parse_names) or (),
        counts=fields.optional("counts", _parse_counts),
        kind=fields.optional("kind", kinds.parse_kind),
    )
    _check_indices(manifest)
    return manifest


parse_sequence = codec.integer(1, codec.MAX_INTEGER)
_parse_index = codec.integer(0, MAX_PICTURES - 1)
_parse_blob = codec.integer(1, MAX_PICTURES)
_parse_counts = codec.integer(1, MAX_PICTURES + 1)
_parse_bits = codec.one_of(8, 16, 32)
_parse_side = codec.integer(1, MAX_SIDE)
_parse_channels = codec.integer(1, 4)
_parse_literals = codec.integer(0, MAX_PICTURE_PIXELS)
_parse_class_id = codec.integer(-codec.MAX_INTEGER, codec.MAX_INTEGER)


def _parse_samples(value: object, name: str) -> tuple[Sample, ...]:
    samples = codec.items(value, name, _parse_sample, MAX_SAMPLES)
    if len({sample.id for sample in samples}) < len(samples):
        raise RecordError(f"{name} has two samples of the same id")
    return samples


def _parse_sample(value: object, name: str) -> Sample:
    fields = Fields(value, f"an element of {name}")
    return Sample(
        id=fields.get("id", codec.text),
        ground_truth=fields.get("ground_truth", _parse_index),
        prediction=fields.get("prediction", _parse_index),
        input=fields.optional("input", _parse_index),
        caption=fields.optional("caption", codec.text),
        metrics=fields.optional("metrics", codec.numbers) or {},
        range=fields.optional("range", codec.interval),
        attributes=fields.optional("attributes", attributes.parse_all) or {},
    )


def parse_names(value: object, name: str) -> tuple[str, ...]:
    """Returns `value` if it is a list of names of metrics."""
    return codec.items(value, name, codec.text, MAX_METRICS)


def _parse_pictures(value: object, name: str) -> tuple[Picture, ...]:
    return codec.items(value, name, _parse_picture, MAX_PICTURES)


def _parse_picture(value: object, name: str) -> Picture:
    fields = Fields(value, f"an element of {name}")
    picture = Picture(
        digest=fields.get("digest", digest.parse),
        value_digest=fields.optional("value_digest", digest.parse),
        blob=fields.optional("blob", _parse_blob),
        width=fields.get("width", _parse_side),
        height=fields.get("height", _parse_side),
        channels=fields.get("channels", _parse_channels),
        bits=fields.get("bits", _parse_bits),
        layout=fields.get("layout", _parse_layout),
        dtype=fields.optional("dtype", codec.text),
        ids=fields.optional("ids", _parse_ids),
        range=fields.optional("range", codec.interval),
        clipped=fields.optional("clipped", _parse_share),
        literals=fields.optional("literals", _parse_literals),
    )
    _check_layout(picture)
    return picture


def _check_layout(picture: Picture) -> None:
    if (picture.layout == SPLIT) != (picture.bits > 8):
        raise RecordError(
            f"a picture of {picture.bits} bits has the layout {picture.layout}, "
            "want plain or neighbors for 8 bits and split for 16 and 32"
        )
    if picture.bits == 32 and (picture.channels != 1 or picture.range is None):
        raise RecordError(
            f"a picture of 32 bits has {picture.channels} channels and the range {picture.range}, "
            "want 1 channel and a range"
        )
    if (picture.layout == NEIGHBORS) != (picture.literals is not None):
        raise RecordError(
            f"a picture of layout {picture.layout} has {picture.literals} literals, want a number "
            "with neighbors, and none with the others"
        )
    if picture.literals is None:
        return
    if picture.channels != 1:
        raise RecordError(
            f"a picture of {picture.channels} channels has the layout neighbors, want 1 channel"
        )
    if picture.literals > picture.width * picture.height:
        raise RecordError(f"a picture has {picture.literals} literals, more than it has pixels")


def _parse_layout(value: object, name: str) -> str:
    if value not in (PLAIN, SPLIT, NEIGHBORS):
        raise codec.wrong(value, name, "plain, split or neighbors")
    return codec.text(value, name)


def _parse_ids(value: object, name: str) -> tuple[int, ...]:
    return codec.items(value, name, _parse_class_id, MAX_STORED_VALUES)


def _parse_share(value: object, name: str) -> float:
    share = codec.finite(value, name)
    if not 0 <= share <= 1:
        raise codec.wrong(value, name, "a number from 0 to 1")
    return share


def _check_indices(manifest: Manifest) -> None:
    count = len(manifest.pictures)
    for sample in manifest.samples:
        for index in (sample.ground_truth, sample.prediction, sample.input):
            if index is not None and index >= count:
                raise RecordError(f"a sample refers to picture {index}, want less than {count}")
