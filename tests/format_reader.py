# SPDX-License-Identifier: Apache-2.0
"""Reads records by `docs/format.md` alone, with the standard library alone.

It shares no code with the package, NumPy, Pillow or TensorBoard, so that nothing but the page can
have told it what a byte means. `tests/writing/test_format.py` holds that, and that it reads what is
written; what the other tests of writing write is read by it too.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import math
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

RECORD_CLASS, TENSOR_CLASS = 3, 2  # DATA_CLASS_BLOB_SEQUENCE, DATA_CLASS_TENSOR
_STRING = 7  # DT_STRING


class FormatError(Exception):
    """What was read is not what `docs/format.md` says."""


@dataclass
class Value:
    """A value of the plugin, of one event."""

    step: int
    wall_time: float
    tag: str
    data: dict[str, Any]
    description: str
    data_class: int
    shape: list[int]
    elements: list[bytes]


@dataclass
class Picture:
    """A picture: its entry in the manifest, its blob, and what kind of values it holds."""

    entry: dict[str, Any]
    blob: bytes
    kind: str

    @cached_property
    def stored(self) -> list[int]:
        """The stored values in reading order, channels interleaved."""
        return stored_values(self.blob, self.entry)

    @property
    def values(self) -> list[Any]:
        """The values in the caller's terms."""
        return meaning(self.stored, self.entry, self.kind)

    @property
    def value_digest(self) -> str | None:
        """The digest of values, or None where stored values don't tell it."""
        return value_digest(self.stored, self.entry, self.kind)


@dataclass
class Sample:
    """A sample: its entry in the manifest, and its pictures by name."""

    entry: dict[str, Any]
    pictures: dict[str, Picture]


@dataclass
class Record:
    """A record, with its metrics value."""

    value: Value
    manifest: dict[str, Any]
    samples: list[Sample]
    metrics: dict[str, Any] = field(default_factory=dict)

    @property
    def counts(self) -> list[dict[str, Any]] | None:
        """Class counts of each sample, or None where there are none."""
        place = self.manifest.get("counts")
        return None if place is None else rows_of(self.value.elements[place + 1])


def read(logdir: Path) -> list[Record]:
    """Returns the records of all event files of one run."""
    first: dict[str, bytes] = {}
    values = [
        value
        for path in sorted(Path(logdir).glob("*tfevents*"))
        for event in frames(path.read_bytes())
        for value in values_of(event, first)
    ]
    return records(values)


def records(values: list[Value]) -> list[Record]:
    """Returns the records among the values of one run."""
    shared: dict[str, bytes] = {}
    metrics: dict[tuple[str, int, float], dict[str, Any]] = {}
    for value in values:
        if value.data["role"] == "content":
            digests = value.data["digests"]
            _want(value.data_class == RECORD_CLASS, "content is no blob sequence")
            _want(len(digests) == len(value.elements), "another number of digests than of blobs")
            named = hashlib.sha256(",".join(digests).encode()).hexdigest()[:32]
            _want(value.tag == "__pairs__/content/" + named, "content under another name")
            shared |= dict(zip(digests, value.elements, strict=True))
        elif value.data["role"] == "metrics":
            _want(value.data_class == TENSOR_CLASS and not value.shape, "metrics are no scalar")
            _want(value.tag == "__pairs__/metrics/" + value.data["of"], "metrics of another tag")
            key = value.data["of"], value.step, value.wall_time
            metrics[key] = json.loads(value.elements[0])
    found = []
    for value in values:
        if value.data["role"] == "record":
            record = _record(value, shared)
            record.metrics = metrics[value.tag, value.step, value.wall_time]
            _check_metrics(record)
            found.append(record)
    return found


