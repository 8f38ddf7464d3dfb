# SPDX-License-Identifier: Apache-2.0
"""`PairsHandler` for MONAI: pairs of each validation, of volumes as chosen slices.

from tb_pairs_plugin.monai import PairsHandler

pictures = PairsHandler("val/spleen", trainer=trainer, writer="logs/run")
SupervisedEvaluator(..., postprocessing=post, val_handlers=[pictures])
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

import tb_pairs_plugin as pairs
from tb_pairs_plugin import ignite
from tb_pairs_plugin.writing.arrays import conversion
from tb_pairs_plugin.writing.batch import Batch
from tb_pairs_plugin.writing.positions import Positions
from tb_pairs_plugin.writing.types import Array


class PairsHandler(ignite.PairsHandler):
    """Writes one record per run of an evaluator, at the trainer's epoch.

    It takes what MONAI's evaluators put out after their postprocessing: arrays `[c, h, w]` or
    `[c, h, w, d]`, MetaTensors among them. Of masks, labels of floats that hold whole numbers are
    class ids, and several channels are scores or one-hot, of which the highest is taken.

    Args:
      name: The tag.
      keys: Those of the image (None for no image), the label and the prediction.
      slices: Of volumes: how many slices, evenly spaced, or their indices. Each is a sample named
        `SAMPLE/SLICE`.
      axis: The axis of `[c, h, w, d]` to cut along.
      window: `(low, high)`: the intensities of the image that are shown black and white, such as
        `(-160, 240)` for CT. None: they are within [0, 1]. Of other than three channels, the first
        is shown.
      kind: As in `pairs.summary`; None for a `Mask`.
      trainer: The engine that trains, whose `state.epoch` is the step, as for MONAI's own handlers.
      options: Further arguments of `tb_pairs_plugin.ignite.PairsHandler`: `step`, `select`,
        `metrics` (of lists), `description`, `resize`, `writer` and `gathers` (False where not every
        process runs the evaluator).

    Raises:
      ValueError: If an argument is not as described.
    """

    def __init__(
        self,
        name: str,
        keys: Sequence[str | None] = ("image", "label", "pred"),
        *,
        slices: int | Sequence[int] = 3,
        axis: int = -1,
        window: tuple[float, float] | None = None,
        kind: Any = None,
        trainer: Any = None,
        **options: Any,
    ) -> None:
        if isinstance(keys, str) or len(keys) != 3:
            raise ValueError(f"keys is {keys!r}, want those of image, label and prediction")
        if window is not None and not window[0] < window[1]:
            raise ValueError(f"window is {window!r}, want (low, high)")
        kind = pairs.Mask() if kind is None else kind
        super().__init__(name, self._samples, trainer=trainer, kind=kind, **options)
        self._holds_ids = kind.truth_content.is_ids
        self._names, self._slices, self._axis, self._window = keys, slices, axis, window
        self._positions = Positions(is_share=self._gathers)

    def begin(self, engine: Any) -> None:
        """Begins a pass."""
        super().begin(engine)
        self._positions = Positions(is_share=self._gathers)

    def _samples(self, engine: Any) -> Batch:
        loader = engine.state.dataloader
        try:
            items = _items(engine.state.output)
        except Exception:
            self._positions.skip(loader)
            raise
        positions = self._positions.take(len(items), loader)
        samples = []
        for position, item in zip(positions, items, strict=False):
            samples += list(self._cut(item, str(position)))
        ids, images, truths, predictions = zip(*samples, strict=True) if samples else [()] * 4
        has_image = self._names[0] is not None
        return Batch(
            list(truths), list(predictions), image=list(images) if has_image else None, ids=ids
        )

    def _cut(self, item: Mapping[str, Any], name: str) -> Iterator[tuple[str, Any, Any, Any]]:
        """Yields id, image, ground truth and prediction of each slice of a sample."""
        missing = [key for key in self._names if key is not None and key not in item]
        if missing:
            raise ValueError(
                f"the evaluator puts out {sorted(map(str, item))}, want {missing[0]!r}; keys= "
                "names image, label and prediction"
            )
        parts: list[Any] = [None if key is None else item[key] for key in self._names]
        image, truth, prediction = parts
        read = _class_ids if self._holds_ids else _plain
        if truth.ndim == 3:
            yield name, self._shown(image), read(truth), read(prediction)
            return
        if truth.ndim != 4:
            raise ValueError(
                f"{self._names[1]} has shape {tuple(truth.shape)}, want [c, h, w] or [c, h, w, d]"
            )
        for place in self._places(truth.shape[self._axis]):
            at = [None if one is None else _at(one, self._axis, place) for one in parts]
            yield f"{name}/{place}", self._shown(at[0]), read(at[1]), read(at[2])

    def _places(self, depth: int) -> list[int]:
        if not isinstance(self._slices, int):
            return [one for one in self._slices if one < depth]
        count = min(self._slices, depth)
        return [int((i + 0.5) * depth / count) for i in range(count)]

    def _shown(self, image: Any) -> Array | None:
        if image is None:
            return None
        values = _plain(image)
        values = values if values.shape[0] == 3 else values[:1]
        if self._window is None:
            return values
        low, high = self._window
        shown: Array = np.clip((values.astype(np.float32) - low) / (high - low), 0, 1)
        return shown


def _items(output: Any) -> list[Any]:
    """Returns the samples of an evaluator's output, decollated or not."""
    if isinstance(output, Mapping):
        keys = list(output)
        return [dict(zip(keys, one, strict=True)) for one in zip(*output.values(), strict=True)]
    return list(output)


def _at(array: Any, axis: int, place: int) -> Any:
    return array[tuple([slice(None)] * (axis % array.ndim) + [place])]


def _plain(array: Any) -> Array:
    values, _ = conversion.to_numpy(array)
    return values


def _class_ids(array: Any) -> Array:
    """Returns class ids `[h, w]` of labels, scores or one-hot `[c, h, w]`."""
    values = _plain(array)
    if values.shape[0] > 1:
        ids: Array = values.argmax(axis=0)
        return ids
    # Other floats are refused further on, with the way out.
    is_whole = values.dtype.kind == "f" and np.array_equal(values, np.rint(values))
    first: Array = values[0]
    return first.astype(np.int64) if is_whole else first
