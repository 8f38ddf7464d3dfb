# SPDX-License-Identifier: Apache-2.0
"""A word at the right time: right calls that are probably not what was meant; each said once."""

import io
import re
import warnings

import numpy as np
import pytest

import tb_pairs_plugin as pairs
from tb_pairs_plugin.writing.arrays.rasters import Raster
from tb_pairs_plugin.writing.kinds import appearance
from tests.writing import event_files

IDS = np.zeros((2, 16, 16), np.int64)


def said(*calls):
    """Returns what some calls return, and the warnings that they give."""
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always")
        returned = [call() for call in calls]
    return returned, [(one.category, str(one.message)) for one in found]


def summary(writer, step=0, truth=IDS, prediction=IDS, **options):
    return lambda: pairs.summary("v", truth, prediction, step, writer=writer, **options)


NONE = "pairs finds none of select among the ids of 'v': not '0', '1', but 'a', 'b'"


def test_a_choice_that_no_sample_is_in_is_said(tmp_path):
    options = {"ids": ["a", "b"], "select": [0, 1]}
    returned, found = said(*(summary(tmp_path, step, **options) for step in range(3)))
    assert returned == [False] * 3
    ((category, text),) = found
    assert category is pairs.NotWrittenWarning
    assert text.startswith(NONE)


def test_a_choice_of_other_names_is_said_when_the_ids_begin_again(tmp_path):
    batches = [["a", "b"], ["c", "d"]]
    calls = [summary(tmp_path, step, ids=ids, select=["x"]) for step in range(3) for ids in batches]
    assert said(*calls[:2])[1] == []
    ((_, text),) = said(*calls[2:])[1]
    assert "none of select among the ids of 'v': not 'x', but 'a', 'b', 'c'" in text


def test_a_batch_without_any_of_the_chosen_is_no_fault(tmp_path):
    batches = [["a", "b"], ["c", "d"], ["e", "f"]]
    calls = [
        summary(tmp_path, 3 * epoch + i, ids=ids, select=["e", "a"])
        for epoch in range(2)
        for i, ids in enumerate(batches)
    ]
    returned, found = said(*calls)
    assert returned == [True, False, True] * 2
    assert found == []


def test_positions_beyond_the_batch_are_said(tmp_path):
    returned, found = said(*(summary(tmp_path, step, select=[1, 7]) for step in range(3)))
    assert returned == [True] * 3
    ((category, text),) = found
    assert category is pairs.PairsWarning
    assert text.startswith("pairs finds not all of select among the ids of 'v': not '7', but '0'")


@pytest.mark.parametrize(
    ("select", "beginning"),
    [
        (["x", "y"], "pairs finds none of select among the ids of 'v': not 'x', 'y', but 'a', 'b'"),
        (["x", "b"], "pairs finds not all of select among the ids of 'v': not 'x', but 'a', 'b'"),
        (["a", "d"], None),
    ],
)
def test_a_choice_of_a_collector_is_said_at_the_end_of_the_pass(select, beginning, tmp_path):
    collector = pairs.Collector("v", select=select, writer=tmp_path)

    def one_pass():
        collector.add(IDS, IDS, ids=["a", "b"])
        collector.add(IDS, IDS, ids=["c", "d"])
        return collector.write(0)

    _, found = said(one_pass, one_pass)
    assert len(found) == (beginning is not None)
    assert beginning is None or found[0][1].startswith(beginning)


def test_a_collector_without_batches_is_silent(tmp_path):
    collector = pairs.Collector("v", select=["a"], writer=tmp_path)
    assert said(lambda: collector.write(0)) == ([False], [])


SCORES = np.random.default_rng(0).normal(size=(2, 16, 16, 3)).astype(np.float32)


