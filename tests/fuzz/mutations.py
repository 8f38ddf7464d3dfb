# SPDX-License-Identifier: Apache-2.0
"""Ways in which an event file can be wrong, from a flipped bit to a well-made lie."""

import copy
import json
import random
import struct
import tempfile
import zlib
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from tensorboard.compat.proto import event_pb2, summary_pb2, types_pb2

import tb_pairs_plugin as pairs
from tb_pairs_plugin.record.digest import digest
from tb_pairs_plugin.writing.writers import crc32c
from tests.reading.logs import png
from tests.writing import event_files

TAGS = ("mask", "colour", "depth")
STEPS = 3

Chance = random.Random
Event = event_pb2.Event

_TEXTS = [
    *(
        "",
        "NaN",
        "Infinity",
        "record",
        "metrics",
        "content",
        "mask",
        "split",
        "plain",
        "neighbors",
        "#000000",
    ),
    *("<script>alert(1)</script>", "\u202e\u0000\ud800", "__pairs__/x", "a" * 10_000, "0" * 32),
    *("\\", '"', "../../etc/passwd", "\U0001f600" * 50),
]
_UNICODE = [text.encode("utf-8", "replace").decode() for text in _TEXTS]
_NUMBERS = [0, 1, 2, -1, 3, 16, 255, 4097, 2**28, 2**31, 2**53, 2**63, -(2**63), 10**400, 0.5, -0.0]
_SPELLED = [
    "1e400",
    "-1e400",
    "NaN",
    "Infinity",
    "0" * 9,
    "1" * 5000,
    "[" * 60_000,
    "{" * 9,
    "\x00",
]
_NAMES = [
    *("format", "role", "kind", "name", "classes", "ignore", "bits", "range", "of", "digests"),
    *("sequence", "samples", "pictures", "id", "metrics", "groundTruth", "prediction", "input"),
    *("digest", "blob", "width", "height", "channels", "layout", "ids", "caption", "clipped"),
]
_SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
_HTML = b"<!doctype html><script>alert(1)</script>"


@lru_cache(maxsize=1)
def original() -> tuple[Event, ...]:
    """What `pairs.summary` writes of each kind, with content that is referred to."""
    generator = np.random.default_rng(0)
    ids = generator.integers(0, 3, (2, 5, 6))
    photo = generator.integers(0, 256, (2, 5, 6, 3), np.uint8)
    depth = generator.random((2, 5, 6))
    with tempfile.TemporaryDirectory() as folder:
        for step in range(STEPS):
            options: dict[str, Any] = {"image": photo, "ids": ["a", "b"], "writer": folder}
            kind = pairs.Mask(classes=["road", "car", "sky"], ignore=255)
            pairs.summary("mask", ids, (ids + step) % 3, step, kind=kind, **options)
            pairs.summary("colour", photo, photo + step, step, captions=["x", "y"], **options)
            heat = pairs.Heatmap(range=(0, 1), unit="m")
            pairs.summary("depth", depth, depth * step / 3, step, kind=heat, **options)
        return tuple(event_files.events(folder))


def case(number: int) -> bytes:
    """Returns the event file of a case; equal numbers give equal files."""
    chance = random.Random(number)
    events = [copy.deepcopy(event) for event in original()]
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        chance.choice(_MUTATIONS)(chance, events)
    data = b"".join(map(_frame, (Event(file_version="brain.Event:2"), *events)))
    if chance.random() < 0.15:
        data = _mangled(chance, data)
    return data


def _frame(event: Event) -> bytes:
    data = event.SerializeToString()
    length = struct.pack("<Q", len(data))
    # TensorBoard's own checksum takes most of a case's time.
    checks = [struct.pack("<I", crc32c.compute_masked(part)) for part in (length, data)]
    return length + checks[0] + data + checks[1]


def _mangled(chance: Chance, data: bytes) -> bytes:
    """Bytes changed, taken away, put in, or all from some place on."""
    mangled = bytearray(data)
    for _ in range(chance.randint(1, 5)):
        place = chance.randrange(len(mangled) or 1)
        length = chance.randrange(1, 60)
        action = chance.randrange(5)
        if action == 0 and mangled:
            mangled[place] ^= 1 << chance.randrange(8)
        elif action == 1:
            del mangled[place : place + length]
        elif action == 2:
            mangled[place:place] = chance.randbytes(length)
        elif action == 3:
            mangled[place:place] = mangled[chance.randrange(len(mangled) or 1) :][:length]
        else:
            del mangled[place:]
    return bytes(mangled)


