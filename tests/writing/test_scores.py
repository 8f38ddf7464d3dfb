# SPDX-License-Identifier: Apache-2.0
"""Per-sample metrics agree with those of scikit-learn and scikit-image."""

import numpy as np
import pytest
from skimage.metrics import mean_squared_error, peak_signal_noise_ratio
from sklearn.metrics import accuracy_score, jaccard_score

import tb_pairs_plugin as pairs
from tb_pairs_plugin.writing import scores
from tests.writing import event_files


def measured(ground_truth, prediction, **options):
    """Returns the metrics of one pair as they are stored."""
    record = event_files.of_summary(pairs.summary_pb("t", [ground_truth], [prediction], **options))
    (sample,) = record.samples
    for name, value in sample.metrics.items():
        np.testing.assert_equal(event_files._number(record.metrics["metrics"][name][0]), value)
    return sample.metrics


@pytest.mark.parametrize("dtype", ["bool", "uint8", "uint16", "int32", "uint64"])
@pytest.mark.parametrize("ignore", [None, 0, 3, (0, 3)])
@pytest.mark.parametrize("area", [1, 12])
def test_mask_metrics_are_those_of_sklearn(dtype, ignore, area):
    rng = np.random.default_rng(0)
    truth = rng.integers(0, 5, (40, 30)).astype(dtype).repeat(area, 0).repeat(area, 1)
    prediction = np.where(rng.random(truth.shape) < 0.6, truth, rng.integers(0, 7, truth.shape))
    prediction = prediction.astype(dtype)
    found = measured(truth, prediction, kind=pairs.Mask(ignore=ignore))
    ignored = np.atleast_1d(() if ignore is None else ignore)
    counted = ~np.isin(truth, ignored)
    labels = np.setdiff1d(np.union1d(truth[counted], prediction[counted]), ignored)
    expected = jaccard_score(truth[counted], prediction[counted], labels=labels, average="macro")
    assert found["iou"] == pytest.approx(expected)
    assert found["accuracy"] == pytest.approx(accuracy_score(truth[counted], prediction[counted]))


def test_mask_metrics_of_negative_and_huge_ids():
    truth = np.array([[-5, -5, 2**50, 2**50]])
    prediction = np.array([[-5, 2**50, 2**50, 7]])
    assert measured(truth, prediction) == {
        "iou": pytest.approx((1 / 2 + 1 / 3 + 0) / 3),
        "accuracy": 0.5,
    }


def test_mask_metrics_of_different_dtypes():
    truth = np.array([[200, 100]], np.uint8)
    assert measured(truth, truth.astype(np.int64), kind=pairs.Mask())["iou"] == 1
    assert measured(truth.astype(np.int64), truth.view(np.int8), kind=pairs.Mask())["iou"] == (
        pytest.approx(1 / 3)
    )


def test_a_mask_that_is_ignored_altogether_is_not_measured():
    ids = np.full((3, 3), 255)
    assert measured(ids, ids, kind=pairs.Mask(ignore=255)) == {"iou": None, "accuracy": None}


@pytest.mark.parametrize("dtype", ["uint8", "uint16", "float16", "float32", "float64"])
def test_image_metrics_are_those_of_skimage(dtype):
    rng = np.random.default_rng(0)
    white = {"uint8": 255, "uint16": 65535}.get(dtype, 1)
    truth, prediction = ((rng.random((30, 20, 3)) * white).astype(dtype) for _ in range(2))
    exact = [one.astype(np.float64) / white for one in (truth, prediction)]
    found = measured(truth, prediction)
    assert found["psnr"] == pytest.approx(peak_signal_noise_ratio(*exact, data_range=1), rel=1e-4)
    assert found["mae"] == pytest.approx(np.abs(exact[0] - exact[1]).mean(), rel=1e-3)


def test_image_metrics_of_different_dtypes_are_on_one_scale():
    truth = np.random.default_rng(0).integers(0, 256, (9, 8, 3), np.uint8)
    found = measured(truth, truth / 255)
    assert found["mae"] == pytest.approx(0, abs=1e-6)
    assert found["psnr"] > 120


INTEGERS = ["uint8", "uint16", "int32", "int64"]


