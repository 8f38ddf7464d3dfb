# SPDX-License-Identifier: Apache-2.0
"""Class ids, and the classes that a tag names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from tb_pairs_plugin.record import codec
from tb_pairs_plugin.record.codec import Fields, RecordError
from tb_pairs_plugin.record.kinds.kind import StoredKind

MAX_CLASSES = 65536

_COLOR = re.compile(r"#[0-9a-f]{6}\Z")


def format_color(channels: Iterable[int]) -> str:
    """Returns red, green and blue, each 0 to 255, as `#rrggbb`, in lower case."""
    return "#{:02x}{:02x}{:02x}".format(*channels)


@dataclass(frozen=True)
class MaskClass:
    """A class of a mask: its id, and optionally a name and a color (as of `format_color`)."""

    id: int
    name: str | None = None
    color: str | None = None

    def to_json(self) -> dict[str, object]:
        """Returns the JSON object of this class."""
        return codec.members(id=self.id, name=self.name, color=self.color)


@dataclass(frozen=True)
class MaskKind(StoredKind):
    """Class ids, of which those in `ignore` do not count."""

    name: ClassVar[str] = "mask"
    classes: tuple[MaskClass, ...] = ()
    ignore: tuple[int, ...] = ()

    @classmethod
    def parse(cls, fields: Fields) -> MaskKind:
        """Returns the kind that `to_json` stored."""
        return cls(
            classes=fields.get("classes", _parse_classes),
            ignore=fields.optional("ignore", _parse_class_ids) or (),
        )

    def to_json(self) -> dict[str, object]:
        """Returns the JSON object of this kind."""
        return codec.members(
            name=self.name,
            classes=[one.to_json() for one in self.classes],
            ignore=list(self.ignore),
        )


_parse_class_id = codec.integer(-codec.MAX_INTEGER, codec.MAX_INTEGER)


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
