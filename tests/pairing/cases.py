# SPDX-License-Identifier: Apache-2.0
"""Tags of pictures of a run, and the pairs that a person finds in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Case:
    """The tags of a run.

    Attributes:
      name: What writes such tags, or what is tried.
      pairs: What is to be found: (ground truth, prediction), or (strip, its panes).
      others: The tags that belong to none.
    """

    name: str
    pairs: list[tuple[str, str]]
    others: list[str] = field(default_factory=list)

    @property
    def tags(self) -> list[str]:
        found = list(self.others)
        for first, second in self.pairs:
            found += [first] if is_panes(second) else [first, second]
        return found


_PANES = {"gt", "pred", "input", "other"}


def is_panes(text: str) -> bool:
    """Whether it lists the panes of a strip: it has a blank, and nothing but roles."""
    return " " in text and set(text.split()) <= _PANES


# Tags that public training code writes.
PUBLIC = [
    Case("3dgs", [("test_view_DJI_0013/ground_truth", "test_view_DJI_0013/render")], []),
    Case("ldm/taming", [("val/inputs", "val/reconstructions")], ["val/samples"]),
    Case(
        "ldm ddpm",
        [("train/inputs", "train/reconstruction")],
        ["train/conditioning", "train/samples", "train/diffusion_row"],
    ),
    Case("milesial unet", [("masks/true", "masks/pred")], ["images"]),
    Case("deeplab-xception", [("Groundtruth label", "Predicted label")], ["Image"]),
    Case("transunet/ssl4mis", [("train/GroundTruth", "train/Prediction")], ["train/Image"]),
    Case(
        "bts depth",
        [("depth_gt/image/0", "depth_est/image/0")],
        ["image/image/0", "reduc1x1/image/0"],
    ),
    Case(
        "deeplab tf1",
        [("samples/label/image/0", "samples/semantic/image/0")],
        ["samples/image/image/0"],
    ),
    Case("tfgan", [("real_data/image", "generated_data/image")], []),
    Case("tfgan cmp", [("image_comparison/image", "input pred gt")], []),
    Case("tf od v1", [("Detections_Left_Groundtruth_Right/0/image", "pred gt")], []),
    Case("tf od v2", [("eval_side_by_side_3_0", "pred gt")], []),
    Case(
        "detectron2 rcnn", [("Left: GT bounding boxes;  Right: Predicted proposals", "gt pred")], []
    ),
    Case("detectron2 mask", [("Left: mask prediction;   Right: mask GT (0)", "pred gt")], []),
    Case(
        "detectron2 retina",
        [("Top: GT bounding boxes; Bottom: 20 Highest Scoring Results", "gt pred")],
        [],
    ),
    Case("mmseg", [("val_frankfurt_000000_000294_leftImg8bit.png", "gt pred")], []),
    Case("mmdet", [("val_img", "gt pred")], []),
    Case(
        "nerfstudio",
        [("Eval Images/img", "gt pred")],
        ["Eval Images/accumulation", "Eval Images/depth"],
    ),
    Case("nerf_pl", [("val/GT_pred_depth", "gt pred other")], []),
    Case("nerf_pl 2", [("val/pred_GT", "pred gt")], []),
    Case("sat_pred_gt", [("sat_pred_gt/image", "input pred gt")], []),
    Case("image_gt_pred", [("val/image_gt_pred", "input gt pred")], []),
    Case(
        "monodepth2",
        [("color_-1_0/0", "color_pred_-1_0/0")],
        ["color_0_0/0", "disp_0/0", "automask_0/0"],
    ),
    Case("cyclegan", [("real_B", "fake_B"), ("real_A", "fake_A")], ["rec_A"]),
    Case("pix2pixhd", [("real_image", "synthesized_image")], ["input_label"]),
    Case("monai handler", [("input_1_HW_0", "output_HW_0")], ["input_0_HW_0"]),
    Case("monai gif", [("input_1_HWD/image", "output_HWD/image")], ["input_0_HWD/image"]),
    Case(
        "3dunet wolny",
        [("targets/batch_0/channel_0/slice_32", "predictions/batch_0/channel_0/slice_32")],
        ["inputs/batch_0/channel_0/slice_32"],
    ),
    Case("flownet", [("GroundTruth", "FlowNet Outputs")], ["Inputs"]),
    Case(
        "mvsnet",
        [("train/depth_gt_0", "train/depth_est_0")],
        ["train/ref_img_0", "train/errormap_0"],
    ),
    Case(
        "real_depth", [("real_depth_map/image", "pred_depth_map/image")], ["context_image_0/image"]
    ),
    Case(
        "srgan tf", [("label_images/image/0", "predicted_images/image/0")], ["input_images/image/0"]
    ),
    Case("tf deeplab other", [("label_batch/image", "predictions/image")], ["image_batch/image"]),
    Case("height", [("val/gt_height_color", "val/pred_height_color")], []),
    Case("val gt/pred", [("val/gt", "val/pred")], ["val/input1"]),
    Case("val gts", [("val/gts", "val/preds")], ["val/inputs"]),
    Case("images/gts/output", [("val/gts", "val/output")], ["val/images", "val/att"]),
    Case("Val Images Masks", [("Val/Masks", "Val/Predictions")], ["Val/Images"]),
    Case("GT/Recon/Raw", [("Val/GT", "Val/Recon")], ["Val/Raw"]),
    Case("gt_image", [], ["val/gt_image", "val/inf_image"]),
    Case("shadow", [], ["Val/Shadow_Removal", "Val/gt_image"]),
    Case("figures", [("ground truth", "prediction")], ["input"]),
    Case("controlnet prompt", [], ["a red circle with a blue background"]),
    Case(
        "negatives",
        [],
        [
            "conv1/filters",
            "confusion_matrix",
            "roc_curve",
            "generated_images",
            "patch",
            "val/samples",
        ],
    ),
    Case("epoch tags", [("epoch 3/GT_0", "epoch 3/Output_0")], ["epoch 3/Input"]),
    Case("diffusers vae", [("validation: Original (left), Reconstruction (right)", "gt pred")], []),
    Case("bolts sr", [("sr_images", "input pred gt")], []),
    Case("own strip", [], ["val/strips"]),
    Case("visualization", [], ["Visualization"]),
]


def _cases(file: str) -> list[Case]:
    """Reads a case a line: `name | truth > prediction; strip = panes | other; other`."""
    found = []
    for line in (Path(__file__).parent / file).read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        name, pairs, others = (part.strip() for part in line.split("|"))
        found.append(Case(name, [_pair(text) for text in _listed(pairs)], _listed(others)))
    return found


def _listed(text: str) -> list[str]:
    return [one.strip() for one in text.split(";") if one.strip()]


def _pair(text: str) -> tuple[str, str]:
    first, _, second = text.partition(">" if ">" in text else "=")
    return first.strip(), second.strip()


# Other conventions, some of public code too, some made up after the habits of a field.
CONVENTIONS = _cases("conventions.txt")
NEGATIVES = _cases("negatives.txt")
