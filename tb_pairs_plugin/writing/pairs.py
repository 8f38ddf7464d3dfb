# SPDX-License-Identifier: Apache-2.0
"""Pairs: read from the arrays of a call, checked, selected and measured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from tb_pairs_plugin.record import manifest
from tb_pairs_plugin.record.attributes import Attribute
from tb_pairs_plugin.writing import (
    kinds,
    per_sample,
    preparing,
    scores,
    selection,
    workers,
)
from tb_pairs_plugin.writing.arrays import conversion, rasters
from tb_pairs_plugin.writing.arrays.rasters import Copy, Raster
from tb_pairs_plugin.writing.kinds import Kind
from tb_pairs_plugin.writing.kinds.counts import Counts
from tb_pairs_plugin.writing.options import Options
from tb_pairs_plugin.writing.preparing import Preparation


class Pair(NamedTuple):
    """One sample: its pictures, id, caption, metrics and attributes."""

    id: str
    ground_truth: Raster
    prediction: Raster
    input: Raster | None
    caption: str | None
    metrics: Mapping[str, float | None]
    attributes: Mapping[str, Attribute]
    counts: Counts | None = None

    @property
    def rasters(self) -> list[Raster]:
        """Its two or three pictures."""
        optional = [] if self.input is None else [self.input]
        return [self.ground_truth, self.prediction, *optional]

    def detach(self, copy: Copy = np.array) -> Pair:
        """Returns a pair with copies of the pictures; see `Raster.detach`."""
        return self._replace(
            ground_truth=self.ground_truth.detach(copy),
            prediction=self.prediction.detach(copy),
            input=None if self.input is None else self.input.detach(copy),
        )


def read_pairs(
    options: Options,
    ground_truth: Any,
    prediction: Any,
    image: Any = None,
    ids: Any = None,
    captions: Any = None,
    metrics: Any = None,
    attributes: Any = None,
    first: int = 0,
) -> tuple[Kind, list[Pair]]:
    """Returns the pairs of a call's arrays, not yet measured or selected.

    Args:
      options: Of the call.
      ground_truth: As in `pairs.summary`, like all that follow.
      prediction: See there.
      image: See there.
      ids: See there.
      captions: See there.
      metrics: See there.
      attributes: See there.
      first: The number that the first pair gets as its id, where there are no `ids`.

    Raises:
      ValueError: If an argument is not what `pairs.summary` documents.
    """
    kind = options.kind or kinds.infer(list_dtypes(ground_truth))
    if options.kind is None:
        _check_shapes(kind, ground_truth, prediction, options)
    with np.errstate(all="ignore"):
        truths, predictions, inputs = _read_pictures(options, kind, ground_truth, prediction, image)
        k = len(truths)
        pair_ids = per_sample.read_ids(ids, k, first)
        texts = per_sample.read_captions(captions, k)
        columns = per_sample.read_metrics(metrics, k)
        facts = per_sample.read_attributes(attributes, k)
    pairs = [
        Pair(
            id=pair_ids[i],
            ground_truth=truths[i],
            prediction=predictions[i],
            input=None if inputs is None else inputs[i],
            caption=texts[i],
            metrics={name: column[i] for name, column in columns.items()},
            attributes=facts[i],
        )
        for i in range(k)
    ]
    return kind, pairs


def check_select(options: Options, kind: Kind, pairs: Sequence[Pair]) -> None:
    """Checks what can be known of a choice before anything is measured.

    Raises:
      ValueError: If the choice is by a metric that there is not.
    """
    if pairs and isinstance(options.select, selection.Extreme):
        options.select.name_of(list_metric_names(options, kind, pairs))


def select_and_measure(options: Options, kind: Kind, pairs: Sequence[Pair]) -> list[Pair] | None:
    """Returns those of `pairs` to be written, measured; None where the choice leaves nothing.

    Raises:
      ValueError: If the choice is by a metric that there is not, or leaves too many pairs.
    """
    chosen = list(pairs)
    if selection.needs_metrics(options.select):
        chosen = measure_pairs(options, kind, chosen)
    names = list_metric_names(options, kind, chosen)
    chosen = selection.choose(options.select, chosen, names, kind)
    if pairs and not chosen:
        return None
    if options.max_outputs is not None:
        chosen = chosen[: options.max_outputs]
    if len(chosen) > manifest.MAX_SAMPLES:
        raise ValueError(
            f"got {len(chosen)} pairs, want at most {manifest.MAX_SAMPLES}; max_outputs and select "
            "limit them"
        )
    if not selection.needs_metrics(options.select):
        chosen = measure_pairs(options, kind, chosen)
    return chosen


def measure_pairs(options: Options, kind: Kind, pairs: Sequence[Pair]) -> list[Pair]:
    """Returns `pairs` with the kind's own metrics added; the caller's win for equal names."""
    if not options.measure:
        return list(pairs)

    def measure(pair: Pair) -> Pair:
        own = scores.measure(kind, pair.ground_truth, pair.prediction)
        return pair._replace(metrics={**own.metrics, **pair.metrics}, counts=own.counts)

    return workers.map_all(measure, pairs, sum(_pixels(pair) for pair in pairs))


def list_metric_names(options: Options, kind: Kind, pairs: Sequence[Pair]) -> list[str]:
    """Returns the names of all metrics of `pairs`, the kind's own first."""
    own = kind.own_metrics if options.measure else ()
    return list(dict.fromkeys([*own, *(name for pair in pairs for name in pair.metrics)]))