def _value(chance: Chance, events: Sequence[Event]) -> summary_pb2.Summary.Value | None:
    values = [value for event in events for value in event.summary.value]
    return chance.choice(values) if values else None


def _junk(chance: Chance) -> object:
    """Any JSON value."""
    choice = chance.randrange(6)
    if choice == 0:
        return chance.choice((None, True, False, [], {}))
    if choice == 1:
        return chance.choice(_TEXTS)
    if choice == 2:
        return [_junk(chance) for _ in range(chance.randrange(4))]
    if choice == 3:
        return {chance.choice(_NAMES): _junk(chance) for _ in range(chance.randrange(4))}
    return chance.choice(_NUMBERS)


def _places(value: Any) -> list[tuple[Any, Any]]:
    """The members and elements in a JSON value, each with what it is in."""
    found = []
    keys = value.keys() if isinstance(value, dict) else range(len(value))
    for key in list(keys):
        found.append((value, key))
        if isinstance(value[key], (dict, list)):
            found += _places(value[key])
    return found


def _edited(chance: Chance, data: bytes) -> bytes:
    """JSON with some of its values exchanged, added, removed or misspelled."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return chance.randbytes(chance.randrange(40))
    if not isinstance(value, (dict, list)):
        return data
    for _ in range(chance.choice((1, 1, 2, 3))):
        places = _places(value)
        if not places:
            break
        inside, key = chance.choice(places)
        action = chance.randrange(6)
        if action == 0:
            del inside[key]
        elif action == 1:
            other, from_key = chance.choice(places)
            inside[key] = copy.deepcopy(other[from_key])
        elif action == 2 and isinstance(inside, dict):
            inside[chance.choice(_NAMES)] = _junk(chance)
        elif action == 3 and isinstance(inside, list):
            inside.extend(copy.deepcopy(inside[key]) for _ in range(chance.choice((1, 50, 4200))))
        elif action == 4 and type(inside[key]) is int:
            inside[key] += chance.choice((-1, 1, 1, 256, -300))
        else:
            inside[key] = _junk(chance)
    text = json.dumps(value, ensure_ascii=chance.random() < 0.5)
    if chance.random() < 0.1:
        place = chance.randrange(len(text))
        text = text[:place] + chance.choice(_SPELLED) + text[place + chance.randrange(3) :]
    return text.encode("utf-8", "surrogatepass")


def _mutate_json(chance: Chance, events: list[Event]) -> None:
    value = _value(chance, events)
    if value is not None and value.tensor.string_val:
        value.tensor.string_val[0] = _edited(chance, value.tensor.string_val[0])


def _mutate_plugin_data(chance: Chance, events: list[Event]) -> None:
    value = _value(chance, events)
    if value is not None:
        data = value.metadata.plugin_data
        data.content = _edited(chance, data.content)


def _bomb(chance: Chance) -> bytes:
    """A PNG whose header claims much more than there is."""
    size = chance.choice(
        ((30_000, 30_000), (2**31 - 1, 1), (1, 2**31 - 1), (0, 0), (16_384, 16_384))
    )
    return png(claim=size, color=chance.choice((0, 2, 4, 6)))


def _odd_png(chance: Chance) -> bytes:
    header = struct.pack(">IIBBBBB", 6, 5, *(chance.choice((0, 1, 3, 8, 16)) for _ in range(5)))
    chunk = b"IHDR" + header
    body = struct.pack(">I", len(header)) + chunk + struct.pack(">I", zlib.crc32(chunk))
    return b"\x89PNG\r\n\x1a\n" + body[: chance.randrange(30)]


def _mutate_blob(chance: Chance, events: list[Event]) -> None:
    """Another blob in place of a picture; often the manifest knows, and says what it is."""
    value = _value(chance, events)
    if value is None or len(value.tensor.string_val) < 2:
        return
    place = chance.randrange(1, len(value.tensor.string_val))
    before = value.tensor.string_val[place]
    blob = chance.choice(
        (
            lambda: _SVG,
            lambda: _HTML,
            lambda: b"",
            lambda: b"GIF89a" + _HTML,
            lambda: chance.randbytes(chance.choice((10, 100_000))),
            lambda: before[: chance.randrange(len(before) or 1)],
            lambda: before + _HTML,
            lambda: before[:8] + _HTML,
            lambda: _bomb(chance),
            lambda: _odd_png(chance),
            lambda: png(width=chance.randrange(1, 9), color=chance.choice((0, 2, 4, 6))),
        )
    )()
    value.tensor.string_val[place] = blob
    if chance.random() < 0.7:
        _replace_text(events, digest(before), digest(blob))
    if chance.random() < 0.5 and blob.startswith(b"\x89PNG") and len(blob) >= 24:
        _claim(value, blob)


def _replace_text(events: list[Event], old: str, new: str) -> None:
    for event in events:
        for value in event.summary.value:
            data = value.metadata.plugin_data
            data.content = data.content.replace(old.encode(), new.encode())
            for place, element in enumerate(value.tensor.string_val):
                if element.startswith(b"{"):
                    value.tensor.string_val[place] = element.replace(old.encode(), new.encode())


def _claim(value: summary_pb2.Summary.Value, blob: bytes) -> None:
    """Makes the manifest say of a picture what the PNG does."""
    width, height = struct.unpack_from(">II", blob, 16)
    channels = {0: 1, 4: 2, 2: 3, 6: 4}.get((blob + b"\xff" * 2)[25], 1)
    try:
        manifest = json.loads(value.tensor.string_val[0])
        for picture in manifest["pictures"]:
            if picture["digest"] == digest(blob):
                picture.update(width=width, height=height, channels=channels)
    except (ValueError, TypeError, KeyError, RecursionError):
        return
    value.tensor.string_val[0] = json.dumps(manifest).encode()


def _mutate_tensor(chance: Chance, events: list[Event]) -> None:
    """Another type, rank or number of elements than there are."""
    value = _value(chance, events)
    if value is None:
        return
    tensor = value.tensor
    is_blobs = value.metadata.data_class == summary_pb2.DATA_CLASS_BLOB_SEQUENCE
    action = chance.randrange(5)
    if action == 0:
        del tensor.tensor_shape.dim[:]
        # TensorBoard itself makes tensors as large as their shapes say; see docs/security.md.
        most = 2**62 if is_blobs else 1000
        sizes = [size for size in (0, 1, 2, 3, -1, 1000, 2**31, 2**62) if size <= most]
        for _ in range(chance.randrange(4 if is_blobs else 2)):
            tensor.tensor_shape.dim.add(size=chance.choice(sizes))
    elif action == 1:
        tensor.dtype = chance.choice((types_pb2.DT_FLOAT, types_pb2.DT_INVALID, types_pb2.DT_INT8))
    elif action == 2:
        tensor.tensor_content = chance.randbytes(8)
    elif action == 3 and tensor.string_val:
        del tensor.string_val[chance.randrange(len(tensor.string_val))]
    else:
        tensor.string_val.append(_HTML)


def _mutate_value(chance: Chance, events: list[Event]) -> None:
    """A tag, a plugin or a data class that is another's."""
    value, other = _value(chance, events), _value(chance, events)
    if value is None or other is None:
        return
    action = chance.randrange(6)
    if action == 0:
        value.tag = chance.choice((other.tag, "__pairs__/", *_UNICODE))
    elif action == 1:
        value.metadata.data_class = chance.randrange(4)
    elif action == 2:
        value.metadata.plugin_data.plugin_name = chance.choice(("images", "", "scalars"))
    elif action == 3:
        value.metadata.CopyFrom(other.metadata)
    elif action == 4:
        value.tensor.CopyFrom(other.tensor)
    else:
        value.metadata.summary_description = chance.choice(_UNICODE) + "<b>[x](javascript:y)"


