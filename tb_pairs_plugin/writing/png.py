# SPDX-License-Identifier: Apache-2.0
"""PNG, as fast as NumPy and deflate go.

Deflate searches for runs only, or is ISA-L's where that is installed: for photographs a tenth and a
thirtieth of the time of the usual search, at about the same bytes. What makes up for the search is
the right filter (https://www.w3.org/TR/png-3/#9Filters), so the four that are a few array
operations each are tried on a few rows; see docs/decisions/0021.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from tb_pairs_plugin.writing.types import Bytes8

Deflate: TypeAlias = Callable[[Bytes8], bytes]

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_COLOR_TYPES = {1: 0, 2: 4, 3: 2, 4: 6}
_SAMPLE = 32  # one row in so many is tried
_LEAST_SAMPLED = 4  # rows
_CACHED = 65_536  # bytes worked on at a time, so that they stay in the processor's cache


def encode(pixels: Bytes8, bands: int = 1, *, small: bool = False) -> bytes:
    """Returns a PNG of 8 bits per channel.

    Args:
      pixels: `[h, w, c]`, c 1 (grey), 2 (grey and alpha), 3 (RGB) or 4 (RGBA).
      bands: Of how many parts, one above the other, the picture is made; each gets a filter.
      small: Whether to leave ISA-L aside: for smooth levels runs are up to a quarter smaller, at
        three times the time.
    """
    deflate = _deflate_runs if small else _deflate
    height, width, channels = pixels.shape
    header = struct.pack(">IIBBBBB", width, height, 8, _COLOR_TYPES[channels], 0, 0, 0)
    return b"".join(
        (
            _SIGNATURE,
            *_chunk(b"IHDR", header),
            *_chunk(b"IDAT", deflate(_filtered(pixels, bands, deflate))),
            *_chunk(b"IEND", b""),
        )
    )


def _filtered(pixels: Bytes8, bands: int, deflate: Deflate) -> Bytes8:
    height, width, channels = pixels.shape
    # What is above and left of the picture counts as zero.
    framed = np.zeros((1 + height, channels + width * channels), np.uint8)
    framed[1:, channels:] = pixels.reshape(height, width * channels)
    lines = np.empty((height, 1 + width * channels), np.uint8)
    at_once = max(1, _CACHED // lines.shape[1])
    for band in range(bands):
        first, end = (height * edge // bands for edge in (band, band + 1))
        number = _best_filter(framed, slice(first, end), channels, deflate)
        for start in range(first, end, at_once):
            rows = slice(start, min(end, start + at_once))
            _filter(number, framed, rows, channels, lines[rows])
    return lines


def _best_filter(framed: Bytes8, rows: slice, channels: int, deflate: Deflate) -> int:
    """Returns the filter that makes `rows` smallest, as far as some of them tell."""
    count = rows.stop - rows.start
    step = max(1, min(_SAMPLE, count // _LEAST_SAMPLED))
    sampled = slice(rows.start + step // 2, rows.stop, step)
    lines = np.empty((len(range(rows.stop)[sampled]), 1 + framed.shape[1] - channels), np.uint8)

    def size(number: int) -> int:
        _filter(number, framed, sampled, channels, lines)
        return len(deflate(lines))

    return min(range(len(_PREDICTIONS) + 1), key=size)


def _filter(number: int, framed: Bytes8, rows: slice, channels: int, lines: Bytes8) -> None:
    below = slice(rows.start + 1, rows.stop + 1, rows.step)
    here, left, above = framed[below, channels:], framed[below, :-channels], framed[rows, channels:]
    lines[:, 0] = number
    if number == 0:
        lines[:, 1:] = here
    else:
        np.subtract(here, _PREDICTIONS[number - 1](left, above), out=lines[:, 1:])


def _average(left: Bytes8, above: Bytes8) -> Bytes8:
    # (left + above) // 2 without a ninth bit.
    half = np.bitwise_xor(left, above)
    np.right_shift(half, 1, out=half)
    half += left & above
    return half


# Of the filters 1 to 3: what a byte is expected to be. Paeth's, 4, takes twenty times as long.
_PREDICTIONS: tuple[Callable[[Bytes8, Bytes8], Bytes8], ...] = (
    lambda left, above: left,
    lambda left, above: above,
    _average,
)


def _chunk(name: bytes, data: bytes) -> tuple[bytes, bytes, bytes, bytes]:
    return (
        struct.pack(">I", len(data)),
        name,
        data,
        struct.pack(">I", zlib.crc32(data, zlib.crc32(name))),
    )


def _deflate_runs(data: Bytes8) -> bytes:
    compressor = zlib.compressobj(1, zlib.DEFLATED, zlib.MAX_WBITS, 9, zlib.Z_RLE)
    return compressor.compress(data.data) + compressor.flush()


def _fastest() -> Deflate:
    try:
        from isal import isal_zlib
    except ImportError:
        return _deflate_runs
    return lambda data: bytes(isal_zlib.compress(data, 1))


_deflate = _fastest()
