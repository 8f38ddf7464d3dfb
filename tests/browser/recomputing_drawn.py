# SPDX-License-Identifier: Apache-2.0
"""Recomputes what the page measures of pictures of the Images dashboard.

The pictures are those in the event files, which Pillow decodes and this module cuts.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from tensorboard.backend.event_processing import event_file_loader
from tensorboard.compat.proto import event_pb2

from tests.browser.metrics import Array, ssim
from tests.browser.recomputing import Log, Scope, View, arrays, find_sample
from tests.format_reader import Picture, Record, Sample, Value

DRAWN = " as drawn"


@dataclass(frozen=True)
class DrawnPair:
    """What a pair on the page is made of.

    Attributes:
      truth: The tag of the ground truths.
      cut: Returns the samples of a picture, `[h, w, c]` each.
      colors: Of drawn masks, `[class, 3]`; empty: the pictures are images.
    """

    truth: str
    cut: Callable[[Array], Sequence[Array]]
    colors: Sequence[Sequence[int]] = ()


class DrawnLog(Log):
    """Pairs of pictures as records, and the numbers that follow from them."""

    def __init__(self, logdir: Path, pairs: Mapping[str, DrawnPair]) -> None:
        super().__init__(logdir)
        self.records = {}
        for run in sorted(path.name for path in logdir.iterdir()):
            pictures = read_pictures(logdir / run)
            for (tag, step), picture in pictures.items():
                pair = pairs.get(tag)
                if pair is not None:
                    record = make_record(tag, step, pair, pictures[pair.truth, step], picture)
                    self.records.setdefault((tag, run), {})[step] = record

    def expected(self, scope: Scope, view: View) -> float | None:
        """As of a log of records; metrics go by the names that records would give them."""
        metric = scope.get("metric", "")
        plain = {"metric": metric.removesuffix(DRAWN)} if metric.endswith(DRAWN) else {}
        return super().expected(scope | plain, view)

    def value(self, record: Record, sample: str, metric: str) -> float | None:
        """A metric of one sample, from its pixels."""
        if metric == "ssim":
            return ssim(*arrays(find_sample(record, sample)))
        return super().value(record, sample, metric)

    def _value(self, scope: Scope) -> float | None:
        # Without a record no class was counted.
        return None if scope.get("samples") == 0 else super()._value(scope)

    def _count(self, scope: Scope, view: View) -> float | None:
        if scope["noun"] == "loaded steps":
            return max(len(self.records[scope["tag"], run]) for run in view.runs)
        return super()._count(scope, view)


def read_pictures(run: Path) -> dict[tuple[str, int], Array]:
    """The first pictures of a run, by tag and step, `[h, w, c]`."""
    found: dict[tuple[str, int], Array] = {}
    for path in sorted(run.glob("*.tfevents.*")):
        for raw in event_file_loader.RawEventFileLoader(str(path)).Load():
            event = event_pb2.Event.FromString(raw)
            for value in event.summary.value:
                if value.HasField("image"):
                    with Image.open(io.BytesIO(value.image.encoded_image_string)) as opened:
                        pixels = np.asarray(opened)
                    if pixels.ndim == 2:
                        pixels = pixels[..., None]
                    found[value.tag, event.step] = pixels
    return found


def make_record(tag: str, step: int, pair: DrawnPair, truth: Array, prediction: Array) -> Record:
    """The record of two pictures, whose samples are numbered."""
    kind: dict[str, Any] = {"name": "image"}
    if pair.colors:
        # What has the color of no class is one more, which is not judged.
        count = len(pair.colors)
        kind = {"name": "mask", "ignore": [count], "classes": [{"id": i} for i in range(count + 1)]}
    samples = [
        Sample(
            {"id": str(i)},
            {"groundTruth": make_picture(was, pair), "prediction": make_picture(got, pair)},
        )
        for i, (was, got) in enumerate(zip(pair.cut(truth), pair.cut(prediction), strict=True))
    ]
    value = Value(step, 0.0, tag, {"kind": kind}, "", 0, [], [])
    return Record(value, {}, samples)


def make_picture(values: Array, pair: DrawnPair) -> Picture:
    """A picture of a record."""
    if pair.colors:
        is_class = (values[..., None, :] == np.array(pair.colors)).all(-1)
        values = np.where(is_class.any(-1), is_class.argmax(-1), len(pair.colors))[..., None]
    height, width, channels = values.shape
    entry = {"height": height, "width": width, "channels": channels, "bits": 8, "dtype": "uint8"}
    picture = Picture(entry, b"", "mask" if pair.colors else "image")
    picture.stored = values.ravel().tolist()
    return picture