def test_pictures_of_two_sizes_are_said_to_be_not_measured(tmp_path):
    labels = np.zeros((2, 64, 64), np.int64)
    calls = [summary(tmp_path, step, labels, SCORES) for step in range(2)]
    returned, found = said(*calls)
    assert returned == [True, True]
    assert [text for _, text in found] == [
        "pairs measures no iou or accuracy of 'v', as ground truth and prediction differ in shape, "
        "64 x 64 x 1 and 16 x 16 x 1; resize='bilinear' brings scores, but not class ids, to the "
        "size of the labels, or pass metrics=False"
    ]


@pytest.mark.parametrize(
    ("channels", "size", "way_out"),
    [
        (1, 8, "; give both as many channels, or pass metrics=False"),
        (
            3,
            4,
            "; resize='bilinear' brings a prediction of floats to the size of the ground truth, or",
        ),
        (1, 4, " of the ground truth and give both as many channels, or pass metrics=False"),
    ],
)
def test_the_way_out_is_one_of_this_difference(channels, size, way_out, tmp_path):
    truth, prediction = np.zeros((1, 8, 8, 3)), np.zeros((1, size, size, channels))
    _, [(_, text)] = said(summary(tmp_path, 0, truth, prediction))
    assert way_out in text


def test_ids_that_were_seen_are_listed_once(tmp_path):
    calls = [summary(tmp_path, step, ids=["a", "b"], select=["q"]) for step in range(2)]
    _, [(_, text)] = said(*calls)
    assert "not 'q', but 'a', 'b'; " in text


@pytest.mark.parametrize(
    "options", [{"metrics": False}, {"metrics": {"iou": [1, 1], "accuracy": [1, 1]}}]
)
def test_what_was_not_to_be_measured_is_not_missed(options, tmp_path):
    labels = np.zeros((2, 64, 64), np.int64)
    assert said(summary(tmp_path, 0, labels, SCORES, **options)) == ([True], [])


def test_sizes_are_said_in_the_background_and_of_a_collector(tmp_path):
    labels = np.zeros((2, 64, 64), np.int64)
    collector = pairs.Collector("w", writer=tmp_path)

    def log():
        with pairs.background():
            summary(tmp_path, 0, labels, SCORES)()
        collector.add(labels, SCORES)
        collector.write(0)

    texts = [text for _, text in said(log)[1]]
    assert [re.findall("of '(.)'", text) for text in texts] == [["v"], ["w"]]


def areas(classes, shape=(2, 48, 64), seed=0):
    """Returns masks of areas about random centres."""
    random = np.random.default_rng(seed)
    masks = []
    for _ in range(shape[0]):
        y, x = np.mgrid[: shape[1], : shape[2]]
        centres = random.random((3 * len(classes), 2)) * shape[1:]
        nearest = (
            (y[..., None] - centres[:, 0]) ** 2 + (x[..., None] - centres[:, 1]) ** 2
        ).argmin(-1)
        masks.append(np.array(classes)[nearest % len(classes)])
    return np.array(masks)


BINARY = areas([0, 1])
LOOKS_LIKE = {
    "0 and 1": (BINARY.astype(np.uint8), BINARY.astype(np.uint8)),
    "0 and 1 of 16 bits": (BINARY.astype(np.uint16), BINARY.astype(np.uint16)),
    "0 and 1 with probabilities": (BINARY.astype(np.uint8), np.full((2, 48, 64), 0.25)),
    "few classes": (areas(range(5)).astype(np.uint8), areas(range(5), seed=1).astype(np.uint8)),
    "classes and 255": (areas([0, 3, 7, 18, 255]).astype(np.uint8), areas([0, 3]).astype(np.uint8)),
    "floats": (BINARY.astype(np.float32), np.full((2, 48, 64), 0.25, np.float32)),
    "softmax": (BINARY.astype(np.uint8), np.full((2, 48, 64, 2), 0.5, np.float32)),
    "floats with softmax": (BINARY.astype(float), np.full((2, 48, 64, 3), 0.3, np.float32)),
}


