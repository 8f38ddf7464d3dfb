# SPDX-License-Identifier: Apache-2.0
"""The words that names of tags are made of, and what each says of a picture.

The tables are data: a row is a word's meaning. `docs/existing_logs.md` says where they come from.
"""

from __future__ import annotations

import enum


class Meaning(enum.Enum):
    """What a word says of the picture that a tag names."""

    # Ground truths.
    TRUTH = "truth"
    REFERENCE = "reference"
    REAL = "real"
    FINE = "fine"  # a picture of high resolution or quality
    ORIGINAL = "original"
    LABEL = "label"
    FIXED = "fixed"  # of two pictures that are registered
    # Predictions.
    PREDICTED = "predicted"
    GENERATED = "generated"
    RECONSTRUCTED = "reconstructed"
    RENDERED = "rendered"
    RESTORED = "restored"
    SEMANTIC = "semantic"
    FOUND = "found"  # by a detector
    WARPED = "warped"
    # Inputs.
    INPUT = "input"
    IMAGE = "image"


def listed(text: str) -> frozenset[str]:
    """Returns the words of a text."""
    return frozenset(text.split())


_SINGULARS = {f"{noun}s": noun for noun in ("mask", "label", "image", "img", "map", "frame")}


def singular(segment: tuple[str, ...]) -> tuple[str, ...]:
    """Returns words with plurals of pictures as singulars: `masks/true`, `mask/pred`."""
    return tuple(_SINGULARS.get(word, word) for word in segment)


def _table(rows: dict[Meaning, str]) -> dict[str, Meaning]:
    return {word: meaning for meaning, words in rows.items() for word in words.split()}


TRUTHS = _table(
    {
        Meaning.TRUTH: "gt gts groundtruth groundtruths gtruth truth truths true target targets "
        "tgt actual actuals",
        Meaning.REFERENCE: "reference references",
        Meaning.REAL: "real reals",
        Meaning.FINE: "hr hq clean sharp",
        Meaning.ORIGINAL: "original originals orig",
        Meaning.LABEL: "label labels mask masks annotation annotations lbl",
        Meaning.FIXED: "fixed",
    }
)
PREDICTIONS = _table(
    {
        Meaning.PREDICTED: "pred preds predict predicts predicted prediction predictions est "
        "estimate estimates estimated estimation output outputs out outs hat",
        Meaning.GENERATED: "fake fakes generated gen synthesized synthesised translated",
        Meaning.RECONSTRUCTED: "recon recons reconstruction reconstructions reconstructed "
        "rec recs decoded recovered",
        Meaning.RENDERED: "render renders rendered rendering renderings",
        Meaning.RESTORED: "sr superresolved denoised deblurred restored enhanced dehazed derained "
        "inpainted upscaled",
        Meaning.SEMANTIC: "semantic",
        Meaning.FOUND: "detection detections proposal proposals result results",
        Meaning.WARPED: "warped moved",
    }
)
INPUTS = _table(
    {
        Meaning.INPUT: "input inputs source src lr lq noisy blurry blurred hazy rainy degraded "
        "corrupted masked context moving",
        Meaning.IMAGE: "image images img imgs photo photos picture pictures rgb x sat satellite "
        "aerial",
    }
)

# Which predictions may stand against which ground truths. LABEL is not here with GENERATED or
# RECONSTRUCTED: there a mask is what was cut out of the picture, or an input.
PARTNERS: dict[Meaning, frozenset[Meaning]] = {
    Meaning.TRUTH: frozenset(
        {
            Meaning.PREDICTED,
            Meaning.GENERATED,
            Meaning.RECONSTRUCTED,
            Meaning.RENDERED,
            Meaning.RESTORED,
            Meaning.FOUND,
        }
    ),
    Meaning.REFERENCE: frozenset(
        {Meaning.PREDICTED, Meaning.RECONSTRUCTED, Meaning.RENDERED, Meaning.RESTORED}
    ),
    Meaning.REAL: frozenset(
        {Meaning.GENERATED, Meaning.PREDICTED, Meaning.RECONSTRUCTED, Meaning.RENDERED}
    ),
    Meaning.FINE: frozenset(
        {Meaning.RESTORED, Meaning.PREDICTED, Meaning.GENERATED, Meaning.RECONSTRUCTED}
    ),
    Meaning.ORIGINAL: frozenset({Meaning.RECONSTRUCTED}),
    Meaning.LABEL: frozenset({Meaning.PREDICTED, Meaning.SEMANTIC}),
    Meaning.FIXED: frozenset({Meaning.WARPED}),
}

# Where several predictions stand against one ground truth, its opposite is meant.
OPPOSITES = frozenset(
    {
        ("gt", "pred"),
        ("gts", "preds"),
        ("groundtruth", "prediction"),
        ("groundtruth", "predicted"),
        ("truth", "prediction"),
        ("true", "pred"),
        ("target", "output"),
        ("targets", "outputs"),
        ("real", "fake"),
        ("reals", "fakes"),
        ("real", "generated"),
        ("hr", "sr"),
        ("clean", "denoised"),
        ("sharp", "deblurred"),
        ("original", "reconstruction"),
        ("label", "prediction"),
        ("mask", "prediction"),
    }
)

