# SPDX-License-Identifier: Apache-2.0
"""The options of a call: the arguments that hold for all of its pairs, checked.

`pairs.summary` checks them at each call, `pairs.Collector` once for all of its batches.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from tb_pairs_plugin.record import codec, metadata
from tb_pairs_plugin.writing import kinds, names, preparing, selection
from tb_pairs_plugin.writing.arrays import conversion, rasters
from tb_pairs_plugin.writing.arrays.rasters import DataFormat
from tb_pairs_plugin.writing.kinds import Kind
from tb_pairs_plugin.writing.preparing import Preparation
from tb_pairs_plugin.writing.selection import Select


class Options(NamedTuple):
    """Arguments that hold for all pairs of a call, and for all batches of a collector.

    Attributes:
      kind: None to infer it.
      max_outputs: The most pairs to write; None for all.
      description: Markdown, for the tag.
      select: What `selection.check` returned.
      measure: Whether to add the kind's own metrics.
      data_format: Where channels are.
      preparation: The requested changes to pictures.
    """

    kind: Kind | None = None
    max_outputs: int | None = None
    description: str | None = None
    select: Select = None
    measure: bool = True
    data_format: DataFormat = "channels_last"
    preparation: Preparation = preparing.NOTHING


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
        raise ValueError(f"description is {conversion.show(description)}, want a text or None")
    if metrics is True or not (metrics is None or metrics is False or isinstance(metrics, Mapping)):
        raise ValueError(
            f"metrics is {conversion.show(metrics)}, want a mapping of names to k numbers, or False"
        )
    return Options(
        kind=kinds.check(kind, preparation.one_hot),
        max_outputs=_check_limit(max_outputs),
        description=None if description is None else codec.text(description, "description"),
        select=selection.check(select),
        measure=metrics is not False,
        data_format=data_format,
        preparation=preparation,
    )


def check_name(name: Any) -> str:
    """Returns a tag, checked.

    Raises:
      ValueError: If it can't be the tag of a record.
    """
    if not isinstance(name, str):
        raise ValueError(
            f"name is {conversion.show(name)}, want a text; the order is name, ground_truth, "
            "prediction, step"
        )
    metadata.check_tag(name)
    want = names.find_flaw(name)
    if want is not None:
        raise ValueError(f"the tag is {name!r}, want {want}")
    return name


def _check_limit(value: Any) -> int | None:
    if value is None:
        return None
    number = conversion.to_integer(value)
    if number is None or number < 0:
        raise ValueError(
            f"max_outputs is {conversion.show(value)}, want an integer of at least 0, or None"
        )
    return number
