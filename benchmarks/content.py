# SPDX-License-Identifier: Apache-2.0
"""Batches to log: real photographs, class masks, depth maps; the same in every process."""

from __future__ import annotations

import functools
import importlib
import pathlib
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import NDArray

Kind = Literal["photo", "noisy", "mask", "depth"]
Array: TypeAlias = NDArray[Any]
KINDS: tuple[Kind, ...] = get_args(Kind)
# Those that are measured at every size.
USUAL: tuple[Kind, ...] = ("photo", "mask", "depth")

_NOISE = 6.0  # levels of 255, of a sensor; the standard deviation
CLASSES = 19  # as in Cityscapes
_TILE = 256  # px; photographs are laid out in crops of this size, never resampled
_COARSE = 64  # px per control point of the blobs


@dataclass(frozen=True)
class Spec:
    """What a batch looks like: its kind, the number of pairs, and height and width in pixels."""

    kind: Kind
    height: int
    width: int
    pairs: int = 4
    seed: int = 0

    @property
    def size(self) -> str:
        return str(self.height) if self.height == self.width else f"{self.height}x{self.width}"

    def __str__(self) -> str:
        what = f"{self.size} {'noisy photo' if self.kind == 'noisy' else self.kind}"
        return what if self.pairs == 4 else f"{what} x {self.pairs}"


@dataclass(frozen=True)
class Batch:
    """Pairs, `[k, h, w]`: masks uint8, depths float32 in m; photographs uint8 `[k, h, w, 3]`."""

    tag: str
    kind: Kind
    ground_truth: Array
    prediction: Array


def palette() -> Array:
    """Returns a colour for each class, uint8 `[256, 3]`."""
    return np.random.default_rng(7).integers(0, 256, (256, 3), dtype=np.uint8)


def ground_truth(spec: Spec, repeat: int = 0) -> Array:
    """Returns the ground truth of a batch; another `repeat` gives one that shares no picture."""
    clean = _scenes(spec, repeat)
    if spec.kind != "noisy":
        return clean
    rng = np.random.default_rng((spec.seed, spec.height, spec.width, repeat, 1))
    return np.stack([_add_noise(rng, picture) for picture in clean])


def prediction(spec: Spec, step: int, repeat: int = 0) -> Array:
    """Returns what a network might predict at `step`; no two steps are equal."""
    spoil = {"photo": _blurred, "noisy": _add_noise, "mask": _ragged, "depth": _soft}[spec.kind]
    rng = np.random.default_rng((spec.seed, spec.height, spec.width, 1_000_003 + step))
    return np.stack([spoil(rng, picture) for picture in _scenes(spec, repeat)])


@functools.lru_cache(2)
def _scenes(spec: Spec, repeat: int) -> Array:
    """Returns what is on the pictures, before a sensor adds its noise."""
    make = {"photo": _photo, "noisy": _photo, "mask": _mask, "depth": _depth}[spec.kind]
    rng = np.random.default_rng((spec.seed, spec.height, spec.width, repeat))
    return np.stack([make(rng, spec.height, spec.width) for _ in range(spec.pairs)])


