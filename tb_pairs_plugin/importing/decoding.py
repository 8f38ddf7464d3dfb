# SPDX-License-Identifier: Apache-2.0
"""Encoded pictures of a log to pixels, by Pillow, which newer TensorBoards bring along."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass

import numpy as np

from tb_pairs_plugin.importing.cutting import Pixels
from tb_pairs_plugin.record.manifest import MAX_PICTURE_PIXELS

_FORMATS = ("PNG", "JPEG", "GIF")
_KEPT = {"L": 1, "LA": 2, "RGB": 3, "RGBA": 4}


class DecodeError(ValueError):
    """A picture that can't be decoded; the message says why."""


@dataclass(frozen=True)
class Decoded:
    """A picture.

    Attributes:
      pixels: `[h, w, c]`, uint8, or uint16 for grey PNGs of 16 bits.
      frames: How many frames there were; the first is taken.
    """

    pixels: Pixels
    frames: int = 1


def require() -> None:
    """Does nothing where pictures can be decoded.

    Raises:
      DecodeError: If Pillow is not installed.
    """
    try:
        import PIL.Image  # noqa: F401 # whether it is there
    except ImportError:
        raise DecodeError(
            "importing needs Pillow to decode pictures, and it is not installed; pip install pillow"
        ) from None


def decode(blob: bytes) -> Decoded:
    """Returns the pixels of a PNG, JPEG or GIF, of its first frame; its size is its own.

    Raises:
      DecodeError: If it is none, is damaged, or has more than 2^28 pixels.
    """
    from PIL import Image

    try:
        with warnings.catch_warnings():
            # Pillow warns of sizes that are well within ours.
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(blob), formats=_FORMATS) as picture:
                width, height = picture.size
                if width * height > MAX_PICTURE_PIXELS:
                    raise DecodeError(f"it has {width} × {height} pixels, want at most 2^28")
                frames = int(getattr(picture, "n_frames", 1))
                return Decoded(_pixels(picture), frames)
    except DecodeError:
        raise
    except Image.DecompressionBombError:
        raise DecodeError("it claims more pixels than Pillow decodes") from None
    except Exception as error:
        # Pillow raises errors of many kinds for damaged files.
        reason = str(error) if str(error) else type(error).__name__
        raise DecodeError(f"it is not a PNG, JPEG or GIF that can be decoded: {reason}") from None


def _pixels(picture: object) -> Pixels:
    from PIL import Image

    assert isinstance(picture, Image.Image)
    if picture.mode.startswith("I"):
        return np.asarray(picture).astype(np.uint16)[..., None]
    if picture.mode not in _KEPT:
        has_alpha = picture.mode in ("PA", "RGBa") or "transparency" in picture.info
        mode = "L" if picture.mode == "1" else "RGBA" if has_alpha else "RGB"
        picture = picture.convert(mode)
    pixels = np.asarray(picture)
    return pixels[..., None] if pixels.ndim == 2 else pixels