# What is neither a ground truth nor a prediction but made from them, or from the model.
DERIVED = listed(
    "diff diffs difference differences differ error errors err errs errormap errmap residual "
    "residuals delta minus "
    "attention attentions attn attns att atts atten saliencymap cam gradcam "
    "hist histogram histograms confusion cm roc auc curve curves loss losses landscape scatter "
    "distribution distributions dist plot plots chart charts regression calibration reliability "
    "matrix spectrum "
    "grad grads gradient gradients weight weights filter filters kernel kernels activation "
    "activations feature features feat feats featmap featmaps fmap fmaps embedding embeddings "
    "tsne umap pca codebook latents "
    "uncertainty variance entropy confidence "
    "iou tp fp fn tn positive positives negative negatives psnr ssim mse lpips mae "
    "pseudo adversarial adv "
    "augmented augmentation augmentations aug augs "
    "lrs scheduler momentum"
)
# Of a registration: how the moving picture was deformed, drawn as a picture.
DEFORMATIONS = listed(
    "grid grids field fields flow flows displacement displacements deformation deformations "
    "dvf ddf jacobian"
)
# Before a word they say that the picture is not what the word says.
NEGATIONS = listed("no not non without un minus")
# One picture that is drawn from both, not panes beside each other.
ONE_PICTURE = listed(
    "overlay overlays overlaid overlayed blend blended mix mixed merged over on onto "
    "intersection union checkerboard warp scatter agreement match matches matching"
)
# A picture that was drawn for a viewer, of whatever is on it.
COMPOSED = listed("vis viz visual visualization visualisation panel")
# Words that say what any picture is.
GENERIC = listed(
    "image images img imgs picture pictures pic pics map maps data batch batches sample samples "
    "frame frames color colored coloured colormap colour rgb result results example examples grid"
).union(COMPOSED)
# Names of a part of the data: they never tell ground truth from prediction.
SPLITS = listed(
    "train training tr val valid validation eval evaluation evaluate test testing dev epoch step "
    "iter iteration best worst final random fixed debug demo"
)
# What a person draws: a ground truth or a prediction shows it also where its name doesn't say so.
LABELS = listed("seg segmentation segmentations saliency") | frozenset(
    word for word, meaning in TRUTHS.items() if meaning is Meaning.LABEL
)
# What else is in a picture, where that is never in a picture of another row.
SHOWN = {
    word: row[0]
    for row in (
        ("depth", "depths", "disparity", "disparities", "disp"),
        ("normal", "normals"),
        ("flow", "flows"),
        ("albedo", "albedos"),
        ("rgb", "photo", "photos"),
    )
    for word in row
}
# What made a prediction; the words before them are its name, as in `FlowNet outputs`.
MAKERS = listed("model net network unet")
# Of several models that a training has, or of a state of one: which of them the predictions of the
# run are, such a name does not say.
STATES = listed(
    "teacher student ema swa momentum init initial pretrained frozen baseline old prev previous"
)
# What a picture shows that is drawn as a whole: said with each role, it tells pictures apart, as
# in `gt_mask_pred_mask`. Not a label, which may be a class.
PICTURED = (
    GENERIC
    | frozenset(SHOWN)
    | (LABELS - listed("label labels lbl"))
    | listed(
        "segmap semantic semantics instance instances panoptic parsing bounding box boxes bbox "
        "bboxes heatmap heatmaps keypoint keypoints landmark landmarks skeleton skeletons edge "
        "edges boundary boundaries contour contours alpha matte height spec spectrogram "
        "spectrograms mel view views crop crops slice slices volume volumes texture textures "
        "face faces video videos"
    )
)
# What a number or a word says: beside roles, a plot or the caption of one picture is meant, as
# in `gt_count_pred_count`.
QUANTITIES = listed(
    "count counts number numbers num class classes cls category categories id ids index indices "
    "name names text texts caption captions word words token tokens answer answers area areas "
    "score scores value values prob probs probability probabilities logit logits age ages size "
    "sizes length lengths width widths time times price prices rate rates rank ranks ratio ratios "
    "percentage percent angle angles distance distances speed speeds velocity velocities mean "
    "means std median total totals sum sums metric metrics accuracy acc dice"
)
# Words that join the names of panes.
JOINTS = frozenset({"and"})
# They join the names of panes as often as the axes of a plot.
UNSURE_JOINTS = frozenset({"vs", "versus"})
# As the first of a list of panes it may be an input, or say what the panes show.
UNSURE_INPUTS = frozenset({"rgb"})
# Participles: before a noun that is a ground truth they make one picture of the two words.
PARTICIPLES = listed(
    "predicted estimated generated synthesized synthesised translated reconstructed decoded "
    "rendered denoised deblurred restored enhanced upscaled warped fake real"
)
# Of a complex number: there `real` is not the opposite of a prediction.
COMPLEX = listed("imag imaginary")
# Of a sentence, such as the prompt of a picture.
ARTICLES = listed("a an the of in")
