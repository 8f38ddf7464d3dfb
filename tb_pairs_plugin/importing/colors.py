# SPDX-License-Identifier: Apache-2.0
"""Drawn masks back to class ids."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from tb_pairs_plugin.importing.cutting import Pixels
from tb_pairs_plugin.pairing.rule_file import ClassColor, choose_unrecovered_id

Color: TypeAlias = tuple[int, int, int]

# JPEG and rounding change a color by some levels; colors of classes are further apart.
_NEAR = 8


def to_ids(picture: Pixels, classes: Sequence[ClassColor]) -> tuple[NDArray[np.uint16], float]:
    """Returns the class id of each pixel, and the share of pixels whose color belongs to no class.

    Args:
      picture: `[h, w, c]` of uint8, or grey of uint16; alpha is not looked at.
      classes: All with a color, which is looked for to within 8 levels in each channel; or all
        without, then grey values are ids.
    """
    packed = _pack(picture)
    missing = choose_unrecovered_id(classes)
    # A drawn mask has few colors, so each is looked up once.
    colors, places = np.unique(packed, return_inverse=True)
    unpack = _grey if _is_grey(picture) else _rgb
    ids = np.array([_id(unpack(int(color)), classes, missing) for color in colors], np.uint16)
    found = ids[places.reshape(packed.shape)]
    return found, float((found == missing).mean())


def count(picture: Pixels, most: int) -> int | None:
    """Returns how many colors a picture has; None if more than `most`."""
    packed = _pack(picture)
    # Most photographs have too many in their first rows already.
    seen = 0
    for end in (8, packed.shape[0]):
        seen = len(np.unique(packed[:end]))
        if seen > most:
            return None
    return seen


def _is_grey(picture: Pixels) -> bool:
    return bool(picture.shape[-1] < 3)


def _pack(picture: Pixels) -> NDArray[np.uint32]:
    """Returns one number per pixel, which `_grey` or `_rgb` take apart."""
    if _is_grey(picture):
        return picture[..., 0].astype(np.uint32)
    rgb = picture[..., :3].astype(np.uint32)
    packed = (rgb[..., 0] << 16) | (rgb[..., 1] << 8) | rgb[..., 2]
    return packed.astype(np.uint32, copy=False)


def _grey(packed: int) -> Color:
    return packed, packed, packed


def _rgb(packed: int) -> Color:
    return packed >> 16, packed >> 8 & 255, packed & 255


def _id(rgb: Color, classes: Sequence[ClassColor], missing: int) -> int:
    if classes and classes[0].color is None:
        is_grey = rgb[0] == rgb[1] == rgb[2]
        return rgb[0] if is_grey and any(one.id == rgb[0] for one in classes) else missing

    def distance(one: ClassColor) -> int:
        assert one.color is not None
        return max(abs(a - b) for a, b in zip(rgb, one.color, strict=True))

    nearest = min(classes, key=distance, default=None)
    return nearest.id if nearest is not None and distance(nearest) <= _NEAR else missing