def _record(value: Value, shared: dict[str, bytes]) -> Record:
    _want(value.data_class == RECORD_CLASS, "a record is no blob sequence")
    _want(value.shape == [len(value.elements)], "a record is not of rank 1")
    manifest = json.loads(value.elements[0])
    _want(manifest["format"] == 1 and manifest["sequence"] >= 1, "another format")
    kind = (manifest.get("kind") or value.data["kind"])["name"]

    def picture(entry: dict[str, Any], kind: str) -> Picture:
        blob = value.elements[entry["blob"]] if "blob" in entry else shared[entry["digest"]]
        _want(hashlib.sha256(blob).hexdigest()[:32] == entry["digest"], "another digest")
        return Picture(entry, blob, kind)

    samples = []
    for entry in manifest["samples"]:
        parts = {
            name: picture(manifest["pictures"][entry[name]], "image" if name == "input" else kind)
            for name in ("groundTruth", "prediction", "input")
            if name in entry
        }
        samples.append(Sample(entry, parts))
    return Record(value, manifest, samples)


def _check_metrics(record: Record) -> None:
    small, samples = record.metrics, record.samples
    _want(small["sequence"] == record.manifest["sequence"], "metrics of another record")
    _want(small["ids"] == [one.entry["id"] for one in samples], "metrics of other samples")
    marks = [one.pictures["groundTruth"].entry for one in samples]
    marks = [(entry.get("valueDigest") or entry["digest"])[:8] for entry in marks]
    _want(small["groundTruth"] == marks, "another ground truth in the metrics")
    for i, sample in enumerate(samples):
        for name, number in sample.entry.get("metrics", {}).items():
            _want(small["metrics"][name][i] == number, "other metrics")
    _check_attributes(record)


def _check_attributes(record: Record) -> None:
    columns = record.metrics.get("attributes", {})
    for i, sample in enumerate(record.samples):
        held = sample.entry.get("attributes", {})
        for one in held.values():
            _want(type(one) in (str, bool, int, float), "an attribute of another type")
            _want(not isinstance(one, float) or math.isfinite(one), "an attribute not finite")
        small = {name: column[i] for name, column in columns.items() if column[i] is not None}
        # Python's True is equal to 1.
        _want(repr(sorted(small.items())) == repr(sorted(held.items())), "other attributes")


def number(value: Any) -> float | None:
    """Returns a number of JSON as a float: it may be written as a text."""
    return None if value is None else float(value)


# Event files.


def frames(data: bytes) -> Iterator[bytes]:
    """Yields the events of a file, up to where it was torn."""
    place = 0
    while place + 12 <= len(data):
        (length,) = struct.unpack_from("<Q", data, place)
        if place + 16 + length > len(data):
            return
        yield data[place + 12 : place + 12 + length]
        place += 16 + length


def values_of(event: bytes, first: dict[str, bytes] | None = None) -> Iterator[Value]:
    """Yields the values of the plugin in an event; `first` is the metadata of tags seen before."""
    first = {} if first is None else first
    event_fields = _fields(event)
    step = _integer(event_fields.get(2, [0])[-1])
    (wall_time,) = struct.unpack("<d", event_fields.get(1, [bytes(8)])[-1])
    for summary in event_fields.get(5, []):
        for raw in _fields(summary).get(1, []):
            value = _value(raw, step, wall_time, first)
            if value is not None:
                yield value


def _value(raw: bytes, step: int, wall_time: float, first: dict[str, bytes]) -> Value | None:
    members = _fields(raw)
    tag = members[1][-1].decode()
    own = members[9][-1] if 9 in members else first.get(tag, b"")
    first.setdefault(tag, own)
    metadata = _fields(own)
    plugin = _fields(metadata.get(1, [b""])[-1])
    if plugin.get(1, [b""])[-1] != b"pairs":
        return None
    data = json.loads(plugin[2][-1])
    _want(data["format"] == 1, "another format")
    tensor = _fields(members[8][-1])
    _want(tensor[1][-1] == _STRING, "no strings")
    dims = _fields(tensor.get(2, [b""])[-1]).get(2, [])
    return Value(
        step=step,
        wall_time=wall_time,
        tag=tag,
        data=data,
        description=metadata.get(3, [b""])[-1].decode(),
        data_class=metadata.get(4, [0])[-1],
        shape=[_fields(dim).get(1, [0])[-1] for dim in dims],
        elements=tensor.get(8, []),
    )


