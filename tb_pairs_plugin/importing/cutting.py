# SPDX-License-Identifier: Apache-2.0
"""Pictures that hold several: strips of panes, and grids of samples.

Pixels confirm what a name says, or tell where the lines of a grid are; they never make a pair.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tb_pairs_plugin.pairing.proposals import Axis, Strip
from tb_pairs_plugin.pairing.rule_file import Grid

Pixels = NDArray[np.uint8] | NDArray[np.uint16]

# Correlation of two panes from which they look alike. Halves of one photograph have about 0 where
# what both have in each row is taken out; a ground truth and a fair prediction have more.
ALIKE = 0.4
_COMPARED = 64  # pixels along each side
_LEAST_CELL = 4  # pixels: less is a pattern, not a grid of pictures


class CutError(ValueError):
    """A picture that can't be cut as asked; the message says why."""


@dataclass(frozen=True)
class Geometry:
    """Where the samples of a grid are.

    Attributes:
      columns: How many samples are beside each other.
      rows: How many are below each other.
      width: Of a sample, in pixels.
      height: Of a sample, in pixels.
      padding: Pixels between the samples and around them.
      size: Height and width of the whole picture.
    """

    columns: int
    rows: int
    width: int
    height: int
    padding: int
    size: tuple[int, int]


def find_grid(picture: Pixels) -> Geometry | None:
    """Returns the grid that `torchvision.utils.make_grid` made a picture of, by its lines.

    Lines are of one color, of one width, and at equal distances in both directions; the picture
    begins and ends with one.

    Args:
      picture: `[h, w, c]`.
    """
    height, width = picture.shape[:2]
    is_line = (picture == picture[0, 0]).all(axis=-1)
    across, down = _spacing(is_line.all(axis=0)), _spacing(is_line.all(axis=1))
    if across is None or down is None or across[0] != down[0]:
        return None
    padding, cell_width, columns = across
    _, cell_height, rows = down
    if columns * rows < 2:
        return None
    return Geometry(columns, rows, cell_width, cell_height, padding, (height, width))


def measure_grid(picture: Pixels, grid: Grid) -> Geometry:
    """Returns the geometry of a picture whose samples have a size that is known.

    Raises:
      CutError: If no number of them fills the picture.
    """
    height, width = picture.shape[:2]
    columns, beside = divmod(width - grid.padding, grid.width + grid.padding)
    rows, below = divmod(height - grid.padding, grid.height + grid.padding)
    if beside or below or columns < 1 or rows < 1:
        raise CutError(
            f"the picture of {width} × {height} pixels is not a grid of samples of {grid.width} × "
            f"{grid.height} with a padding of {grid.padding}"
        )
    return Geometry(columns, rows, grid.width, grid.height, grid.padding, (height, width))


def fits(picture: Pixels, geometry: Geometry) -> bool:
    """Whether a picture has the size of a grid, and lines where its lines are."""
    if picture.shape[:2] != geometry.size:
        return False
    between = np.ones(geometry.size, bool)
    for row, column in _places(geometry):
        between[row, column] = False
    lines = picture[between]
    return not lines.size or bool((lines == lines[0]).all())


def cut_cells(picture: Pixels, geometry: Geometry) -> list[Pixels]:
    """Returns the samples of a grid in reading order, empty ones at its end included."""
    return [picture[row, column] for row, column in _places(geometry)]


def count_filled(pictures: Sequence[Pixels], geometry: Geometry) -> int:
    """Returns how many samples there are: cells at the end that are empty in all pictures aren't.

    A cell is empty where it has the color of the lines, or black where there are none, as what
    `make_grid` and `add_images` leave blank has. Only the last of several rows may be begun and
    not ended: of one row all cells are samples, whatever they show.
    """
    every = geometry.columns * geometry.rows
    if geometry.rows == 1:
        return every
    first = every - geometry.columns
    places = list(_places(geometry))
    count = every
    while count > first and all(_is_empty(one, places[count - 1], geometry) for one in pictures):
        count -= 1
    return count if count > first else every


def _is_empty(picture: Pixels, place: tuple[slice, slice], geometry: Geometry) -> bool:
    blank = picture[0, 0] if geometry.padding else 0
    return bool((picture[place] == blank).all())