@pytest.mark.parametrize("bits", [8, 16])
@pytest.mark.parametrize("truth_dtype", [*INTEGERS, "bool", "float16", "float32", "float64"])
@pytest.mark.parametrize("prediction_dtype", [*INTEGERS, "bool", "float16", "float32", "float64"])
def test_image_metrics_are_of_what_is_stored(bits, truth_dtype, prediction_dtype):
    rng = np.random.default_rng(0)

    def picture(dtype, beyond):
        if "float" in dtype:
            return rng.uniform(-beyond, 1 + beyond, (9, 8, 3)).astype(dtype)
        white = 1 if dtype == "bool" else 255 if dtype == "uint8" else 2**bits - 1
        top = min(int(white * (1 + beyond)), 65535 if dtype != "bool" else 1)
        return rng.integers(
            0, min(top, np.iinfo(dtype).max if dtype != "bool" else 1), (9, 8, 3), endpoint=True
        ).astype(dtype)

    truth, prediction = picture(truth_dtype, 0), picture(prediction_dtype, 0.5)
    record = event_files.of_summary(
        pairs.summary_pb("t", [truth], [prediction], kind=pairs.Image(bits=bits))
    )
    (sample,) = record.samples
    wanted, got = (
        stored_levels(one, dtype, bits)
        for one, dtype in ((truth, truth_dtype), (prediction, prediction_dtype))
    )
    error = np.abs(got - wanted)
    assert sample.metrics["mae"] == pytest.approx(error.mean(), rel=1e-9)
    assert sample.metrics["psnr"] == pytest.approx(-10 * np.log10((error**2).mean()), rel=1e-9)


def stored_levels(values, dtype, bits):
    """Returns what a picture shows, 0 to 1, by `docs/format.md`."""
    if dtype == "bool":
        return values.astype(float)
    if dtype == "uint8":
        return values / 255
    white = 2**bits - 1
    exact = values.astype(np.float64) * (white if "float" in dtype else 1)
    return np.floor(np.clip(exact, 0, white) + 0.5) / white


@pytest.mark.parametrize(
    ("truth_dtype", "prediction_dtype"),
    [("int32", "int32"), ("int64", "uint16"), ("uint16", "int32"), ("uint16", "uint16")],
)
def test_image_metrics_of_16_bits_hang_on_no_integer_dtype(truth_dtype, prediction_dtype):
    truth = np.random.default_rng(0).integers(0, 60000, (32, 32, 1))
    found = measured(
        truth.astype(truth_dtype), (truth + 655).astype(prediction_dtype), kind=pairs.Image(bits=16)
    )
    assert found["mae"] == pytest.approx(655 / 65535, rel=1e-12)


def test_a_prediction_that_is_clipped_is_measured_as_clipped():
    truth = np.random.default_rng(0).integers(1, 256, (9, 8, 3), np.uint8)
    found = measured(truth, truth.astype(np.uint16) * 257)
    assert found["mae"] == pytest.approx((255 - truth.astype(float)).mean() / 255)


def test_psnr_of_opposite_pictures_is_zero_without_a_sign():
    black, white = np.zeros((4, 4, 3), np.uint8), np.full((4, 4, 3), 255, np.uint8)
    assert str(measured(black, white, kind=pairs.Image())["psnr"]) in ("0", "0.0")


def test_psnr_of_equal_pictures_is_infinite():
    truth = np.zeros((3, 3, 1), np.uint8)
    assert measured(truth, truth) == {"mae": 0, "psnr": np.inf}


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64", "int32"])
def test_heatmap_metrics_are_those_of_skimage(dtype):
    rng = np.random.default_rng(0)
    truth, prediction = ((rng.random((30, 20)) * 80).astype(dtype) for _ in range(2))
    exact = [one.astype(np.float64) for one in (truth, prediction)]
    found = measured(truth, prediction, kind=pairs.Heatmap())
    assert found["rmse"] == pytest.approx(np.sqrt(mean_squared_error(*exact)))
    assert found["mae"] == pytest.approx(np.abs(exact[0] - exact[1]).mean())


def test_heatmap_metrics_leave_out_what_is_no_number():
    truth = np.array([[1.0, np.nan, np.inf, 4.0]])
    prediction = np.array([[2.0, 1.0, 1.0, -np.inf]])
    assert measured(truth, prediction, kind=pairs.Heatmap()) == {"mae": 1, "rmse": 1}
    assert measured(truth * np.nan, prediction, kind=pairs.Heatmap()) == {"mae": None, "rmse": None}