def _fields(message: bytes) -> dict[int, list[Any]]:
    """Returns the fields of a protocol buffer: integers, and bytes of all else."""
    found: dict[int, list[Any]] = {}
    place = 0
    while place < len(message):
        key, place = _varint(message, place)
        wire_type = key & 7
        value: Any
        if wire_type == 0:
            value, place = _varint(message, place)
        else:
            length = {1: 8, 5: 4}.get(wire_type, 0)
            if wire_type == 2:
                length, place = _varint(message, place)
            value = message[place : place + length]
            place += length
        found.setdefault(key >> 3, []).append(value)
    return found


def _varint(message: bytes, place: int) -> tuple[int, int]:
    value = 0
    for shift in itertools.count(0, 7):
        byte = message[place]
        place += 1
        value |= (byte & 127) << shift
        if byte < 128:
            break
    return value, place


def _integer(value: int) -> int:
    return value - 2**64 if value >= 2**63 else value


# Class counts.


def rows_of(table: bytes) -> list[dict[str, Any]]:
    """Returns the rows of a table: of each its columns, and those of its classes and confusions."""
    (length,) = struct.unpack_from("<I", table)
    header = json.loads(table[4 : 4 + length])
    _want(header["format"] == 1, "another format")
    columns, place = {}, 4 + length
    for name, size, count in header["columns"]:
        form = f"<{count}{ {1: 'B', 2: 'H', 4: 'I', 8: 'q'}[size] }"
        columns[name] = list(struct.unpack_from(form, table, place))
        place += size * count
    _want(place == len(table), "a table with more than its columns")
    parts = {
        "classes": ("ids", "truePositive", "falsePositive", "falseNegative"),
        "confusions": ("truth", "predicted", "pixels"),
    }
    taken = dict.fromkeys(parts, 0)
    rows = []
    for i, counted in enumerate(columns["counted"]):
        row: dict[str, Any] = {"counted": counted}
        for part, names in parts.items():
            end = taken[part] + columns[part][i]
            row[part] = list(
                zip(*(columns[name][taken[part] : end] for name in names), strict=True)
            )
            taken[part] = end
        rows.append(row)
    return rows


# Pictures.


