# SPDX-License-Identifier: Apache-2.0
"""Reads records back by `docs/format.md` alone: TensorBoard's loader, JSON, Pillow.

It shares no code with the package, so that a mistake in the package isn't made twice.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from tensorboard.backend.event_processing.event_file_loader import EventFileLoader
from tensorboard.compat.proto import event_pb2, summary_pb2

from tests.stored import stored_values


@dataclass
class Picture:
    """A decoded picture: its values in the caller's terms, and its entry in the manifest."""

    values: np.ndarray
    entry: dict[str, Any]

    @property
    def is_reference(self) -> bool:
        return "blob" not in self.entry


@dataclass
class Sample:
    id: str
    ground_truth: Picture
    prediction: Picture
    image: Picture | None
    entry: dict[str, Any]

    @property
    def metrics(self) -> dict[str, float | None]:
        return {name: _number(value) for name, value in self.entry.get("metrics", {}).items()}


@dataclass
class Record:
    step: int
    wall_time: float
    tag: str
    sequence: int
    samples: list[Sample]
    kind: dict[str, Any]
    plugin_data: dict[str, Any]
    description: str
    metrics: dict[str, Any] = field(default_factory=dict)
    total: dict[str, Any] | None = None
    counts: list[dict[str, Any] | None] = field(default_factory=list)


def events(logdir: Any) -> list[event_pb2.Event]:
    """Returns all events of all files in a directory that hold a summary.

    The loader also makes a summary of a graph, which writers of TensorFlow 1 put in their files.
    """
    found = []
    for path in sorted(Path(logdir).glob("**/*tfevents*")):
        found += [
            event
            for event in EventFileLoader(str(path)).Load()
            if event.summary.value and event.summary.value[0].tag != "__run_graph__"
        ]
    return found


def content_tags(logdir: Any) -> list[str]:
    """Returns the tags of all content values."""
    return [
        value.tag
        for event in events(logdir)
        for value in event.summary.value
        if value.tag.startswith("__pairs__/content/")
    ]


def read(logdir: Any, tag: str | None = None) -> list[Record]:
    """Returns the records in a directory, of one tag or of all."""
    return decode(events(logdir), tag)


def decode(kept: Iterable[event_pb2.Event], tag: str | None = None) -> list[Record]:
    """Returns the records of some events, which refer to content in these events only."""
    kept = list(kept)
    shared: dict[str, bytes] = {}
    metrics: dict[tuple[str, int, float], dict[str, Any]] = {}
    for event in kept:
        for value in event.summary.value:
            data = _plugin_data(value)
            if data["role"] == "content":
                blobs = list(value.tensor.string_val)
                assert len(blobs) == len(data["digests"])
                shared.update(zip(data["digests"], blobs, strict=True))
            elif data["role"] == "metrics":
                assert value.metadata.data_class == summary_pb2.DATA_CLASS_TENSOR
                assert not value.tensor.tensor_shape.dim
                (text,) = value.tensor.string_val
                metrics[data["of"], event.step, event.wall_time] = json.loads(text)
    records = []
    for event in kept:
        for value in event.summary.value:
            if _plugin_data(value)["role"] != "record" or tag not in (None, value.tag):
                continue
            record = _record(event, value, shared)
            record.metrics = metrics[value.tag, event.step, event.wall_time]
            records.append(record)
    return records


def of_summary(summary: summary_pb2.Summary) -> Record:
    """Returns the one record of a summary."""
    (record,) = decode([event_pb2.Event(summary=summary)])
    return record


def _record(event: Any, value: Any, shared: dict[str, bytes]) -> Record:
    assert value.metadata.plugin_data.plugin_name == "pairs"
    assert value.metadata.data_class == summary_pb2.DATA_CLASS_BLOB_SEQUENCE
    elements = list(value.tensor.string_val)
    assert [dim.size for dim in value.tensor.tensor_shape.dim] == [len(elements)]
    manifest = json.loads(elements[0])
    data = _plugin_data(value)

    def picture(index: int | None, kind: str = data["kind"]["name"]) -> Picture | None:
        if index is None:
            return None
        entry = manifest["pictures"][index]
        blob = elements[entry["blob"]] if "blob" in entry else shared[entry["digest"]]
        return Picture(values(blob, entry, kind), entry)

    samples = [
        Sample(
            id=one["id"],
            ground_truth=picture(one["groundTruth"]),
            prediction=picture(one["prediction"]),
            image=picture(one.get("input"), "image"),
            entry=one,
        )
        for one in manifest["samples"]
    ]
    place = manifest.get("counts")
    (total,) = count_rows(elements[place]) if place else [None]
    counts = count_rows(elements[place + 1]) if place else []
    return Record(
        total=total,
        counts=counts,
        step=event.step,
        wall_time=event.wall_time,
        tag=value.tag,
        sequence=manifest["sequence"],
        samples=samples,
        kind=data["kind"],
        plugin_data=data,
        description=value.metadata.summary_description,
    )


def count_rows(element: bytes) -> list[dict[str, Any] | None]:
    """Returns the rows of a table of counts; None where `counted` is 0."""
    size = int.from_bytes(element[:4], "little")
    header, rest = json.loads(element[4 : 4 + size]), element[4 + size :]
    assert header["format"] == 1
    columns = {}
    for name, width, length in header["columns"]:
        columns[name] = np.frombuffer(rest, f"<u{width}" if width < 8 else "<i8", length).tolist()
        rest = rest[width * length :]
    assert not rest
    found: list[dict[str, Any] | None] = []
    classes = confusions = 0
    for row, counted in enumerate(columns["counted"]):
        first_class, classes = classes, classes + columns["classes"][row]
        first_confusion, confusions = confusions, confusions + columns["confusions"][row]
        one = {
            name: columns[name][first_class:classes]
            for name in ("ids", "truePositive", "falsePositive", "falseNegative")
        }
        one |= {
            name: columns[name][first_confusion:confusions]
            for name in ("truth", "predicted", "pixels")
        }
        one |= {
            name: columns[name][row] if name in columns else 0
            for name in ("counted", "omittedClasses", "omittedConfusions", "omittedPixels")
        }
        found.append(one if counted else None)
    assert classes == len(columns["ids"])
    assert confusions == len(columns["truth"])
    return found


def values(blob: bytes, entry: dict[str, Any], kind: str) -> np.ndarray:
    """Returns the values that a picture holds, in the caller's terms."""
    stored = stored_values(blob, entry)
    if "ids" in entry:
        return np.array(entry["ids"])[stored]
    if entry["bits"] == 32:
        return stored.view(np.float32)
    if "range" in entry:
        low, high = entry["range"]
        top = 2 ** entry["bits"] - 4
        values = low + stored.astype(np.float64) / top * (high - low)
        values[stored == top + 1] = -np.inf
        values[stored == top + 2] = np.inf
        values[stored == top + 3] = np.nan
        return values
    if kind == "image" and entry["dtype"] not in ("uint8", "uint16") and "float" in entry["dtype"]:
        return stored / (2 ** entry["bits"] - 1)
    return stored


def _plugin_data(value: Any) -> dict[str, Any]:
    return json.loads(value.metadata.plugin_data.content) or {}


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, str) else value