@pytest.mark.parametrize("case", LOOKS_LIKE)
def test_class_ids_that_are_shown_as_images_are_said(case, tmp_path):
    truth, prediction = LOOKS_LIKE[case]
    calls = [summary(tmp_path, step, truth, prediction, metrics=False) for step in range(2)]
    returned, found = said(*calls)
    assert returned == [True, True]
    ((category, text),) = found
    assert category is pairs.PairsWarning
    assert text.startswith("pairs shows 'v' as images, as its dtype, ")
    assert "it looks like class ids: pass kind=pairs.Mask()" in text
    record, _ = event_files.read(tmp_path)
    assert record.kind["name"] == "image"
    np.testing.assert_array_equal(np.squeeze(record.samples[0].ground_truth.values), truth[0])


def test_probabilities_against_class_ids_are_no_matter_of_channels(tmp_path):
    truth = LOOKS_LIKE["0 and 1"][0]
    scores = np.full((*truth.shape[:3], 3), 1 / 3, np.float32)
    calls = [summary(tmp_path, step, truth, scores) for step in range(2)]
    _, ((_, text),) = said(*calls)
    assert "pass kind=pairs.Mask(), or kind=pairs.Image() if not" in text
    assert said(summary(tmp_path / "b", 0, truth, scores, kind=pairs.Mask())) == ([True], [])


def test_the_way_out_of_class_ids_is_one(tmp_path):
    truth, prediction = LOOKS_LIKE["floats"]
    _, ((_, text),) = said(summary(tmp_path, 0, truth, prediction))
    assert "pass kind=pairs.Mask() with ground_truth > 0.5 and prediction > 0.5," in text
    options = {"kind": pairs.Mask()}
    assert said(summary(tmp_path / "b", 0, truth > 0.5, prediction > 0.5, **options)) == (
        [True],
        [],
    )


def test_class_ids_are_said_of_the_first_masks_that_are_not_empty(tmp_path):
    empty = np.zeros((2, 48, 64), np.uint8)
    calls = [
        summary(tmp_path, step, truth, truth)
        for step, truth in enumerate([empty, empty, LOOKS_LIKE["0 and 1"][0]])
    ]
    assert [len(said(call)[1]) for call in calls] == [0, 0, 1]


@pytest.mark.parametrize(
    "call",
    [
        lambda writer: pairs.summary("v", *LOOKS_LIKE["0 and 1"], 0, writer=writer),
        lambda writer: collected(writer),
        lambda writer: behind(writer),
    ],
)
def test_class_ids_are_said_at_each_door(call, tmp_path):
    _, found = said(lambda: call(tmp_path))
    assert ["it looks like class ids" in text for _, text in found] == [True]


BEYOND = np.resize([0, 1, 2, 255], (1, 6, 8))


@pytest.mark.parametrize(
    ("kind", "ids"),
    [
        (pairs.Mask(classes=["a", "b"]), "2, 255;"),
        (pairs.Mask(classes=["a", "b"], ignore=255), "2;"),
        (pairs.Mask(classes={0: "a", 2: "c", 9: "z"}), "1, 255;"),
        (pairs.Mask(classes=[str(one) for one in range(255)]), "255;"),
        (pairs.Mask(classes=np.array(["a", "b"])), "2, 255;"),
        (pairs.Mask(classes={9: "z"}), "1, 2, 255;"),
        (pairs.Mask(classes={0: "a", 1: "b", 2: "c", 255: "d"}), None),
        (pairs.Mask(classes=["a", "b", "c"], ignore=[255]), None),
        (pairs.Mask(classes=["a", None, "c"], ignore=255), None),
        (pairs.Mask(classes=["a", "b", "c"], colors={255: "#000000"}), None),
        (pairs.Mask(), None),
        (pairs.Mask(classes=[]), None),
        (pairs.Mask(classes={}), None),
        (pairs.Mask(colors=["#000000"]), None),
    ],
)
@pytest.mark.parametrize("of", ["ground truth", "prediction"])
def test_class_ids_that_are_not_listed_are_said_once(kind, ids, of, tmp_path):
    pair = [BEYOND, np.zeros_like(BEYOND)]
    if of == "prediction":
        pair.reverse()
    _, found = said(*(summary(tmp_path, step, *pair, kind=kind) for step in range(2)))
    wanted = (
        []
        if ids is None
        else [f"pairs shows 'v' with class ids that classes= does not list: {ids}"]
    )
    assert [text.split(" list them")[0] for _, text in found] == wanted


