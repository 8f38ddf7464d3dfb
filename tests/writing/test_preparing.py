# SPDX-License-Identifier: Apache-2.0
"""`resize=`, `denormalize=`, `one_hot=`: what is stored of what was given."""

import numpy as np
import pytest

import tb_pairs_plugin as pairs
from tb_pairs_plugin.writing import preparing
from tests.writing import event_files

RNG = np.random.default_rng(0)
LABELS = RNG.integers(0, 5, (2, 32, 24))
SCORES = RNG.normal(size=(2, 8, 6, 5)).astype(np.float32)
PHOTOS = RNG.integers(0, 256, (2, 16, 12, 3)).astype(np.uint8)
MEAN, STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
NORMALIZED = ((PHOTOS / 255 - MEAN) / STD).astype(np.float32)


def first(proto):
    return event_files.of_summary(proto).samples[0]


@pytest.mark.parametrize("old", [(8, 6), (1, 1), (5, 40), (33, 7)])
@pytest.mark.parametrize("most", [2**22, 100])
def test_scores_are_resized_as_by_torch_before_the_highest_is_taken(old, most, monkeypatch):
    torch = pytest.importorskip("torch")
    monkeypatch.setattr(preparing, "_MOST_VALUES", most)
    scores = RNG.normal(size=(1, *old, 5)).astype(np.float32)
    large = torch.nn.functional.interpolate(
        torch.from_numpy(scores).permute(0, 3, 1, 2),
        (32, 24),
        mode="bilinear",
        align_corners=False,
    )
    sample = first(pairs.summary_pb("t", LABELS[:1], scores, resize="bilinear"))
    np.testing.assert_array_equal(sample.prediction.values[..., 0], large.argmax(1)[0])
    assert sample.metrics["iou"] is not None


@pytest.mark.parametrize("resize", [None, "bilinear"])
@pytest.mark.parametrize("measure", [True, False])
def test_scores_that_are_not_numbers_are_said_and_not_measured(resize, measure, tmp_path):
    labels = np.zeros((2, 8, 4, 1), int)
    scores = np.tile(np.float32([9, 1, 2]), (2, 8, 4, 1))
    # To NumPy NaN is the highest.
    scores[0, :, :2] = [1, np.nan, 2]
    scores[0, :4, 3] = np.nan

    def log(step):
        pairs.summary(
            *("nan", labels, scores, step),
            kind=pairs.Mask(),
            resize=resize,
            metrics=None if measure else False,
            writer=tmp_path,
        )

    with pytest.warns(pairs.PairsWarning, match=r"knows no class of 62\.5 % of the") as said:
        log(0)
    log(1)
    assert len(said) == 1
    record = event_files.read(tmp_path, "nan")[1]
    bad, good = record.samples
    assert not {"iou", "accuracy"} & {
        name for name, value in bad.metrics.items() if value is not None
    }
    want = np.where(np.arange(4) < 2, 2, 0) * np.ones((8, 1), int)
    np.testing.assert_array_equal(bad.prediction.values[..., 0], want)
    if measure:
        assert (good.metrics["iou"], good.metrics["accuracy"]) == (1, 1)
        assert record.counts[0] is None


def test_numbers_and_intensities_are_resized_too():
    truth = np.ones((1, 4, 4), np.float32)
    small = np.array([[[0.0, 1.0]]], np.float32)
    want = [[0.0, 0.25, 0.75, 1.0]] * 4
    for kind in (pairs.Heatmap(bits=32), pairs.Image(bits=16)):
        sample = first(
            pairs.summary_pb("t", list(truth), list(small), kind=kind, resize="bilinear")
        )
        values = sample.prediction.values[..., 0]
        values = values / 65535 if values.dtype.kind == "u" else values
        np.testing.assert_allclose(values, want, atol=1e-5)


def test_class_ids_are_never_resized():
    with pytest.warns(pairs.PairsWarning, match="resize='bilinear'"):
        proto = pairs.summary_pb("t", LABELS, LABELS[:, ::2, ::2], resize="bilinear")
    assert first(proto).prediction.values.shape[:2] == (16, 12)


def test_without_being_asked_nothing_is_resized():
    with pytest.warns(pairs.PairsWarning, match="resize='bilinear' brings scores"):
        proto = pairs.summary_pb("t", LABELS, SCORES)
    assert first(proto).prediction.values.shape[:2] == (8, 6)


