# SPDX-License-Identifier: Apache-2.0
"""One batch of an evaluation, and how it is read from a data loader's output."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any


@dataclass(frozen=True)
class Batch:
    """One batch, as `pairs.Collector.add` takes it.

    Attributes:
      ground_truth: k pictures.
      prediction: k pictures; None where it is not known yet.
      image: k pictures that the model saw.
      ids: k ids; None for the positions in the pass.
      captions: k texts.
      metrics: k numbers by name.
      attributes: k texts, bools or numbers by name.
    """

    ground_truth: Any
    prediction: Any = None
    image: Any = None
    ids: Any = None
    captions: Any = None
    metrics: Mapping[str, Any] = field(default_factory=dict)
    attributes: Mapping[str, Any] = field(default_factory=dict)

    def __len__(self) -> int:
        """K."""
        return len(self.ground_truth)

    def first(self, k: int) -> Batch:
        """Returns the first k samples."""
        return Batch(
            **{
                one.name: None if value is None else value[:k]
                for one in fields(self)
                for value in [getattr(self, one.name)]
                if one.name not in ("metrics", "attributes")
            },
            metrics={name: column[:k] for name, column in self.metrics.items()},
            attributes={name: column[:k] for name, column in self.attributes.items()},
        )


def make_reader(where: Any) -> Callable[[Any], Batch]:
    """Returns a function that reads the output of a data loader, and can be pickled.

    Args:
      where: The keys of image and ground truth, of which that of the image may be None; or a
        function whose result `to_batch` takes.

    Raises:
      ValueError: If it is neither.
    """
    if callable(where):
        return functools.partial(_read_by_function, where)
    if isinstance(where, str) or not isinstance(where, Sequence) or len(where) != 2:
        raise ValueError(
            f"batch is {where!r}, want the keys of image and ground truth, or a function"
        )
    return functools.partial(_read_by_keys, *where)


def _read_by_function(function: Callable[[Any], Any], batch: Any) -> Batch:
    return to_batch(function(batch))


def _read_by_keys(image: Any, truth: Any, batch: Any) -> Batch:
    return Batch(
        image=None if image is None else _item(batch, image), ground_truth=_item(batch, truth)
    )


def to_batch(found: Any) -> Batch:
    """Returns the batch that a function of the user made.

    Args:
      found: `(image, ground_truth)`, or a mapping with the names of `Batch`.

    Raises:
      ValueError: If it is neither.
    """
    if isinstance(found, Batch):
        return found
    names = [one.name for one in fields(Batch)]
    if isinstance(found, Mapping) and "ground_truth" in found and set(found) <= set(names):
        return Batch(**{name: value for name, value in found.items() if value is not None})
    if isinstance(found, (tuple, list)) and len(found) == 2:
        return Batch(image=found[0], ground_truth=found[1])
    raise ValueError(
        f"batch gives {_describe(found)}, want (image, ground_truth), or a dict with "
        f"ground_truth and any of {', '.join(name for name in names if name != 'ground_truth')}"
    )


def _item(batch: Any, key: Any) -> Any:
    try:
        return batch[key]
    except (KeyError, IndexError, TypeError):
        raise ValueError(
            f"batch has {key!r} as a key, and the data loader gives {_describe(batch)}"
        ) from None


def _describe(value: Any) -> str:
    if isinstance(value, Mapping):
        return f"the keys {sorted(map(str, value))}"
    if isinstance(value, (tuple, list)):
        return f"{len(value)} values"
    return f"a {type(value).__name__}"
