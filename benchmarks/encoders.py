# SPDX-License-Identifier: Apache-2.0
"""What one picture costs to encode, by our encoder and by others: one thread, no writer.

Command: `python -m benchmarks.encoders`; `--help` lists its options.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import statistics
import time
import zlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from benchmarks import content, options, tables
from benchmarks.content import Spec

if TYPE_CHECKING:
    from tb_pairs_plugin.writing.pictures import png

Encode: TypeAlias = Callable[[content.Array], int]

_STORED = ("photo", "mask", "depth 8 bit", "depth 16 bit")
_FAR = 80.0  # m


def main(asked: options.Options) -> list[tables.Table]:
    """Measures and returns the table."""
    size, times = (64, 1) if asked.short else (512, 5 * asked.repeat)
    pictures = {kind: _stored(kind, size) for kind in _STORED}
    rows: list[list[str | tables.Ratio]] = [
        [name, *(_cell(encode, picture, times) for picture in pictures.values())]
        for name, encode in _encoders().items()
    ]
    return [
        tables.Table(
            "encoders",
            f"One picture of {size}x{size}: ms, and encoded over raw bytes",
            ["", *_STORED],
            rows,
            ["Predictions of `benchmarks.content`; what each kind uses is ours in its default."],
        )
    ]


def _stored(kind: str, size: int) -> content.Array:
    name: content.Kind = "photo" if kind == "photo" else "mask" if kind == "mask" else "depth"
    spec = Spec(name, size, size, pairs=1)
    picture: content.Array = content.prediction(spec, 0)[0]
    if name == "depth":
        wide = kind.endswith("16 bit")
        levels = picture / _FAR * (65532 if wide else 252)
        picture = np.rint(levels).astype(np.uint16 if wide else np.uint8)
    return np.atleast_3d(picture)


def _cell(encode: Encode, picture: content.Array, times: int) -> str:
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        size = encode(picture)
        spent.append(time.perf_counter() - start)
        if not size:
            return ""
    return f"{tables.milliseconds(statistics.median(spent))}, {size / picture.nbytes:.3f}"


def _encoders() -> dict[str, Encode]:
    png = _pictures("png")
    runs = png.Effort(png.zlib_deflate(1, 9, zlib.Z_RLE), png.FAST.filters)
    found: dict[str, Encode] = {
        "chosen filter, ISA-L or else runs": _ours(png.FAST),
        "chosen filter, runs": _ours(runs),
        "neighbors, runs": _neighbors,
        "chosen filter or Paeth's, zlib 7": _ours(png.SMALL),
    }
    with contextlib.suppress(ImportError):
        image = importlib.import_module("PIL.Image")
        found["Pillow's PNG"] = lambda picture: _pillow(image, picture, "png")
        found["Pillow's WebP, lossless, method 0"] = lambda picture: _pillow(image, picture, "webp")
    return found


def _ours(effort: png.Effort) -> Encode:
    png, layouts = _pictures("png"), _pictures("layouts")

    def encode(picture: content.Array) -> int:
        if picture.dtype == np.uint16:
            return len(png.encode(layouts.split_bytes(picture), effort, bands=2))
        return len(png.encode(picture, effort))

    return encode


def _neighbors(picture: content.Array) -> int:
    png, neighbors = _pictures("png"), _pictures("neighbors")
    packed = neighbors.pack(picture) if picture.shape[2] == 1 and picture.itemsize == 1 else None
    return 0 if packed is None else len(png.encode(packed[0], png.RUNS))


def _pictures(name: str) -> Any:
    # Not at the top: contenders in other processes import this module too, and some hide ISA-L.
    return importlib.import_module(f"tb_pairs_plugin.writing.pictures.{name}")


def _pillow(image: Any, picture: content.Array, form: str) -> int:
    if form == "webp" and picture.dtype == np.uint16:
        return 0
    file = io.BytesIO()
    settings = {"lossless": True, "method": 0, "quality": 0} if form == "webp" else {}
    image.fromarray(picture.squeeze()).save(file, form, **settings)
    return file.tell()


if __name__ == "__main__":
    given = options.parse(__doc__)
    tables.report("python -m benchmarks.encoders", main(given), given)