def cut_panes(picture: Pixels, strip: Strip) -> list[list[Pixels]]:
    """Returns the panes of each strip in a picture: one strip, or as many as a grid has rows.

    Raises:
      CutError: If the picture can't be divided so.
    """
    count = len(strip.panes)
    if strip.cuts is not None:
        return [_cut_at(picture, strip.axis, strip.cuts)]
    grid = find_grid(picture)
    if grid is not None:
        along = grid.columns if strip.axis == "x" else grid.rows
        # By its name alone a grid of more columns may as well have all ground truths in one row.
        if along == count or (along % count == 0 and not strip.must_look_alike):
            return _panes_of_grid(picture, grid, strip.axis, count)
        raise CutError(
            f"it is a grid of {grid.columns} × {grid.rows} pictures, not of {count} panes along "
            f"{strip.axis}"
        )
    length = picture.shape[_dimension(strip.axis)]
    if length % count:
        side = "width" if strip.axis == "x" else "height"
        raise CutError(f"its {side} of {length} pixels is not divided by {count} panes")
    return [_split(picture, strip.axis, [length * i // count for i in range(count + 1)])]


def measure_likeness(one: Pixels, other: Pixels, axis: Axis) -> float:
    """Returns how much two panes look alike: 1 for the same, about 0 for two of no relation.

    It is Pearson's correlation of their grey values, after what all pixels of a row have in common
    is taken out (of a column, where the panes are below each other): sky is above and ground below
    in both halves of one photograph too.
    """
    if one.shape[:2] != other.shape[:2]:
        return 0.0
    grey = [_small(pane) for pane in (one, other)]
    along = 1 if axis == "x" else 0
    first, second = (values - values.mean(axis=along, keepdims=True) for values in grey)
    scale = np.sqrt((first**2).sum() * (second**2).sum())
    return float((first * second).sum() / scale) if scale > 1e-9 else 0.0


def _small(pane: Pixels) -> NDArray[np.float64]:
    """Returns grey values of a pane as the means of at most 64 × 64 blocks."""
    grey = pane[..., :3].mean(axis=-1) if pane.shape[-1] > 2 else pane[..., 0].astype(np.float64)
    for dimension in (0, 1):
        count = min(_COMPARED, grey.shape[dimension])
        edges = np.arange(count) * grey.shape[dimension] // count
        sums = np.add.reduceat(grey, edges, axis=dimension)
        sizes = np.diff([*edges, grey.shape[dimension]])
        grey = sums / (sizes[:, None] if dimension == 0 else sizes)
    return grey


def _spacing(is_line: NDArray[np.bool_]) -> tuple[int, int, int] | None:
    """Returns padding, size and number of the cells between lines; None where they don't repeat."""
    changes = np.flatnonzero(np.diff(is_line)) + 1
    runs = np.diff([0, *changes, len(is_line)])
    if not is_line[0] or not is_line[-1] or len(runs) < 3:
        return None
    lines, between = set(runs[0::2].tolist()), set(runs[1::2].tolist())
    if len(lines) != 1 or len(between) != 1 or min(between) < _LEAST_CELL:
        return None
    return lines.pop(), between.pop(), len(runs) // 2


def _places(geometry: Geometry) -> list[tuple[slice, slice]]:
    padding = geometry.padding
    places = []
    for row in range(geometry.rows):
        top = padding + row * (geometry.height + padding)
        for column in range(geometry.columns):
            left = padding + column * (geometry.width + padding)
            places.append((slice(top, top + geometry.height), slice(left, left + geometry.width)))
    return places


def _panes_of_grid(picture: Pixels, grid: Geometry, axis: Axis, count: int) -> list[list[Pixels]]:
    kept = count_filled([picture], grid)
    found = cut_cells(picture, grid)
    if axis == "x":
        return [found[i : i + count] for i in range(0, kept - kept % count, count)]
    return [
        [found[(top + i) * grid.columns + column] for i in range(count)]
        for top in range(0, grid.rows, count)
        for column in range(grid.columns)
    ]


def _cut_at(picture: Pixels, axis: Axis, cuts: Sequence[float]) -> list[Pixels]:
    length = picture.shape[_dimension(axis)]
    edges = [0, *(round(cut * length) for cut in cuts), length]
    if any(second <= first for first, second in itertools.pairwise(edges)):
        raise CutError(f"its {length} pixels are too few for cuts at {', '.join(map(str, cuts))}")
    return _split(picture, axis, edges)


def _split(picture: Pixels, axis: Axis, edges: Sequence[int]) -> list[Pixels]:
    spans = [slice(first, second) for first, second in itertools.pairwise(edges)]
    return [picture[:, span] if axis == "x" else picture[span] for span in spans]


def _dimension(axis: Axis) -> int:
    return 1 if axis == "x" else 0