def _mutate_event(chance: Chance, events: list[Event]) -> None:
    """Steps and times that can't be; events lost, repeated, or in another order."""
    if not events:
        return
    event = chance.choice(events)
    action = chance.randrange(7)
    if action == 0:
        event.step = chance.choice((2**63 - 1, -(2**63), -1, 2**53 + 1, 0, 1))
    elif action == 1:
        odd = (float("nan"), float("inf"), -1.0, 1e300, 0.0)
        event.wall_time = chance.choice(odd)
    elif action == 2:
        events.remove(event)
    elif action == 3:
        events.append(copy.deepcopy(event))
    elif action == 4:
        chance.shuffle(events)
    elif action == 5:
        session = event_pb2.SessionLog(status=event_pb2.SessionLog.START)
        events.insert(chance.randrange(len(events)), Event(step=1, session_log=session))
    else:
        event.summary.value.extend(copy.deepcopy(chance.choice(events).summary.value))


_MUTATIONS: list[Callable[[Chance, list[Event]], None]] = [
    _mutate_json,
    _mutate_json,
    _mutate_json,
    _mutate_plugin_data,
    _mutate_blob,
    _mutate_blob,
    _mutate_tensor,
    _mutate_value,
    _mutate_event,
]


def write(number: int, run: Path) -> None:
    """Writes the event file of a case into a run."""
    run.mkdir(parents=True)
    (run / "events.out.tfevents.1.host").write_bytes(case(number))
