# SPDX-License-Identifier: Apache-2.0
"""Tags that a toolkit writes under names that say too little: a table, a row per toolkit.

What each toolkit writes, and where that was read, is in `docs/existing_logs.md`.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from tb_pairs_plugin.pairing.names import Name
from tb_pairs_plugin.pairing.proposals import Axis, Confidence, Proposal, Role, Strip, Tags

_GT, _PRED, _INPUT, _OTHER = Role.GROUND_TRUTH, Role.PREDICTION, Role.INPUT, Role.OTHER


@dataclass(frozen=True)
class _KnownStrip:
    """A tag whose pictures are strips.

    Attributes:
      toolkit: Who writes it.
      tag: A regular expression for the tag without the number of a sample.
      panes: From left to right, or from top to bottom.
      confidence: `MEDIUM` where other programs use such a name for something else.
      axis: Along which the panes are.
      alone: Whether it is only meant where no other tag of pictures is in the run but such ones.
    """

    toolkit: str
    tag: str
    panes: tuple[Role, ...]
    confidence: Confidence
    axis: Axis = "x"
    alone: bool = False


_PICTURE_FILE = r"\.(?:png|jpe?g|bmp|tiff?|webp)"

_STRIPS = (
    _KnownStrip("tf-object-detection", r"eval_side_by_side", (_PRED, _GT), Confidence.HIGH),
    _KnownStrip("tf-object-detection", r"eval_side_by_side_\d+", (_PRED, _GT), Confidence.HIGH),
    _KnownStrip("nerfstudio", r"Eval Images/img", (_GT, _PRED), Confidence.HIGH),
    _KnownStrip("nerf_pl", r"(?:.*/)?GT_pred_depth", (_GT, _PRED, _OTHER), Confidence.MEDIUM),
    _KnownStrip(
        "mmsegmentation",
        rf"(?:val|test)_.+{_PICTURE_FILE}",
        (_GT, _PRED),
        Confidence.MEDIUM,
        alone=True,
    ),
    _KnownStrip("mmdetection", r"(?:val|test)_img", (_GT, _PRED), Confidence.MEDIUM, alone=True),
    _KnownStrip(
        "tf-gan", r"image_comparison", (_INPUT, _PRED, _GT), Confidence.MEDIUM, "y", alone=True
    ),
    _KnownStrip(
        "lightning-bolts", r"sr_images", (_INPUT, _PRED, _GT), Confidence.MEDIUM, alone=True
    ),
)


@dataclass(frozen=True)
class _KnownTags:
    """Tags that belong together, told by what their groups match.

    Attributes:
      toolkit: Who writes them.
      ground_truth: A regular expression for the tag of the ground truth.
      prediction: For the prediction; its groups match the same text.
      input: For the input.
    """

    toolkit: str
    ground_truth: str
    prediction: str
    input: str | None = None


_PAIRS = (
    _KnownTags(
        "monai",
        r"input_1(_(?:HW|CHW|HWD)(?:_\d+)?(?:/image)?)",
        r"output(_(?:HW|CHW|HWD)(?:_\d+)?(?:/image)?)",
        r"input_0(_(?:HW|CHW|HWD)(?:_\d+)?(?:/image)?)",
    ),
    _KnownTags(
        "monodepth2",
        r"color_(-?\d+_\d+/\d+)",
        r"color_pred_(-?\d+_\d+/\d+)",
    ),
)


def strips(names: Collection[Name]) -> list[Proposal]:
    """Returns the strips that are known; `names` are of all tags of a run."""
    found: dict[str, Proposal] = {}
    for row in _STRIPS:
        fitting = [name for name in names if re.fullmatch(row.tag, name.base)]
        if row.alone and len(fitting) < len(names):
            continue
        for name in fitting:
            strip = Strip(
                name.tag, row.panes, row.axis, must_look_alike=row.confidence < Confidence.HIGH
            )
            proposal = Proposal(
                name.base, name.sample, strip, row.confidence, f"known-{row.toolkit}"
            )
            found.setdefault(name.tag, proposal)
    return list(found.values())


def pairs(names: Collection[Name]) -> list[Proposal]:
    """Returns the pairs of tags that are known."""
    found = []
    for row in _PAIRS:
        truths = _by_groups(row.ground_truth, names)
        inputs = {} if row.input is None else _by_groups(row.input, names)
        for groups, name in _by_groups(row.prediction, names).items():
            truth = truths.get(groups)
            if truth is None:
                continue
            image = inputs.get(groups)
            layout = Tags(truth.tag, name.tag, None if image is None else image.tag)
            found.append(
                Proposal(name.base, name.sample, layout, Confidence.HIGH, f"known-{row.toolkit}")
            )
    return found


def _by_groups(pattern: str, names: Collection[Name]) -> dict[tuple[str, ...], Name]:
    compiled = re.compile(pattern)
    matches = ((compiled.fullmatch(name.tag), name) for name in names)
    return {match.groups(): name for match, name in matches if match}