def stored_values(blob: bytes, entry: dict[str, Any]) -> list[int]:
    """Returns the stored values of a picture in reading order, channels interleaved."""
    width, height, channels = entry["width"], entry["height"], entry["channels"]
    layout, bits = entry["layout"], entry["bits"]
    if layout == "neighbors":
        _want(bits == 8 and channels == 1, "neighbors of more than one byte")
        columns, rows = -(-width // 2), -(-height // 2)
        size = columns, rows - (-entry["literals"] // columns)
        return list(_joined_neighbors(png_bytes(blob, *size, 1), width, height, entry["literals"]))
    count = bits // 8
    _want(layout == ("plain" if count == 1 else "split"), f"{bits} bits in layout {layout}")
    pixels = png_bytes(blob, width, count * height, channels)
    if count == 1:
        return list(pixels)
    planes = [pixels[i * len(pixels) // count :][: len(pixels) // count] for i in range(count)]
    steps = [int.from_bytes(parts, "big") for parts in zip(*planes, strict=True)]
    row = width * channels
    for i in range(row, len(steps)):
        steps[i] = (steps[i] + steps[i - row]) % 2**bits
    return steps


def png_bytes(blob: bytes, width: int, height: int, channels: int) -> bytes:
    """Returns the pixels of a PNG, which must be of this form."""
    _want(blob[:8] == b"\x89PNG\r\n\x1a\n", "no PNG")
    chunks, place = [], 8
    while place < len(blob):
        (length,) = struct.unpack_from(">I", blob, place)
        name, data = blob[place + 4 : place + 8], blob[place + 8 : place + 8 + length]
        (crc,) = struct.unpack_from(">I", blob, place + 8 + length)
        _want(crc == zlib.crc32(name + data), "a damaged chunk")
        chunks.append((name, data))
        place += 12 + length
    _want(chunks[0][0] == b"IHDR" and chunks[-1] == (b"IEND", b""), "a torn PNG")
    color = {1: 0, 2: 4, 3: 2, 4: 6}[channels]
    header = struct.pack(">IIBBBBB", width, height, 8, color, 0, 0, 0)
    _want(chunks[0][1] == header, "a PNG of another form")
    filtered = zlib.decompress(b"".join(data for name, data in chunks if name == b"IDAT"))
    stride = width * channels
    _want(len(filtered) == height * (1 + stride), "a PNG of other pixels")
    lines = [bytes(stride)]
    for start in range(0, len(filtered), 1 + stride):
        line = filtered[start + 1 : start + 1 + stride]
        lines.append(_unfiltered(filtered[start], line, lines[-1], channels))
    return b"".join(lines[1:])


def _unfiltered(number: int, line: bytes, above: bytes, step: int) -> bytes:
    if number == 0:
        return line
    if number == 2:
        return bytes((a + b) & 255 for a, b in zip(line, above, strict=True))
    # Left of the line are zeros.
    out, above = bytearray(step) + line, bytes(step) + above
    for i in range(step, len(out)):
        left, up, corner = out[i - step], above[i], above[i - step]
        if number == 1:
            expected = left
        elif number == 3:
            expected = (left + up) // 2
        else:
            _want(number == 4, "an unknown filter")
            estimate = left + up - corner
            expected = min((left, up, corner), key=lambda one: abs(estimate - one))
        out[i] = (out[i] + expected) & 255
    return bytes(out[step:])


def _joined_neighbors(pixels: bytes, width: int, height: int, count: int) -> bytes:
    columns, rows = -(-width // 2), -(-height // 2)
    rest = iter(pixels[columns * rows : columns * rows + count])
    _want(not any(pixels[columns * rows + count :]), "more of the rest than there is")
    taken = 0
    lines = [bytes(width + 1)]
    for y in range(2 * rows):
        line, above = bytearray(width + 1), lines[-1]
        for x in range(2 * columns):
            byte = pixels[y // 2 * columns + x // 2]
            code = byte >> (4 * (y % 2) + 2 * (x % 2)) & 3
            if x >= width or y >= height:
                _want(code == 0, "a code outside of the picture")
                continue
            # The line has a zero at its left.
            taken += code == 3
            line[x + 1] = next(rest) if code == 3 else (above[x + 1], line[x], above[x])[code]
        lines.append(bytes(line))
    _want(taken == count, "another rest")
    return b"".join(line[1:] for line in lines[1 : height + 1])


def meaning(stored: list[int], entry: dict[str, Any], kind: str) -> list[Any]:
    """Returns what stored values mean, in the caller's terms."""
    bits = entry["bits"]
    if kind == "mask":
        return [entry["ids"][value] for value in stored] if "ids" in entry else stored
    if kind == "image":
        white = 2**bits - 1
        return [value / white for value in stored] if "float" in entry["dtype"] else stored
    if bits == 32:
        return list(struct.unpack(f"<{len(stored)}f", struct.pack(f"<{len(stored)}I", *stored)))
    (low, high), m = entry["range"], 2**bits - 4
    codes = [-math.inf, math.inf, math.nan]
    return [
        low + value / m * (high - low) if value <= m else codes[value - m - 1] for value in stored
    ]


def value_digest(stored: list[int], entry: dict[str, Any], kind: str) -> str | None:
    """Returns the digest of values, or None where stored values don't tell it."""
    bits = entry["bits"]
    if kind == "image":
        form = {8: "u1", 16: "u2"}[bits]
        values: list[Any] = stored
    elif kind == "mask":
        values = meaning(stored, entry, kind)
        low, high = min(values), max(values)
        form = "i8" if low < 0 or high > 65535 else "u2" if high > 255 else "u1"
    elif bits == 32:
        form = "f4"
        values = [one + 0.0 for one in meaning(stored, entry, kind)]
    else:
        return None
    code = {"u1": "B", "u2": "H", "i8": "q", "f4": "f"}[form]
    if form == "f4":
        nan = struct.pack("<I", 0x7FC00000)
        data = b"".join(nan if one != one else struct.pack("<f", one) for one in values)
    else:
        data = struct.pack(f"<{len(values)}{code}", *values)
    head = f"{kind} {entry['width']} {entry['height']} {entry['channels']} {form}\n"
    return hashlib.sha256(head.encode() + data).hexdigest()[:32]


def _want(fact: bool, message: str) -> None:
    if not fact:
        raise FormatError(message)