class Store:
    """Batches in files: all contenders log the same, and making them is not timed.

    Args:
        folder: where to keep them; made when missing.
    """

    def __init__(self, folder: pathlib.Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def make(self, spec: Spec, steps: int, *, fresh: bool = False) -> None:
        """Makes batches of the first `steps` steps, with one ground truth or a `fresh` one each."""
        for step in range(steps):
            repeat = step if fresh else 0
            truth = self._path(spec, f"truth-{repeat}")
            if not truth.exists():
                np.save(truth, ground_truth(spec, repeat))
            predicted = self._path(spec, f"prediction-{step}-{fresh:d}")
            if not predicted.exists():
                np.save(predicted, prediction(spec, step, repeat))

    def load(self, spec: Spec, step: int, *, fresh: bool = False) -> Batch:
        """Returns a batch that `make` made, as arrays of their own."""
        return Batch(
            f"{spec}/{spec.seed}",
            spec.kind,
            np.load(self._path(spec, f"truth-{step if fresh else 0}")),
            np.load(self._path(spec, f"prediction-{step}-{fresh:d}")),
        )

    def clear(self) -> None:
        """Removes all batches."""
        for path in self._folder.iterdir():
            path.unlink()

    def _path(self, spec: Spec, what: str) -> pathlib.Path:
        return self._folder / f"{spec.kind}-{spec.size}-{spec.pairs}-{spec.seed}-{what}.npy"


def _ndimage() -> Any:
    return importlib.import_module("scipy.ndimage")


@functools.cache
def _photographs() -> list[Array]:
    skimage = importlib.import_module("skimage.data")
    sklearn = importlib.import_module("sklearn.datasets")
    bundled = [
        skimage.astronaut(),
        skimage.chelsea(),
        skimage.coffee(),
        skimage.rocket(),
    ]
    bundled += [sklearn.load_sample_image(name) for name in ("china.jpg", "flower.jpg")]
    return [np.ascontiguousarray(photo[..., :3]) for photo in bundled]


def _photo(rng: np.random.Generator, height: int, width: int) -> Array:
    picture = np.empty((height, width, 3), np.uint8)
    photographs = _photographs()
    for top in range(0, height, _TILE):
        for left in range(0, width, _TILE):
            h, w = min(_TILE, height - top), min(_TILE, width - left)
            photo = photographs[rng.integers(len(photographs))]
            y = rng.integers(photo.shape[0] - h + 1)
            x = rng.integers(photo.shape[1] - w + 1)
            picture[top : top + h, left : left + w] = photo[y : y + h, x : x + w]
    return picture


def _add_noise(rng: np.random.Generator, picture: Array) -> Array:
    noisy = picture + rng.normal(0, _NOISE, picture.shape)
    return np.clip(np.rint(noisy), 0, 255).astype(np.uint8)


def _blurred(rng: np.random.Generator, picture: Array) -> Array:
    soft: Array = _ndimage().gaussian_filter(picture.astype(np.float32), (1, 1, 0))
    soft += rng.normal(0, 2, soft.shape)
    return np.clip(soft, 0, 255).astype(np.uint8)


def _smooth(rng: np.random.Generator, height: int, width: int, coarse: int) -> Array:
    points = rng.normal(size=(height // coarse + 4, width // coarse + 4)).astype(np.float32)
    wide: Array = _ndimage().zoom(points, coarse, order=1)
    return wide[coarse : coarse + height, coarse : coarse + width]


def _mask(rng: np.random.Generator, height: int, width: int) -> Array:
    best = np.full((height, width), -np.inf, np.float32)
    ids = np.zeros((height, width), np.uint8)
    for index in range(CLASSES):
        field = _smooth(rng, height, width, _COARSE)
        ids[field > best] = index
        np.maximum(best, field, out=best)
    return ids


def _ragged(rng: np.random.Generator, picture: Array) -> Array:
    height, width = picture.shape
    shift = [
        _smooth(rng, height, width, 24) * 8.0 + rng.normal(0, 3, (height, width)) for _ in range(2)
    ]
    y = np.clip(np.arange(height)[:, None] + np.rint(shift[0]).astype(int), 0, height - 1)
    x = np.clip(np.arange(width)[None, :] + np.rint(shift[1]).astype(int), 0, width - 1)
    ragged: Array = picture[y, x]
    return ragged


def _depth(rng: np.random.Generator, height: int, width: int) -> Array:
    ground = np.linspace(80, 2, height, dtype=np.float32)[:, None].repeat(width, axis=1)
    for _ in range(12):
        h, w = (int(n) for n in rng.integers(height // 16, height // 3, 2))
        top, left = int(rng.integers(height - h)), int(rng.integers(max(1, width - w)))
        ground[top : top + h, left : left + w] = rng.uniform(1, 60)
    ground += _smooth(rng, height, width, 16) * 0.3 + rng.normal(0, 0.05, (height, width))
    return np.clip(ground, 1, 80).astype(np.float32)


def _soft(rng: np.random.Generator, picture: Array) -> Array:
    height, width = picture.shape
    soft: Array = _ndimage().gaussian_filter(picture.astype(np.float32), 2)
    # Off by some percent, as networks are, over regions.
    soft *= 1 + 0.03 * _smooth(rng, height, width, 32)
    return np.clip(soft, 1, 80).astype(np.float32)
