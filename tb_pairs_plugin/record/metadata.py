# SPDX-License-Identifier: Apache-2.0
"""What is true of a whole tag: its role, and what the pixels of a record mean."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from tb_pairs_plugin.record import codec, digest
from tb_pairs_plugin.record.codec import Fields, RecordError

PLUGIN_NAME = "pairs"
FORMAT = 1

MAX_METADATA_BYTES = 4 * 1024 * 1024
MAX_CLASSES = 65536
MAX_DIGESTS = 3 * 4096
MARK_DIGITS = 8  # of digests that only tell apart what one log holds

_RESERVED = "__pairs__/"
_METRICS = _RESERVED + "metrics/"
_CONTENT = _RESERVED + "content/"
_UNSERVABLE = re.compile(r'["\\\t\n\r]')
_COLOR = re.compile(r"#[0-9a-f]{6}\Z")


@dataclass(frozen=True)
class ImageKind:
    """A picture to look at, of `bits` (8 or 16) per channel."""

    name: ClassVar[str] = "image"
    bits: int = 8

    def to_json(self) -> dict[str, object]:
        """Returns the JSON object of this kind."""
        return codec.members(name=self.name, bits=self.bits)


@dataclass(frozen=True)
class MaskClass:
    """A class of a mask: its id, and optionally a name and a colour (`#rrggbb`, lower case)."""

    id: int
    name: str | None = None
    color: str | None = None

    def to_json(self) -> dict[str, object]:
        """Returns the JSON object of this class."""
        return codec.members(id=self.id, name=self.name, color=self.color)


@dataclass(frozen=True)
class MaskKind:
    """Class ids, of which those in `ignore` do not count."""

    name: ClassVar[str] = "mask"
    classes: tuple[MaskClass, ...] = ()
    ignore: tuple[int, ...] = ()

    def to_json(self) -> dict[str, object]:
        """Returns the JSON object of this kind."""
        return codec.members(
            name=self.name,
            classes=[one.to_json() for one in self.classes],
            ignore=list(self.ignore),
        )


@dataclass(frozen=True)
class HeatmapKind:
    """One number per pixel, in `range` (low, high) or, if that is None, in each picture's own."""

    name: ClassVar[str] = "heatmap"
    bits: int = 16
    range: tuple[float, float] | None = None
    colormap: str | None = None
    unit: str | None = None

    def to_json(self) -> dict[str, object]:
        """Returns the JSON object of this kind; an open range is an explicit null."""
        optional = codec.members(colormap=self.colormap, unit=self.unit)
        bounds = None if self.range is None else list(self.range)
        return {"name": self.name, "bits": self.bits, "range": bounds, **optional}


Kind = ImageKind | MaskKind | HeatmapKind


@dataclass(frozen=True)
class RecordRole:
    """The tag holds records."""

    kind: Kind

    def to_bytes(self) -> bytes:
        """Returns the plugin data of the tag."""
        return _plugin_data(role="record", kind=self.kind.to_json())


@dataclass(frozen=True)
class MetricsRole:
    """The tag holds the metrics of the records of the tag `of`."""

    of: str

    def to_bytes(self) -> bytes:
        """Returns the plugin data of the tag."""
        return _plugin_data(role="metrics", of=self.of)


@dataclass(frozen=True)
class ContentRole:
    """The tag holds, in its one value, the blobs with `digests`."""

    digests: tuple[str, ...]

    def to_bytes(self) -> bytes:
        """Returns the plugin data of the tag."""
        return _plugin_data(role="content", digests=list(self.digests))


Role = RecordRole | MetricsRole | ContentRole


def parse_role(plugin_data: bytes) -> Role:
    """Returns the role that the plugin data of a tag gives it.

    Raises:
      RecordError: If it is damaged, of a newer format, or of an unknown role.
    """
    fields = Fields(codec.loads(plugin_data, MAX_METADATA_BYTES), "plugin data")
    check_format(fields)
    role = fields.get("role", codec.text)
    if role == "record":
        return RecordRole(kind=fields.get("kind", parse_kind))
    if role == "metrics":
        return MetricsRole(of=fields.get("of", codec.text))
    if role == "content":
        return ContentRole(digests=fields.get("digests", _parse_digests))
    raise codec.wrong(role, "role", "record, metrics or content")