def test_many_class_ids_that_are_not_listed_are_cut(tmp_path):
    ids = np.arange(64).reshape(1, 8, 8)
    _, ((_, text),) = said(summary(tmp_path, 0, ids, ids, kind=pairs.Mask(classes=["a"])))
    assert "does not list: 1, 2, 3, 4, 5, …; list them, or pass" in text


def test_class_ids_below_zero_are_not_listed(tmp_path):
    ids = np.resize([-1, 0], (1, 6, 8))
    _, ((_, text),) = said(summary(tmp_path, 0, ids, ids, kind=pairs.Mask(classes=["a"])))
    assert "does not list: -1; list them" in text


def collected(writer):
    collector = pairs.Collector("v", writer=writer)
    collector.add(*LOOKS_LIKE["0 and 1"])
    collector.write(0)


def behind(writer):
    with pairs.background():
        pairs.summary("v", *LOOKS_LIKE["0 and 1"], 0, writer=writer)


@pytest.mark.parametrize("kind", [pairs.Image(), pairs.Mask()])
def test_a_kind_that_is_given_is_believed(kind, tmp_path):
    truth, prediction = LOOKS_LIKE["0 and 1"]
    assert said(summary(tmp_path, 0, truth, prediction, kind=kind)) == ([True], [])


def photograph(brightest, noise, quality=None):
    """Returns a smooth grey picture with an edge, up to a brightness, as a camera gives it."""
    image = pytest.importorskip("PIL.Image")
    random = np.random.default_rng(0)
    light = image.fromarray(random.integers(0, 256, (6, 6)).astype(np.uint8)).resize((160, 128), 3)
    values = np.asarray(light) / 255 * brightest + random.normal(0, 1, (128, 160)) * noise
    values[32:80, 40:100] += brightest / 3
    picture = np.clip(values, 0, 255).astype(np.uint8)
    if quality is not None:
        file = io.BytesIO()
        image.fromarray(picture).save(file, "JPEG", quality=quality)
        picture = np.asarray(image.open(file))
    return picture


@pytest.mark.parametrize("brightest", [4, 8, 16, 32, 47])
@pytest.mark.parametrize("noise", [0, 0.5, 2])
@pytest.mark.parametrize("quality", [None, 90, 50, 20])
def test_a_dark_photograph_is_not_taken_for_class_ids(brightest, noise, quality):
    picture = photograph(brightest, noise, quality)
    raster = Raster(picture[..., None], "uint8")
    assert not appearance.look_like_classes([raster], [raster])


@pytest.mark.parametrize(
    "truth",
    [
        photograph(255, 1)[None],
        photograph(30, 1)[None],
        np.where(BINARY == 1, 255, 0).astype(np.uint8),
        np.random.default_rng(0).integers(0, 2, (2, 48, 64)).astype(np.uint8),
        np.random.default_rng(0).random((2, 48, 64)).astype(np.float32),
        np.repeat(BINARY[..., None], 3, -1).astype(np.uint8),
        np.zeros((2, 48, 64), np.uint8),
    ],
    ids=["photo", "dark", "black and white", "noise", "floats", "colours", "black"],
)
def test_images_are_not_taken_for_class_ids(truth, tmp_path):
    assert said(summary(tmp_path, 0, truth, truth)) == ([True], [])


