# SPDX-License-Identifier: Apache-2.0
"""The pictures of a log as the arrays of a pair: decoded, cut, and classes where a rule says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

import tb_pairs_plugin as pairs
from tb_pairs_plugin.importing import colors, cutting, decoding, events
from tb_pairs_plugin.importing.cutting import Geometry, Pixels
from tb_pairs_plugin.importing.index import Reader
from tb_pairs_plugin.importing.plan import ImportedSeries, SampleSource
from tb_pairs_plugin.pairing.proposals import Role, Strip, Tags
from tb_pairs_plugin.pairing.rule_file import NO_CLASS, ClassColor, Grid, choose_unrecovered_id

# Drawn masks have few colors; more are a picture.
MOST_COLORS = 32


class MakeError(ValueError):
    """A record that can't be made; the message says why."""


class UnreadablePicturesError(MakeError):
    """A record whose pictures can't be read."""


@dataclass(frozen=True)
class ImportedSample:
    """One pair.

    Attributes:
      id: Unique within its record.
      ground_truth: `[h, w, c]`.
      prediction: `[h, w, c]`.
      image: What the model saw, or None.
    """

    id: str
    ground_truth: Pixels
    prediction: Pixels
    image: Pixels | None


class Maker:
    """Makes the records of one series."""

    def __init__(self, series: ImportedSeries, reader: Reader) -> None:
        """Begins; what is noted is for the report.

        Args:
          series: What to make.
          reader: Of the run.
        """
        self._series = series
        self._reader = reader
        self._geometry: Geometry | None = None
        self._dtype: np.dtype[np.generic] | None = None
        self.frames = 1
        self.unrecovered = 0.0

    @property
    def classes(self) -> tuple[ClassColor, ...] | None:
        """The classes that colors are made back to; None for images."""
        rule = self._series.rule
        return None if rule is None else rule.classes

    @property
    def kind(self) -> pairs.Image | pairs.Mask:
        """The kind of the records; known once one was made."""
        if self.classes is None:
            return pairs.Image(bits=16 if self._dtype == np.uint16 else 8)
        return make_mask_kind(self.classes, self._series.rule.ignore if self._series.rule else ())

    def make(self, step: int) -> list[ImportedSample]:
        """Returns the samples of a step.

        Raises:
          MakeError: If they can't be made.
        """
        found: list[ImportedSample] = []
        for source in self._series.steps[step]:
            found += self._samples(source)
        return [self._as_kind(sample) for sample in _unique(found)]

    def measure_likeness(self, step: int) -> float:
        """Returns how much ground truth and prediction look alike in the strips of a step.

        Raises:
          MakeError: If they can't be cut.
        """
        found = []
        for source in self._series.steps[step]:
            layout = source.proposal.layout
            assert isinstance(layout, Strip)
            for sample in self._samples(source):
                found.append(
                    cutting.measure_likeness(sample.ground_truth, sample.prediction, layout.axis)
                )
        return max(found, default=0.0)

    def colors(self, step: int) -> int | None:
        """Returns how many colors the ground truths of a step have; None for too many."""
        counts = [colors.count(one.ground_truth, MOST_COLORS) for one in self.make(step)]
        known = [count for count in counts if count is not None]
        return max(known) if known and len(known) == len(counts) else None

    def _samples(self, source: SampleSource) -> list[ImportedSample]:
        layout = source.proposal.layout
        parts = (
            self._of_strip(source, layout)
            if isinstance(layout, Strip)
            else self._of_tags(source, layout)
        )
        return [
            ImportedSample(source.proposal.make_id(i, len(parts)), *part)
            for i, part in enumerate(parts)
        ]

    def _of_tags(
        self, source: SampleSource, layout: Tags
    ) -> list[tuple[Pixels, Pixels, Pixels | None]]:
        truths = self._pictures(source, layout.ground_truth)
        predictions = self._pictures(source, layout.prediction)
        if len(truths) != len(predictions):
            raise MakeError(
                f"there are {len(truths)} ground truths and {len(predictions)} predictions"
            )
        images: Sequence[Pixels | None] = [None] * len(truths)
        if layout.input is not None and layout.input in source.places:
            found = self._pictures(source, layout.input)
            images = found if len(found) == len(truths) else images
        cut = [self._cells(*three) for three in zip(truths, predictions, images, strict=True)]
        return [part for parts in cut for part in parts]

    def _cells(
        self, truth: Pixels, prediction: Pixels, image: Pixels | None
    ) -> list[tuple[Pixels, Pixels, Pixels | None]]:
        """Returns the samples of pictures that may be grids of one geometry."""
        geometry = self._grid([one for one in (truth, prediction, image) if one is not None])
        if geometry is None or not all(cutting.fits(one, geometry) for one in (truth, prediction)):
            return [(truth, prediction, image)]
        self._geometry = geometry
        if image is not None and not cutting.fits(image, geometry):
            image = None
        grids = [one for one in (truth, prediction, image) if one is not None]
        count = cutting.count_filled(grids, geometry)
        truths, predictions = (
            cutting.cut_cells(one, geometry)[:count] for one in (truth, prediction)
        )
        images = [None] * count if image is None else cutting.cut_cells(image, geometry)[:count]
        return list(zip(truths, predictions, images, strict=True))

    def _grid(self, pictures: Sequence[Pixels]) -> Geometry | None:
        rule = self._series.rule
        asked = None if rule is None else rule.grid
        if asked is False:
            return None
        if isinstance(asked, Grid):
            return _asked_grid(pictures[0], asked)
        found = (cutting.find_grid(picture) for picture in pictures)
        # Where masks are empty no line can be seen; the grid is where it was before.
        return next((one for one in found if one is not None), self._geometry)

    def _of_strip(
        self, source: SampleSource, strip: Strip
    ) -> list[tuple[Pixels, Pixels, Pixels | None]]:
        rule = self._series.rule
        parts = []
        for picture in self._pictures(source, strip.tag):
            whole = [picture]
            if rule is not None and isinstance(rule.grid, Grid):
                geometry = _asked_grid(picture, rule.grid)
                whole = cutting.cut_cells(picture, geometry)[
                    : cutting.count_filled([picture], geometry)
                ]
            for one in whole:
                try:
                    strips = cutting.cut_panes(one, strip)
                except cutting.CutError as error:
                    raise MakeError(str(error)) from None
                parts += [_by_role(strip, panes) for panes in strips]
        return parts

    def _pictures(self, source: SampleSource, tag: str) -> list[Pixels]:
        try:
            decoded = [
                decoding.decode(blob) for blob in self._reader.blobs(tag, source.places[tag])
            ]
        except (decoding.DecodeError, events.EventError, OSError) as error:
            raise UnreadablePicturesError(f"{tag!r}: {error}") from None
        self.frames = max([self.frames, *(one.frames for one in decoded)])
        return [one.pixels for one in decoded]

    def _as_kind(self, sample: ImportedSample) -> ImportedSample:
        if self.classes is not None:
            truth, prediction = (
                self._ids(picture, self.classes)
                for picture in (sample.ground_truth, sample.prediction)
            )
            return ImportedSample(sample.id, truth, prediction, sample.image)
        dtypes = {sample.ground_truth.dtype, sample.prediction.dtype}
        if self._dtype is None:
            self._dtype = sample.ground_truth.dtype
        if dtypes != {self._dtype}:
            raise MakeError("some pictures have 8 bits and some 16")
        return sample

    def _ids(self, picture: Pixels, classes: Sequence[ClassColor]) -> NDArray[np.uint16]:
        ids, unrecovered = colors.to_ids(picture, classes)
        self.unrecovered = max(self.unrecovered, unrecovered)
        return ids[..., None]