def test_heatmap_metrics_of_huge_numbers_are_finite():
    truth = np.zeros((2, 2))
    assert measured(truth, truth + 1e200, kind=pairs.Heatmap())["rmse"] == pytest.approx(1e200)


@pytest.mark.parametrize("error", [5e-324, 1e-310, 1e-200, 1e-163, 1e-150, 1e-20])
def test_tiny_errors_are_no_zeros(error):
    zeros = np.zeros((4, 4))
    found = measured(zeros, zeros + error, kind=pairs.Heatmap())
    assert found == {"mae": pytest.approx(error, abs=0), "rmse": pytest.approx(error, abs=0)}


def test_numbers_at_both_ends_of_float64_are_measured():
    truth = np.zeros((4, 4))
    prediction = truth.copy()
    truth[0, 0], prediction[0, 0] = -1.7e308, 1.7e308
    found = measured(truth, prediction, kind=pairs.Heatmap())
    assert found == {"mae": pytest.approx(1.7e308 / 8), "rmse": pytest.approx(1.7e308 / 2)}


@pytest.mark.filterwarnings("ignore:pairs measures no:RuntimeWarning")
def test_pictures_that_differ_in_channels_are_not_measured():
    grey, colour = np.zeros((4, 4), np.uint8), np.zeros((4, 4, 3), np.uint8)
    assert measured(grey, colour) == {"mae": None, "psnr": None}


def test_the_callers_metrics_are_added_and_win():
    ids = np.zeros((3, 3), int)
    found = measured(ids, ids, metrics={"iou": [0.5], "dice": [None]})
    assert found == {"iou": 0.5, "accuracy": 1, "dice": None}


def test_metrics_false_measures_nothing():
    ids = np.zeros((3, 3), int)
    assert measured(ids, ids, metrics=False) == {}


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_metrics_that_json_lacks(value):
    ids = np.zeros((3, 3), int)
    np.testing.assert_equal(measured(ids, ids, metrics={"a": [value]})["a"], value)


def test_lower_is_better_by_the_words_of_a_name():
    ids = np.zeros((1, 3, 5), int)
    names = ["loss", "val_MAE", "L1", "dice", "abs_rel", "rmse (m)", "fidelity", "lossless"]
    proto = pairs.summary_pb("t", ids, ids, metrics={name: [0.0] for name in names})
    lower = event_files.of_summary(proto).metrics["lowerIsBetter"]
    assert lower == ["loss", "val_MAE", "L1", "abs_rel", "rmse (m)"]


@pytest.mark.parametrize(
    ("kind", "lower"),
    [
        (pairs.Mask(), []),
        (pairs.Image(), ["mae"]),
        (pairs.Heatmap(), ["mae", "rmse"]),
        (pairs.Flow(), ["epe", "ae"]),
    ],
)
def test_lower_is_better_of_the_kinds_own_metrics_whatever_words_say(kind, lower, monkeypatch):
    # Of all words there are, and of none.
    for words in (frozenset(kind.own_metrics), frozenset()):
        monkeypatch.setattr(scores, "LOWER_IS_BETTER", words)
        x = np.zeros((1, 3, 5, 2), np.uint8) if lower == ["epe", "ae"] else np.zeros((1, 3, 5))
        x = x.astype(np.float32 if lower else np.uint8)
        proto = pairs.summary_pb("t", x, x, kind=kind)
        assert event_files.of_summary(proto).metrics.get("lowerIsBetter", []) == lower


def test_the_worst_of_a_kinds_own_metric_is_so_whatever_words_say(tmp_path, monkeypatch):
    monkeypatch.setattr(scores, "LOWER_IS_BETTER", frozenset(["accuracy"]))
    truth = np.zeros((3, 8, 8), np.int64)
    prediction = truth.copy()
    prediction[1] = 1
    for select, want in ((pairs.worst(1, by="accuracy"), "1"), (pairs.best(1, by="accuracy"), "0")):
        pairs.summary("t", truth, prediction, 0, writer=tmp_path / want, select=select)
        (record,) = event_files.read(tmp_path / want)
        assert [sample.id for sample in record.samples] == [want]