@pytest.mark.parametrize("dtype", ["float64", "float32", "float16"])
def test_a_normalized_image_comes_back_to_the_byte(dtype):
    # What rounds beyond black and white isn't to be called clipped.
    given = NORMALIZED.astype(dtype)
    sample = first(pairs.summary_pb("t", LABELS, LABELS, image=given, denormalize=(MEAN, STD)))
    off = 0 if dtype != "float16" else 1
    stored = np.rint(sample.image.values * 255).astype(int)
    assert np.abs(stored - PHOTOS[0]).max() <= off
    assert not sample.image.entry.get("clipped")


def test_one_mean_and_std_for_all_channels_and_channels_first():
    given = np.moveaxis((PHOTOS / 255 - 0.5) / 0.25, -1, 1).astype(np.float32)
    proto = pairs.summary_pb(
        "t", LABELS, LABELS, image=given, denormalize=(0.5, 0.25), data_format="channels_first"
    )
    np.testing.assert_array_equal(np.rint(first(proto).image.values * 255), PHOTOS[0])


@pytest.mark.parametrize("dtype", ["float32", "uint8", "bool"])
def test_one_hot_labels_become_ids(dtype):
    one_hot = np.eye(5)[LABELS].astype(dtype)
    sample = first(pairs.summary_pb("t", one_hot, np.roll(one_hot, 1, 1), one_hot=True))
    np.testing.assert_array_equal(sample.ground_truth.values[..., 0], LABELS[0])
    np.testing.assert_array_equal(sample.prediction.values[..., 0], np.roll(LABELS, 1, 1)[0])


def test_a_collector_prepares_alike(tmp_path):
    collector = pairs.Collector(
        "t", writer=tmp_path, resize="bilinear", denormalize=(MEAN, STD), one_hot=True
    )
    collector.add(np.eye(5, dtype=np.float32)[LABELS], SCORES, image=NORMALIZED)
    assert collector.write(0)
    (record,) = event_files.read(tmp_path)
    want = first(pairs.summary_pb("t", LABELS, SCORES, resize="bilinear"))
    np.testing.assert_array_equal(record.samples[0].prediction.values, want.prediction.values)
    np.testing.assert_array_equal(record.samples[0].ground_truth.values[..., 0], LABELS[0])
    np.testing.assert_array_equal(np.rint(record.samples[0].image.values * 255), PHOTOS[0])


def test_in_a_graph_too(tmp_path):
    tf = pytest.importorskip("tensorflow")

    @tf.function
    def write(labels, scores, photos):
        return pairs.summary(
            "t",
            labels,
            scores,
            0,
            image=photos,
            writer=str(tmp_path),
            one_hot=True,
            resize="bilinear",
            denormalize=(MEAN, STD),
        )

    assert write(tf.one_hot(LABELS, 5), tf.constant(SCORES), tf.constant(NORMALIZED)).numpy()
    (record,) = event_files.read(tmp_path)
    np.testing.assert_array_equal(record.samples[0].ground_truth.values[..., 0], LABELS[0])
    np.testing.assert_array_equal(np.rint(record.samples[0].image.values * 255), PHOTOS[0])


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"resize": "nearest"}, "resize is 'nearest', want 'bilinear' or None"),
        ({"one_hot": 1}, "one_hot is 1, want True or False"),
        ({"one_hot": True}, r"ground_truth\[0\] has one channel, want one per class"),
        ({"one_hot": True, "kind": pairs.Image()}, "want kind=pairs.Mask"),
        ({"denormalize": 0.5}, r"want \(mean, std\)"),
        ({"denormalize": (0.5, 0.5, 0.5)}, r"want \(mean, std\)"),
        ({"denormalize": (0.5, float("nan"))}, r"want \(mean, std\)"),
        ({"denormalize": (0.5, 0)}, "has the std 0, want numbers above 0"),
        ({"denormalize": ((0.5, 0.5), 1)}, r"2 numbers as mean, and image\[0\] has 3 channels"),
        ({"denormalize": (0.5, 0.5), "image": PHOTOS}, "is uint8, want the floats"),
    ],
)
def test_what_cannot_be_done_is_refused(options, says):
    with pytest.raises(ValueError, match=says):
        pairs.summary_pb("t", LABELS, LABELS, **{"image": PHOTOS / 255, **options})
