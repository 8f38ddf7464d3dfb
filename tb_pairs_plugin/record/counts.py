# SPDX-License-Identifier: Apache-2.0
"""How many pixels of each class were right, missed and wrong, and which class was taken for which.

A record of masks holds two elements of this: a table of one row, the sums over its samples, and a
table of a row per sample. A table is stored by columns, as `docs/format.md` describes.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass

from tb_pairs_plugin.record import codec, metadata
from tb_pairs_plugin.record.codec import Fields, RecordError
from tb_pairs_plugin.record.manifest import MAX_SAMPLES

# Of one row.
MAX_CLASSES = 4096
MAX_CONFUSIONS = 4096
# Of all rows of a table.
MAX_TABLE_CLASSES = 2**18
MAX_TABLE_CONFUSIONS = 2**16

_OMITTED = ("omitted_classes", "omitted_confusions", "omitted_pixels")
_BY_ROW = ("counted", "classes", "confusions", *_OMITTED)
_BY_CLASS = ("ids", "true_positive", "false_positive", "false_negative")
_BY_CONFUSION = ("truth", "predicted", "pixels")
COLUMNS = (*_BY_ROW, *_BY_CLASS, *_BY_CONFUSION)
_LIMITS = (
    dict.fromkeys(_BY_ROW, MAX_SAMPLES)
    | dict.fromkeys(_BY_CLASS, MAX_TABLE_CLASSES)
    | dict.fromkeys(_BY_CONFUSION, MAX_TABLE_CONFUSIONS)
)
_IDS = ("ids", "truth", "predicted")

_CODES = {1: "B", 2: "H", 4: "I", 8: "q"}
_LENGTH = struct.Struct("<I")
_MAX_HEADER_BYTES = 4096


@dataclass(frozen=True)
class ClassCounts:
    """Pixels by class; those whose ground truth is ignored count nowhere.

    Attributes:
      ids: The n classes that are in the ground truth or in the prediction, without repeats.
      true_positive: For each class its pixels that were predicted as it.
      false_positive: For each class the pixels of other classes that were predicted as it.
      false_negative: For each class its pixels that were predicted as others.
      truth: For each of m confusions the class it was.
      predicted: For each confusion the other class that was predicted.
      pixels: For each confusion how often. Where confusions of a sample were left out, those of the
        sums are at least so many.
      counted: Over how many samples these are sums.
      omitted_classes: How many classes were left out, those of the fewest pixels.
      omitted_confusions: How many confusions were left out, those of the fewest pixels.
      omitted_pixels: How many pixels the confusions that were left out have together.
    """

    ids: tuple[int, ...] = ()
    true_positive: tuple[int, ...] = ()
    false_positive: tuple[int, ...] = ()
    false_negative: tuple[int, ...] = ()
    truth: tuple[int, ...] = ()
    predicted: tuple[int, ...] = ()
    pixels: tuple[int, ...] = ()
    counted: int = 1
    omitted_classes: int = 0
    omitted_confusions: int = 0
    omitted_pixels: int = 0

    @property
    def size(self) -> int:
        """How many numbers these are, about."""
        return 4 * (1 + len(self.ids) + len(self.pixels))


@dataclass(frozen=True)
class Column:
    """Integers of `width` bytes each, little-endian: unsigned, but signed where they have 8."""

    width: int
    data: bytes


def pack(columns: Mapping[str, Column]) -> bytes:
    """Returns a table as it is stored.

    Args:
      columns: By the names of `COLUMNS`; absent ones are all 0.
    """
    listed = [
        [codec.camel_case(name), column.width, len(column.data) // column.width]
        for name, column in columns.items()
    ]
    header = codec.dumps(codec.members(format=metadata.FORMAT, columns=listed))
    return b"".join(
        [_LENGTH.pack(len(header)), header, *[column.data for column in columns.values()]]
    )


def parse(data: bytes) -> tuple[ClassCounts | None, ...]:
    """Returns the rows of a table; None is a sample that was not counted.

    Raises:
      RecordError: If it is damaged, contradicts itself, is too large or of a newer format.
    """
    columns = _unpack(data)
    rows = len(columns["counted"])
    for names, length in (
        (_BY_ROW, rows),
        (_BY_CLASS, sum(columns["classes"])),
        (_BY_CONFUSION, sum(columns["confusions"])),
    ):
        for name in names:
            if len(columns[name]) != length:
                raise RecordError(
                    f"the column {codec.camel_case(name)} has {len(columns[name])} numbers, "
                    f"want {length}"
                )
    return tuple(_rows(columns))


def _unpack(data: bytes) -> dict[str, tuple[int, ...]]:
    """Returns all columns, those that are absent as zeros."""
    if len(data) < _LENGTH.size:
        raise RecordError(f"the counts have {len(data)} bytes, want at least {_LENGTH.size}")
    (length,) = _LENGTH.unpack_from(data)
    offset = _LENGTH.size + length
    header = Fields(codec.loads(data[_LENGTH.size : offset], _MAX_HEADER_BYTES), "the counts")
    metadata.check_format(header)
    columns: dict[str, tuple[int, ...]] = {}
    for name, width, count in header.get("columns", _parse_columns):
        end = offset + width * count
        if end > len(data):
            raise RecordError(f"the counts are cut off: {len(data)} bytes, want {end}")
        if name in _LIMITS:
            columns[name] = _numbers(data[offset:end], name, width, count)
        offset = end
    rows = (0,) * len(columns.setdefault("counted", ()))
    for name in COLUMNS:
        columns.setdefault(name, rows if name in _BY_ROW else ())
    return columns


def _numbers(data: bytes, name: str, width: int, count: int) -> tuple[int, ...]:
    if count > _LIMITS[name]:
        raise RecordError(f"the column {name} has {count} numbers, want at most {_LIMITS[name]}")
    numbers = struct.unpack(f"<{count}{_CODES[width]}", data)
    low = -codec.MAX_INTEGER if name in _IDS else 0
    if numbers and not low <= min(numbers) <= max(numbers) <= codec.MAX_INTEGER:
        raise RecordError(
            f"the column {name} has a number out of range, want {low} to {codec.MAX_INTEGER}"
        )
    return numbers


def _rows(columns: Mapping[str, tuple[int, ...]]) -> list[ClassCounts | None]:
    rows: list[ClassCounts | None] = []
    first_class = first_confusion = 0
    for row, counted in enumerate(columns["counted"]):
        last_class = first_class + columns["classes"][row]
        last_confusion = first_confusion + columns["confusions"][row]
        by_class = slice(first_class, last_class)
        by_confusion = slice(first_confusion, last_confusion)
        counts = ClassCounts(
            ids=columns["ids"][by_class],
            true_positive=columns["true_positive"][by_class],
            false_positive=columns["false_positive"][by_class],
            false_negative=columns["false_negative"][by_class],
            truth=columns["truth"][by_confusion],
            predicted=columns["predicted"][by_confusion],
            pixels=columns["pixels"][by_confusion],
            counted=counted,
            omitted_classes=columns["omitted_classes"][row],
            omitted_confusions=columns["omitted_confusions"][row],
            omitted_pixels=columns["omitted_pixels"][row],
        )
        _check(counts)
        rows.append(counts if counted else None)
        first_class, first_confusion = last_class, last_confusion
    return rows


def _check(counts: ClassCounts) -> None:
    if len(counts.ids) > MAX_CLASSES or len(counts.pixels) > MAX_CONFUSIONS:
        raise RecordError(
            f"a row has {len(counts.ids)} classes and {len(counts.pixels)} confusions, want at "
            f"most {MAX_CLASSES} and {MAX_CONFUSIONS}"
        )
    if counts.counted > MAX_SAMPLES:
        raise RecordError(f"a row is of {counts.counted} samples, want at most {MAX_SAMPLES}")
    if len(set(counts.ids)) < len(counts.ids):
        raise RecordError("a row has the same class twice")


def _parse_columns(value: object, name: str) -> tuple[tuple[str, int, int], ...]:
    columns = codec.items(value, name, _parse_column, 64)
    if len({column for column, _, _ in columns}) < len(columns):
        raise RecordError(f"{name} has the same column twice")
    return columns


def _parse_column(value: object, name: str) -> tuple[str, int, int]:
    if not isinstance(value, list) or len(value) != 3:
        raise codec.wrong(value, f"an element of {name}", "a list of name, width and length")
    width = value[1]
    if type(width) is not int or width not in _CODES:
        raise codec.wrong(width, "the width of a column", "1, 2, 4 or 8")
    known = _NAMES.get(codec.text(value[0], "the name of a column"), "")
    return known or value[0], width, _parse_length(value[2], "the length of a column")


_NAMES = {codec.camel_case(name): name for name in COLUMNS}
_parse_length = codec.integer(0, codec.MAX_INTEGER)