def kind_mark(kind: Kind) -> str:
    """Returns a short name of a kind: kinds of the same members have the same."""
    return digest.digest(codec.dumps(kind.to_json()))[:MARK_DIGITS]


def check_format(fields: Fields) -> None:
    """Checks that an object is of a format that this package reads.

    Raises:
      RecordError: If it is not.
    """
    version = fields.get("format", codec.integer(1, codec.MAX_INTEGER))
    if version > FORMAT:
        raise RecordError(f"format {version} is newer than this plugin reads ({FORMAT})")


def check_tag(tag: str) -> None:
    """Checks that `tag` can be the tag of a record.

    Raises:
      ValueError: If it is empty, reserved, not Unicode, or can't be served by TensorBoard.
    """
    if not tag:
        raise ValueError("the tag is empty, want some text")
    if is_reserved(tag):
        raise ValueError(f"the tag is {tag!r}, want one that does not begin with {_RESERVED!r}")
    found = _UNSERVABLE.search(tag)
    if found:
        raise ValueError(
            f"the tag {tag!r} holds {found.group()!r}, want one without double quote, backslash, "
            "tab, newline and carriage return: TensorBoard's data server can't serve those"
        )
    codec.text(tag, "the tag")


def metrics_tag(tag: str) -> str:
    """Returns the tag of the metrics of the record tag `tag`."""
    return _METRICS + tag


def content_tag(digests: Sequence[str]) -> str:
    """Returns the tag of the content value that holds the blobs with `digests`, in that order."""
    return _CONTENT + digest.digest(",".join(digests).encode("ascii"))


def is_content_tag(tag: str) -> bool:
    """Tells whether `tag` is the tag of a content value."""
    return tag.startswith(_CONTENT)


def is_reserved(tag: str) -> bool:
    """Tells whether `tag` can't be the tag of a record, for the format uses such tags itself."""
    return tag.startswith(_RESERVED)


def _plugin_data(**values: object) -> bytes:
    return codec.dumps(codec.members(format=FORMAT, **values))


_parse_bits = codec.integer(8, 32)
_parse_class_id = codec.integer(-codec.MAX_INTEGER, codec.MAX_INTEGER)


def parse_bits(value: object, name: str) -> int:
    """Returns `value` if it is 8, 16 or 32."""
    if value not in (8, 16, 32):
        raise codec.wrong(value, name, "8, 16 or 32")
    return _parse_bits(value, name)


def _parse_image_bits(value: object, name: str) -> int:
    if value not in (8, 16):
        raise codec.wrong(value, name, "8 or 16")
    return _parse_bits(value, name)


def parse_kind(value: object, name: str) -> Kind:
    """Returns what was stored of a kind."""
    fields = Fields(value, name)
    kind = fields.get("name", codec.text)
    if kind == ImageKind.name:
        return ImageKind(bits=fields.get("bits", _parse_image_bits))
    if kind == MaskKind.name:
        return MaskKind(
            classes=fields.get("classes", _parse_classes),
            ignore=fields.optional("ignore", _parse_class_ids) or (),
        )
    if kind == HeatmapKind.name:
        return HeatmapKind(
            bits=fields.get("bits", parse_bits),
            range=fields.optional("range", codec.interval),
            colormap=fields.optional("colormap", codec.text),
            unit=fields.optional("unit", codec.text),
        )
    raise codec.wrong(kind, "kind.name", "image, mask or heatmap")


def _parse_classes(value: object, name: str) -> tuple[MaskClass, ...]:
    classes = codec.items(value, name, _parse_class, MAX_CLASSES)
    if len({one.id for one in classes}) < len(classes):
        raise RecordError(f"{name} has two classes of the same id")
    return classes


def _parse_class(value: object, name: str) -> MaskClass:
    fields = Fields(value, f"an element of {name}")
    return MaskClass(
        id=fields.get("id", _parse_class_id),
        name=fields.optional("name", codec.text),
        color=fields.optional("color", _parse_color),
    )


def _parse_color(value: object, name: str) -> str:
    if not isinstance(value, str) or not _COLOR.match(value.lower()):
        raise codec.wrong(value, name, "#rrggbb")
    return value.lower()


def _parse_class_ids(value: object, name: str) -> tuple[int, ...]:
    return codec.items(value, name, _parse_class_id, MAX_CLASSES)


def _parse_digests(value: object, name: str) -> tuple[str, ...]:
    return codec.items(value, name, digest.parse, MAX_DIGESTS)
