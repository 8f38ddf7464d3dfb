# SPDX-License-Identifier: Apache-2.0
"""What values mean: one file for each kind, found through `KINDS`; see `kind.Kind` to add one."""

from __future__ import annotations

from collections.abc import Sequence

from tb_pairs_plugin.record.kinds import StoredKind
from tb_pairs_plugin.writing.arrays import conversion
from tb_pairs_plugin.writing.arrays.rasters import Raster
from tb_pairs_plugin.writing.kinds.flow import Flow
from tb_pairs_plugin.writing.kinds.heatmap import Heatmap
from tb_pairs_plugin.writing.kinds.image import Image, check_scale
from tb_pairs_plugin.writing.kinds.kind import Kind
from tb_pairs_plugin.writing.kinds.mask import Mask

__all__ = [
    "KINDS",
    "Flow",
    "Heatmap",
    "Image",
    "Kind",
    "Mask",
    "check",
    "check_inputs",
    "infer",
    "infer_input",
    "spell",
]

KINDS: tuple[type[Kind], ...] = (Image, Mask, Heatmap, Flow)


def check(kind: object, one_hot: bool = False) -> Kind | None:
    """Returns the argument `kind` if it is one; with `one_hot`, the kind that this is for.

    Raises:
      ValueError: If it is not a kind, a kind's class instead of an instance, or not for `one_hot`.
    """
    if one_hot:
        takes = next(one for one in KINDS if one.takes_one_hot)
        if kind is None:
            return takes()
        if not isinstance(kind, takes):
            raise ValueError(
                f"one_hot is True and kind is {kind!r}, want kind=pairs.{takes.__name__}()"
            )
    if kind is None or isinstance(kind, KINDS):
        return kind
    if isinstance(kind, type) and issubclass(kind, KINDS):
        raise ValueError(f"kind is the class {kind.__name__}, want an instance: {kind.__name__}()")
    want = ", ".join(f"pairs.{one.__name__}()" for one in KINDS)
    raise ValueError(f"kind is {conversion.show(kind)}, want {want} or None")


def infer(dtypes: Sequence[str]) -> Kind:
    """Returns the kind of a ground truth by its dtypes alone, never by its values.

    Booleans, and integers other than uint8 and uint16, are class ids. uint8, uint16 (then 16 bits)
    and floats are images. No other kind is inferred.
    """
    # Image, the first, takes all that no other kind does.
    found = (kind.infer(dtypes) for kind in reversed(KINDS))
    return next(kind for kind in found if kind is not None)


def infer_input(raster: Raster) -> Kind:
    """Returns the kind of an input image: by its dtype alone, never by its values."""
    return Image.from_input(raster)


def spell(stored: StoredKind) -> str:
    """Returns how a user writes the kind that a record stores: `pairs.Mask`."""
    return next(f"pairs.{kind.__name__}" for kind in KINDS if kind.name == stored.name)


def check_inputs(rasters: Sequence[Raster]) -> None:
    """Checks the values of input images.

    Raises:
      DataError: If they are not to scale.
    """
    check_scale(rasters, "image")