def make_mask_kind(classes: Sequence[ClassColor], ignore: Sequence[int]) -> pairs.Mask:
    """Returns the kind of masks that were made of colors; a color of no class does not count."""
    missing = choose_unrecovered_id(classes)
    names = {one.id: one.name for one in classes if one.name is not None}
    drawn = {one.id: one.color for one in classes if one.color is not None}
    return pairs.Mask(
        classes={**names, missing: NO_CLASS},
        colors=drawn or None,
        ignore=[*ignore, missing],
    )


def _asked_grid(picture: Pixels, grid: Grid) -> Geometry:
    try:
        return cutting.measure_grid(picture, grid)
    except cutting.CutError as error:
        raise MakeError(str(error)) from None


def _by_role(strip: Strip, panes: Sequence[Pixels]) -> tuple[Pixels, Pixels, Pixels | None]:
    by_role = dict(zip(strip.panes, panes, strict=True))
    return by_role[Role.GROUND_TRUTH], by_role[Role.PREDICTION], by_role.get(Role.INPUT)


def _unique(samples: Sequence[ImportedSample]) -> list[ImportedSample]:
    """Gives samples of one id others, as where a rule numbers two tags alike."""
    seen: dict[str, int] = {}
    found = []
    for sample in samples:
        again = seen[sample.id] = seen.get(sample.id, 0) + 1
        name = sample.id if again == 1 else f"{sample.id} ({again})"
        found.append(ImportedSample(name, sample.ground_truth, sample.prediction, sample.image))
    return found