def test_scores_against_an_image_are_refused_with_the_way_out(tmp_path):
    first = {"data_format": "channels_first"}
    for classes in (2, 3):
        logits = np.random.default_rng(0).normal(size=(2, classes, 48, 64)) * 5
        for truth in (LOOKS_LIKE["0 and 1"][0], np.full((2, 48, 64), 200, np.uint8)):
            with pytest.raises(ValueError, match=r"scores of .*classes.* kind=pairs\.Mask\(\)"):
                summary(tmp_path, 0, truth, logits, **first)()
            if truth.max() < 2:
                summary(tmp_path / "b", 0, truth, logits, kind=pairs.Mask(), **first)()
    with pytest.raises(ValueError, match=r"scores of .*classes.* kind=pairs\.Mask\(\)"):
        summary(tmp_path, 0, BINARY.astype(np.uint8), np.zeros((2, 48, 64, 19)))()
    assert not list(tmp_path.glob("*tfevents*"))


WITH_THRESHOLD = r"scores of classes need kind=pairs\.Mask\(\) with ground_truth > 0\.5"


@pytest.mark.parametrize("classes", [2, 3, 4])
@pytest.mark.parametrize("channels", [0, 1])
@pytest.mark.parametrize("data_format", ["channels_last", "channels_first"])
def test_scores_against_zeros_and_ones_of_floats_are_refused_with_the_way_out(
    classes, channels, data_format, tmp_path
):
    axis = -1 if data_format == "channels_last" else 1
    logits = np.random.default_rng(0).normal(size=(2, 48, 64, classes)) * 5
    logits = np.moveaxis(logits, -1, axis)
    truth = BINARY.astype(np.float32)
    truth = np.expand_dims(truth, axis) if channels else truth
    options = {"data_format": data_format}
    with pytest.raises(ValueError, match=WITH_THRESHOLD):
        summary(tmp_path, 0, truth, logits, **options)()
    # The way out is one, with the kind and without: booleans are class ids.
    for step, way_out in enumerate([{}, {"kind": pairs.Mask()}]):
        assert said(summary(tmp_path, step, truth > 0.5, logits, **way_out, **options)) == (
            [True],
            [],
        )
    for record in event_files.read(tmp_path):
        want = np.moveaxis(logits, axis, -1).argmax(-1)
        np.testing.assert_array_equal(np.squeeze(record.samples[1].prediction.values), want[1])


def test_floats_between_zero_and_one_are_no_classes_whatever_is_predicted(tmp_path):
    grey = np.random.default_rng(0).random((2, 48, 64))
    colors = np.random.default_rng(1).normal(size=(2, 48, 64, 3))
    assert said(summary(tmp_path, 0, grey, colors, metrics=False)) == ([True], [])


def test_class_ids_as_floats_are_refused_with_the_way_out(tmp_path):
    ids = areas(range(5)).astype(np.float32)
    with pytest.raises(ValueError, match=r"class ids are x\.astype\(int\) with kind=pairs\.Mask"):
        summary(tmp_path, 0, ids, ids)()
    options = {"kind": pairs.Mask()}
    assert said(summary(tmp_path / "b", 0, ids.astype(int), ids.astype(int), **options)) == (
        [True],
        [],
    )
    for quantity in (ids + 0.5, ids * 100):
        with pytest.raises(ValueError, match=r"kind=pairs\.Heatmap\(\) for a quantity$"):
            summary(tmp_path, 1, quantity, quantity)()


def test_a_bright_input_is_not_told_to_be_of_another_kind(tmp_path):
    ids = areas(range(5))
    photos = np.full((*ids.shape, 3), 200.0)
    # The kind is that of truth and prediction; no kind makes 200 a brightness.
    for kind in (pairs.Mask(), pairs.Heatmap()):
        with pytest.raises(ValueError, match=r"^image\[0\].*or use pairs\.normalize\(x\)$"):
            summary(tmp_path, 0, ids, ids, image=photos, kind=kind)()


def test_warnings_of_right_calls_can_be_silenced_and_come_after_the_record(tmp_path):
    truth, prediction = LOOKS_LIKE["0 and 1"]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(pairs.PairsWarning):
            summary(tmp_path, 0, truth, prediction)()
        warnings.filterwarnings("ignore", category=pairs.PairsWarning)
        assert summary(tmp_path, 1, truth, prediction)()
    assert [record.step for record in event_files.read(tmp_path)] == [0, 1]
