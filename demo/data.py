# SPDX-License-Identifier: Apache-2.0
"""Real pictures and digits that are installed with scikit-learn and scikit-image, put together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import skimage.data
from PIL import Image
from scipy import ndimage
from sklearn.datasets import load_digits, load_sample_image

Bytes = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float32]

TRAINING_PHOTOS = ("astronaut", "chelsea", "stereo_motorcycle", "retina")
VALIDATION_PHOTOS = ("flower", "china", "coffee", "rocket")
TRAINING_DIGITS = slice(0, 1400)
VALIDATION_DIGITS = slice(1400, None)

CLASSES = {
    0: "background",
    **{
        digit + 1: name
        for digit, name in enumerate(
            ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
        )
    },
}
"""Class ids of a scene's mask: 0 where the photograph shows, digit + 1 on a digit."""

NOISE = 0.16
"""Standard deviation of the noise to be removed, where white is 1."""


@dataclass(frozen=True)
class Scenes:
    """Photographs with digits on them.

    Attributes:
        images: uint8, shape [n, h, w, 3].
        masks: uint8 ids of `CLASSES`, shape [n, h, w].
        ids: n names that stay the same from run to run.
        captions: n lines: what is on the picture.
    """

    images: Bytes
    masks: Bytes
    ids: list[str]
    captions: list[str]


@dataclass(frozen=True)
class NoisyPhotos:
    """Photographs with and without noise.

    Attributes:
        noisy: uint8, shape [n, h, w, 3].
        clean: uint8, shape [n, h, w, 3].
        ids: n names that stay the same from run to run.
    """

    noisy: Bytes
    clean: Bytes
    ids: list[str]


def _photo(name: str) -> Bytes:
    if name in ("china", "flower"):
        return np.asarray(load_sample_image(f"{name}.jpg"), np.uint8)
    photo = getattr(skimage.data, name)()
    return np.asarray(photo[0] if isinstance(photo, tuple) else photo, np.uint8)


def _covering(photo: Bytes, height: int, width: int) -> Bytes:
    """Returns the photograph as small as covers height × width pixels without gaps."""
    zoom = max(height / photo.shape[0], width / photo.shape[1])
    size = (max(width, round(photo.shape[1] * zoom)), max(height, round(photo.shape[0] * zoom)))
    return np.asarray(Image.fromarray(photo).resize(size, Image.Resampling.LANCZOS))


def _middle(photo: Bytes, height: int, width: int) -> Bytes:
    top, left = (photo.shape[0] - height) // 2, (photo.shape[1] - width) // 2
    return photo[top : top + height, left : left + width]


def _crop(rng: np.random.Generator, photo: Bytes, height: int, width: int) -> Bytes:
    top = rng.integers(photo.shape[0] - height + 1)
    left = rng.integers(photo.shape[1] - width + 1)
    return photo[top : top + height, left : left + width]


def _strokes(rng: np.random.Generator, digit: Floats, side: int) -> Floats:
    """Returns an 8 × 8 digit, drawn at side × side pixels, a little turned and sheared.

    The ink is in [0, 1], shape [side, side].
    """
    turn, shear = rng.uniform(-0.25, 0.25), rng.uniform(-0.2, 0.2)
    matrix = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn) + shear, np.cos(turn)]])
    # The digit with a margin of one cell on each side fills the square.
    matrix *= 10 / side
    offset = np.array([3.5, 3.5]) - matrix @ np.array([(side - 1) / 2] * 2)
    ink = ndimage.affine_transform(digit, matrix, offset, output_shape=(side, side), order=3)
    return np.asarray(np.clip((ink - 0.35) * 5, 0, 1), np.float32)


def _places(
    rng: np.random.Generator, height: int, width: int, count: int
) -> Iterator[tuple[int, int, int]]:
    """Yields (top, left, side) of at most `count` squares that do not overlap."""
    taken: list[tuple[int, int, int]] = []
    for _ in range(40 * count):
        side = int(rng.integers(34, 50))
        top, left = int(rng.integers(height - side + 1)), int(rng.integers(width - side + 1))
        # Digits leave a margin in their square, so the squares may overlap a little.
        reach = 6
        apart = (
            max(abs(top - other[0]), abs(left - other[1])) >= (side + other[2]) // 2 - reach
            for other in taken
        )
        if all(apart):
            taken.append((top, left, side))
            yield top, left, side
        if len(taken) == count:
            return


