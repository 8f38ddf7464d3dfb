# SPDX-License-Identifier: Apache-2.0
"""The base of all kinds: all that the rest of writing asks of one."""

from __future__ import annotations

import abc
import numbers
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal, TypeAlias

from tb_pairs_plugin.record.kinds import StoredKind
from tb_pairs_plugin.writing.arrays.rasters import Content, DataFormat, Raster
from tb_pairs_plugin.writing.kinds.counts import Counts
from tb_pairs_plugin.writing.pictures.layouts import Layout
from tb_pairs_plugin.writing.pictures.quantize import Quantized, Range
from tb_pairs_plugin.writing.preparing import Preparation
from tb_pairs_plugin.writing.types import Array

Better: TypeAlias = Literal["higher", "lower"]

# The metric that `measure_change` gives: of all kinds, and of two records.
INSTABILITY = "instability"
# From this part of the range of what is shown on, a value counts as changed.
CHANGED = 0.05


@dataclass(frozen=True)
class Ranges:
    """The ranges of one sample, each (low, high); all None where the kind has none.

    Attributes:
      ground_truth: What the stored integers of the ground truth span.
      prediction: What those of the prediction span.
      shown: What the colours span in both; None where the tag says it.
    """

    ground_truth: Range | None = None
    prediction: Range | None = None
    shown: Range | None = None


@dataclass(frozen=True)
class Measured:
    """The measurements of one sample; `counts` only of masks of one size with few classes."""

    metrics: dict[str, float | None]
    counts: Counts | None = None


class Kind(abc.ABC):
    """What values mean, which decides all that is done with them until they are stored.

    Only the files of this folder know which kinds there are. To add one, such as surface normals:

    1. `record/kinds/normals.py`: what its tag says, a subclass of `StoredKind`; a line in
       `KINDS` of that folder.
    2. `writing/kinds/normals.py`: a frozen dataclass that subclasses this class, with the arguments
       that users give; a line in `KINDS` of this folder, and one in `tb_pairs_plugin/__init__.py`,
       which exports it.
    3. Its row in `docs/format.md` and `docs/writing.md`, and its room in `frontend/src/kinds/`, see
       `kind.ts` there, which reads what the tag says of it alone and lists its `own_metrics`.

    `tests/test_kinds.py` fails where one of these is missing.

    Attributes:
      name: That of its record.
      own_metrics: The metrics it measures, the one to sort by first, and which values are good.
      truth_content: What a pixel of a ground truth is.
      prediction_content: What a pixel of a prediction is, as the caller gives it.
      resize_hint: What `resize="bilinear"` does, for a warning about pictures of two sizes.
      takes_one_hot: Whether `one_hot=True` is for this kind.
    """

    name: ClassVar[str]
    own_metrics: ClassVar[Mapping[str, Better]]
    truth_content: ClassVar[Content]
    prediction_content: ClassVar[Content]
    resize_hint: ClassVar[str] = "brings a prediction of floats to the size of the ground truth"
    takes_one_hot: ClassVar[bool] = False

    @classmethod
    def infer(cls, dtypes: Sequence[str]) -> Kind | None:
        """Returns the kind of ground truths of these dtypes; None where they are not of this one.

        It looks at dtypes alone, never at values. Most kinds are never inferred.
        """
        del dtypes
        return None

    @abc.abstractmethod
    def to_record(self) -> StoredKind:
        """Returns what the tag stores about the kind."""

    @abc.abstractmethod
    def prepare(
        self,
        truths: list[Raster],
        predictions: list[Raster],
        preparation: Preparation,
        *,
        is_inferred: bool,
    ) -> tuple[list[Raster], list[Raster]]:
        """Returns checked ground truths and predictions, as they are measured and stored.

        Args:
          truths: As read by `truth_content`.
          predictions: As read by `prediction_content`.
          preparation: The requested changes to pictures.
          is_inferred: Whether the caller gave no kind.

        Raises:
          ValueError: If types or shapes are not of this kind.
          DataError: If values are not.
        """

    @abc.abstractmethod
    def measure(self, truth: Raster, prediction: Raster) -> Measured:
        """Returns `own_metrics` of one sample, whose pictures have one shape `[h, w, c]`.

        None is "not measured". The docstring states the formulas and their sources.
        """

    def find_unlisted(self, counted: Sequence[Counts]) -> str | None:
        """Says which classes of some samples the kind does not list, if it lists any.

        Args:
          counted: As `measure` counted them.
        """
        del counted
        return None

    @abc.abstractmethod
    def measure_change(
        self, before: Quantized, now: Quantized, shown: Range | None
    ) -> float | None:
        """Returns the share, 0 to 1, of the pixels of a prediction that changed.

        It is of the stored integers, so that a reader finds the same. The docstring states what a
        change is.

        Args:
          before: The prediction of the record before, of the same shape.
          now: That of this record.
          shown: What the colours of this record's sample span, for kinds with ranges.

        Returns:
          None where no pixel counts.
        """

    def choose_ranges(self, truth: Raster, prediction: Raster) -> Ranges:
        """Returns the ranges of one sample.

        That of the ground truth must not depend on the prediction: otherwise the ground truth would
        be stored again for each prediction.
        """
        del truth, prediction
        return Ranges()

    @property
    @abc.abstractmethod
    def storage(self) -> Hashable:
        """What decides how values are stored; equal values with equal `storage` share one PNG."""

    @abc.abstractmethod
    def quantize(self, raster: Raster, bounds: Range | None) -> Quantized:
        """Returns values as the integers that are stored.

        Args:
          raster: The values.
          bounds: Of `choose_ranges`.

        Raises:
          DataError: If they can't be stored.
        """

    @abc.abstractmethod
    def lay_out(self, stored: Quantized) -> Layout:
        """Returns the pixels of the PNG, and how to compress them."""

    def canonicalize(self, raster: Raster, stored: Quantized) -> Array:
        """Returns the values in the one form that is hashed, whatever dtype they came in.

        It tells whether two ground truths are the same; see "The digest of values" in
        `docs/format.md`.

        Args:
          raster: The values.
          stored: The same, quantized.

        Returns:
          `[h, w, c]`.
        """
        del raster
        return stored.values

    def check_shapes(
        self, truth: Sequence[int], prediction: Sequence[int], data_format: DataFormat
    ) -> None:
        """Checks the shapes of a pair whose kind was inferred, and whose prediction is floats.

        Args:
          truth: Of the first picture, as the caller gave it.
          prediction: Likewise.
          data_format: Where the channels are said to be.

        Raises:
          ValueError: If they are those of a pair of another kind.
        """
        del truth, prediction, data_format

    def find_doubt(self, truths: Sequence[Raster], predictions: Sequence[Raster]) -> str | None:
        """Returns a doubt about values whose kind was inferred, for a warning.

        Returns:
          The end of a sentence that begins with "pairs shows <tag>"; the empty text where nothing
          is; None where these values don't tell.
        """
        del truths, predictions
        return ""


def check_bits(bits: object, known: tuple[int, ...]) -> None:
    """Checks the argument `bits` of a kind.

    Raises:
      ValueError: If it is not one of those known.
    """
    if isinstance(bits, bool) or not isinstance(bits, numbers.Integral) or bits not in known:
        *others, last = known
        want = f"{', '.join(map(str, others))} or {last}"
        raise ValueError(f"bits is {bits!r}, want {want}")