def truth_content(kind: Kind, preparation: Preparation) -> rasters.Content:
    """Returns what a pixel of a ground truth is, as the caller gives it."""
    return rasters.SCORES if preparation.one_hot else kind.truth_content


def list_dtypes(value: Any) -> list[str]:
    """Returns the names of the dtypes of a ground truth; converts only values without one."""
    if conversion.is_sequence(value):
        elements = rasters.elements(value, "ground_truth")
        return [dtype for one in elements for dtype in list_dtypes(one)]
    if conversion.is_pil(value):
        modes = {"1": "bool", "I": "int32", "F": "float32"}
        return [modes.get(value.mode, "uint16" if value.mode.startswith("I;16") else "uint8")]
    dtype = conversion.get_attribute(value, "dtype")
    if dtype is None:
        try:
            return [conversion.to_numpy(value)[1]]
        except ValueError:
            # It is refused, by its name, where its values are read.
            return ["object"]
    name = getattr(dtype, "name", None) or str(dtype)
    return [str(name).removeprefix("torch.")]


def _check_shapes(kind: Kind, ground_truth: Any, prediction: Any, options: Options) -> None:
    truth_shape = rasters.first_shape(ground_truth)
    prediction_shape = rasters.first_shape(prediction)
    if truth_shape is None or prediction_shape is None:
        return
    first = prediction[:1] if isinstance(prediction, (list, tuple)) else prediction
    if all(dtype.startswith(("float", "bfloat")) for dtype in list_dtypes(first)):
        kind.check_shapes(truth_shape, prediction_shape, options.data_format)


def _read_pictures(
    options: Options, kind: Kind, ground_truth: Any, prediction: Any, image: Any
) -> tuple[list[Raster], list[Raster], list[Raster] | None]:
    form, preparation = options.data_format, options.preparation
    counts = [
        rasters.count_pictures(one) for one in (ground_truth, prediction, image) if one is not None
    ]
    count = next((one for one in counts if one is not None), None)
    content = truth_content(kind, preparation)
    truths = rasters.read_rasters(ground_truth, "ground_truth", content, form, count)
    predictions = rasters.read_rasters(
        prediction, "prediction", kind.prediction_content, form, count
    )
    inputs = (
        None if image is None else rasters.read_rasters(image, "image", rasters.COLOR, form, count)
    )
    per_sample.check_length(predictions, "prediction", len(truths))
    if inputs is not None:
        per_sample.check_length(inputs, "image", len(truths))
        inputs = [
            preparing.denormalize(one, preparation, f"image[{index}]")
            for index, one in enumerate(inputs)
        ]
        kinds.check_inputs(inputs)
    truths, predictions = kind.prepare(
        truths, predictions, preparation, is_inferred=options.kind is None
    )
    return truths, predictions, inputs


def _pixels(pair: Pair) -> int:
    return pair.ground_truth.values.size + pair.prediction.values.size