def _scene(
    rng: np.random.Generator, photo: Bytes, digits: Floats, targets: Bytes, count: int
) -> tuple[Bytes, Bytes, list[int]]:
    height, width, _ = photo.shape
    image = photo.astype(np.float32)
    mask = np.zeros((height, width), np.uint8)
    shown = []
    for top, left, side in _places(rng, height, width, count):
        pick = rng.integers(len(digits))
        ink = _strokes(rng, digits[pick], side)
        square = np.s_[top : top + side, left : left + side]
        chalk = rng.uniform(225, 255, 3)
        # A soft shadow keeps chalk apart from white walls and clouds.
        shadow = 0.65 * ndimage.gaussian_filter(ink, 2)[..., None]
        ground = image[square] * (1 - shadow)
        image[square] = ground + ink[..., None] * (chalk - ground)
        mask[square][ink > 0.5] = targets[pick] + 1
        shown.append(int(targets[pick]))
    return np.clip(np.rint(image), 0, 255).astype(np.uint8), mask, shown


def _digits(part: slice) -> tuple[Floats, Bytes]:
    bundle = load_digits()
    return (bundle.images[part] / 16).astype(np.float32), bundle.target[part].astype(np.uint8)


def training_scenes(count: int, side: int, seed: int) -> Scenes:
    """Makes square scenes of `side` pixels from the training photographs and digits."""
    rng = np.random.default_rng(seed)
    digits, targets = _digits(TRAINING_DIGITS)
    sizes = [round(side * zoom) for zoom in (1.5, 2.5, 4)]
    photos = [_covering(_photo(name), size, size) for name in TRAINING_PHOTOS for size in sizes]
    scenes = []
    for _ in range(count):
        ground = _crop(rng, photos[rng.integers(len(photos))], side, side)
        # Other colours make four photographs worth many.
        ground = ground[:, :: rng.choice([-1, 1])][..., rng.permutation(3)]
        scenes.append(_scene(rng, ground, digits, targets, count=5))
    images, masks, shown = zip(*scenes, strict=True)
    ids = [f"training-{index:05}" for index in range(count)]
    return Scenes(np.stack(images), np.stack(masks), ids, [_listed(one) for one in shown])


def validation_scenes(height: int, width: int, seed: int, rounds: int = 2) -> Scenes:
    """Makes `rounds` scenes of each validation photograph, with digits that training never sees."""
    rng = np.random.default_rng(seed)
    digits, targets = _digits(VALIDATION_DIGITS)
    images, masks, ids, captions = [], [], [], []
    for number in range(1, rounds + 1):
        for name in VALIDATION_PHOTOS:
            ground = _middle(_covering(_photo(name), height, width), height, width)
            image, mask, shown = _scene(rng, ground, digits, targets, count=9)
            images.append(image)
            masks.append(mask)
            ids.append(f"{name}-{number}")
            captions.append(_listed(shown))
    return Scenes(np.stack(images), np.stack(masks), ids, captions)


def _listed(digits: list[int]) -> str:
    return "digits " + " ".join(map(str, sorted(digits)))


def _with_noise(rng: np.random.Generator, clean: Bytes) -> Bytes:
    noise = rng.normal(0, 255 * NOISE, clean.shape)
    return np.clip(np.rint(clean + noise), 0, 255).astype(np.uint8)


def training_photos(count: int, side: int, seed: int) -> NoisyPhotos:
    """Cuts squares of `side` pixels out of the training photographs and adds noise."""
    rng = np.random.default_rng(seed)
    photos = [_photo(name) for name in TRAINING_PHOTOS]
    clean = np.stack(
        [_crop(rng, photos[rng.integers(len(photos))], side, side) for _ in range(count)]
    )
    ids = [f"training-{index:05}" for index in range(count)]
    return NoisyPhotos(_with_noise(rng, clean), clean, ids)


def validation_photos(height: int, width: int, seed: int) -> NoisyPhotos:
    """Cuts the middle out of each validation photograph and adds noise."""
    rng = np.random.default_rng(seed)
    clean = np.stack(
        [
            _middle(_covering(_photo(name), height, width), height, width)
            for name in VALIDATION_PHOTOS
        ]
    )
    return NoisyPhotos(_with_noise(rng, clean), clean, list(VALIDATION_PHOTOS))
