# SPDX-License-Identifier: Apache-2.0
"""What one call asks to be written; all that can be wrong with its arguments is found here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from tb_pairs_plugin.record import codec, manifest, metadata
from tb_pairs_plugin.writing import (
    kinds,
    per_sample,
    preparing,
    scores,
    selection,
    workers,
)
from tb_pairs_plugin.writing.arrays import conversion, rasters
from tb_pairs_plugin.writing.arrays.rasters import Copy, DataFormat, Raster
from tb_pairs_plugin.writing.kinds import Kind
from tb_pairs_plugin.writing.kinds.counts import Counts
from tb_pairs_plugin.writing.preparing import Preparation
from tb_pairs_plugin.writing.selection import Select


@dataclass(frozen=True)
class Pair:
    """One sample: its pictures, and what is said of it."""

    id: str
    ground_truth: Raster
    prediction: Raster
    input: Raster | None = None
    caption: str | None = None
    metrics: Mapping[str, float | None] = field(default_factory=dict)
    counts: Counts | None = None

    @property
    def rasters(self) -> list[Raster]:
        """Its two or three pictures."""
        optional = [] if self.input is None else [self.input]
        return [self.ground_truth, self.prediction, *optional]

    def detach(self, copy: Copy = np.array) -> Pair:
        """Returns a pair with copies of the pictures; see `Raster.detached`."""
        # Not by `replace`, which takes as long as copying a small picture.
        return Pair(
            id=self.id,
            ground_truth=self.ground_truth.detach(copy),
            prediction=self.prediction.detach(copy),
            input=None if self.input is None else self.input.detach(copy),
            caption=self.caption,
            metrics=self.metrics,
            counts=self.counts,
        )


@dataclass(frozen=True)
class Options:
    """What is the same for all batches of a tag.

    Attributes:
      kind: None to infer it.
      max_outputs: The most pairs to write; None for all.
      description: Markdown, for the tag.
      select: What `selection.check` returned.
      measure: Whether to add the kind's own metrics.
      data_format: Where channels are.
      preparation: What is done to pictures first.
    """

    kind: Kind | None = None
    max_outputs: int | None = None
    description: str | None = None
    select: Select = None
    measure: bool = True
    data_format: DataFormat = "channels_last"
    preparation: Preparation = preparing.NOTHING


@dataclass(frozen=True)
class Request:
    """Checked pairs of one kind, selected and measured."""

    kind: Kind
    pairs: tuple[Pair, ...]
    description: str | None
    lower_is_better: tuple[str, ...]


def check_options(
    kind: object,
    max_outputs: Any,
    description: Any,
    select: Any,
    metrics: Any,
    data_format: Any,
    preparation: Preparation,
) -> Options:
    """Returns the checked options of a call.

    Raises:
      ValueError: If one is not what `pairs.summary` documents.
    """
    rasters.check_data_format(data_format)
    if description is not None and not isinstance(description, str):
        raise ValueError(f"description is {description!r}, want a text or None")
    if metrics is True or not (metrics is None or metrics is False or isinstance(metrics, Mapping)):
        raise ValueError(f"metrics is {metrics!r}, want a mapping of names to k numbers, or False")
    return Options(
        kind=kinds.check(kind, preparation.one_hot),
        max_outputs=_limit(max_outputs),
        description=None if description is None else codec.text(description, "description"),
        select=selection.check(select),
        measure=metrics is not False,
        data_format=data_format,
        preparation=preparation,
    )


def read_pairs(
    given: Options,
    ground_truth: Any,
    prediction: Any,
    image: Any = None,
    ids: Any = None,
    captions: Any = None,
    metrics: Any = None,
    first: int = 0,
) -> tuple[Kind, list[Pair]]:
    """Returns the pairs of a call's arrays, not yet measured or selected.

    Args:
      given: The options of the call.
      ground_truth: As in `pairs.summary`, like all that follow.
      prediction: See there.
      image: See there.
      ids: See there.
      captions: See there.
      metrics: See there.
      first: The number that the first pair gets as its id, where there are no `ids`.

    Raises:
      ValueError: If an argument is not what `pairs.summary` documents.
    """
    form, preparation = given.data_format, given.preparation
    counts = [
        rasters.count_pictures(one) for one in (ground_truth, prediction, image) if one is not None
    ]
    count = next((one for one in counts if one is not None), None)
    kind = given.kind or kinds.infer(list_dtypes(ground_truth))
    content = truth_content(kind, preparation)
    truths = rasters.read_rasters(ground_truth, "ground_truth", content, form, count)
    guesses = rasters.read_rasters(prediction, "prediction", kind.prediction_content, form, count)
    inputs = (
        None if image is None else rasters.read_rasters(image, "image", rasters.COLOR, form, count)
    )

    k = len(truths)
    per_sample.check_length(guesses, "prediction", k)
    if inputs is not None:
        per_sample.check_length(inputs, "image", k)
        inputs = [
            preparing.denormalize(one, preparation, f"image[{index}]")
            for index, one in enumerate(inputs)
        ]
        kinds.check_inputs(inputs)
    truths, guesses = kind.prepare(truths, guesses, preparation, is_inferred=given.kind is None)

    names = per_sample.read_ids(ids, k, first)
    texts = per_sample.read_captions(captions, k)
    columns = per_sample.read_metrics(metrics, k)
    pairs = [
        Pair(
            id=names[i],
            ground_truth=truths[i],
            prediction=guesses[i],
            input=None if inputs is None else inputs[i],
            caption=texts[i],
            metrics={name: column[i] for name, column in columns.items()},
        )
        for i in range(k)
    ]
    return kind, pairs


def check_select(given: Options, kind: Kind, pairs: Sequence[Pair]) -> None:
    """Checks what can be known of a choice before anything is measured.

    Raises:
      ValueError: If the choice is by a metric that there is not.
    """
    if pairs and isinstance(given.select, selection.Extreme):
        given.select.name_of(list_metric_names(given, kind, pairs))


def select_pairs(given: Options, kind: Kind, pairs: Sequence[Pair]) -> Request | None:
    """Returns what is to be written of `pairs`, or None where the choice leaves nothing.

    Raises:
      ValueError: If the choice is by a metric that there is not, or leaves too many pairs.
    """
    chosen = list(pairs)
    if selection.needs_metrics(given.select):
        chosen = measure_pairs(given, kind, chosen)
    chosen = selection.choose(given.select, chosen, list_metric_names(given, kind, chosen))
    if pairs and not chosen:
        return None
    if given.max_outputs is not None:
        chosen = chosen[: given.max_outputs]
    if len(chosen) > manifest.MAX_SAMPLES:
        raise ValueError(
            f"got {len(chosen)} pairs, want at most {manifest.MAX_SAMPLES}; max_outputs and select "
            "limit them"
        )
    if not selection.needs_metrics(given.select):
        chosen = measure_pairs(given, kind, chosen)
    return Request(
        kind=kind,
        pairs=tuple(chosen),
        description=given.description,
        lower_is_better=tuple(
            filter(scores.lower_is_better, list_metric_names(given, kind, chosen))
        ),
    )


def measure_pairs(given: Options, kind: Kind, pairs: Sequence[Pair]) -> list[Pair]:
    """Returns `pairs` with the kind's own metrics added; the caller's win for equal names."""
    if not given.measure:
        return list(pairs)

    def measure(pair: Pair) -> Pair:
        own = scores.measure(kind, pair.ground_truth, pair.prediction)
        return replace(pair, metrics={**own.metrics, **pair.metrics}, counts=own.counts)

    return workers.map_all(measure, pairs, sum(_pixels(pair) for pair in pairs))


def list_metric_names(given: Options, kind: Kind, pairs: Sequence[Pair]) -> list[str]:
    """Returns the names of all metrics of `pairs`, the kind's own first."""
    own = kind.own_metrics if given.measure else ()
    return list(dict.fromkeys([*own, *(name for pair in pairs for name in pair.metrics)]))


def truth_content(kind: Kind, preparation: Preparation) -> rasters.Content:
    """Returns what a pixel of a ground truth is, as the caller gives it."""
    return rasters.SCORES if preparation.one_hot else kind.truth_content


def list_dtypes(value: Any) -> list[str]:
    """Returns the names of the dtypes of a ground truth; converts only what has no dtype."""
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


def check_name(name: Any) -> str:
    """Returns a tag, checked.

    Raises:
      ValueError: If it can't be the tag of a record.
    """
    if not isinstance(name, str):
        raise ValueError(f"name is {name!r}, want a text")
    metadata.check_tag(name)
    return name


def _limit(value: Any) -> int | None:
    if value is None:
        return None
    number = conversion.to_integer(value)
    if number is None or number < 0:
        raise ValueError(f"max_outputs is {value!r}, want an integer of at least 0, or None")
    return number


def _pixels(pair: Pair) -> int:
    return pair.ground_truth.values.size + pair.prediction.values.size
