# SPDX-License-Identifier: Apache-2.0
"""Optical flow is kept to its range, unknown where it is no number, and measured in pixels."""

import re

import numpy as np
import pytest

import tb_pairs_plugin as pairs
from tests import format_reader

RNG = np.random.default_rng(12)
TRUTH = RNG.normal(0, 9, (2, 6, 7, 2)).astype(np.float32)
PREDICTION = TRUTH + RNG.normal(0, 2, TRUTH.shape).astype(np.float32)


def written(logdir, truth, prediction, kind=None, **options):
    """Returns the samples of a record, read from its file by the format page alone."""
    kind = kind or pairs.Flow()
    assert pairs.summary("flow", truth, prediction, 3, kind=kind, writer=logdir, **options)
    (record,) = format_reader.read(logdir)
    assert record.value.data["kind"]["name"] == "flow"
    return record.samples


def values_of(sample, name):
    picture = sample.pictures[name]
    entry = picture.entry
    return np.array(picture.values).reshape(entry["height"], entry["width"], entry["channels"])


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_displacements_are_read_as_they_were_written(tmp_path, dtype):
    truth, prediction = TRUTH.astype(dtype), PREDICTION.astype(dtype)
    for i, sample in enumerate(written(tmp_path, truth, prediction)):
        for name, given in (("groundTruth", truth[i]), ("prediction", prediction[i])):
            entry = sample.pictures[name].entry
            reach = float(np.abs(given).max())
            assert entry["range"] == [-reach, reach]
            assert (entry["channels"], entry["bits"], entry["layout"]) == (2, 16, "split")
            assert entry["dtype"] == dtype
            error = np.abs(values_of(sample, name) - given)
            assert error.max() <= 0.51 * 2 * reach / 65532


def test_channels_may_come_first(tmp_path):
    first = [one.transpose(0, 3, 1, 2) for one in (TRUTH, PREDICTION)]
    (sample, _) = written(tmp_path / "first", *first, data_format="channels_first")
    (last, _) = written(tmp_path / "last", TRUTH, PREDICTION)
    assert sample.pictures["groundTruth"].stored == last.pictures["groundTruth"].stored
    assert sample.entry["metrics"] == last.entry["metrics"]


def test_integers_are_displacements_too(tmp_path):
    vectors = np.arange(-20, 20, dtype=np.int32).reshape(1, 4, 5, 2)
    (sample,) = written(tmp_path, vectors, vectors)
    np.testing.assert_allclose(values_of(sample, "groundTruth"), vectors[0], atol=0.51 * 40 / 65532)


def test_no_motion_is_exact(tmp_path):
    truth = np.array([[[[0.0, 3.3], [-7.1, 0.0], [0.0, 0.0]]]])
    (sample,) = written(tmp_path, truth, np.zeros_like(truth))
    np.testing.assert_array_equal(values_of(sample, "groundTruth") == 0, truth[0] == 0)
    assert not values_of(sample, "prediction").any()


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 1.1e9, -2e9])
@pytest.mark.parametrize("component", [0, 1])
def test_flow_is_unknown_where_a_component_is_no_displacement(tmp_path, value, component):
    truth = TRUTH.copy()
    truth[0, 2, 3, component] = value
    sample = written(tmp_path, truth, PREDICTION)[0]
    unknown = np.zeros((6, 7, 2), bool)
    unknown[2, 3] = True
    np.testing.assert_array_equal(np.isnan(values_of(sample, "groundTruth")), unknown)
    entry = sample.pictures["groundTruth"].entry
    assert entry["range"][1] < 100
    assert "clipped" not in entry


def test_nothing_is_known_of_an_unknown_flow(tmp_path):
    truth = np.full((1, 3, 4, 2), np.nan, np.float32)
    (sample,) = written(tmp_path, truth, np.ones_like(truth))
    assert np.isnan(values_of(sample, "groundTruth")).all()
    assert sample.entry["metrics"] == {"epe": None, "ae": None}


def test_a_small_error_is_a_good_one(tmp_path):
    written(tmp_path, TRUTH, PREDICTION)
    (record,) = format_reader.read(tmp_path)
    assert record.metrics["lowerIsBetter"] == ["epe", "ae"]


def barron(truth, prediction):
    """The angles between (u, v, 1), in degrees, by the cosine."""
    ends = [np.concatenate([one, np.ones((*one.shape[:-1], 1))], -1) for one in (truth, prediction)]
    units = [end / np.linalg.norm(end, axis=-1, keepdims=True) for end in ends]
    return np.degrees(np.arccos(np.clip((units[0] * units[1]).sum(-1), -1, 1)))


def test_metrics_are_those_of_numpy(tmp_path):
    for i, sample in enumerate(written(tmp_path, TRUTH, PREDICTION)):
        truth, prediction = TRUTH[i].astype(float), PREDICTION[i].astype(float)
        metrics = sample.entry["metrics"]
        assert metrics["epe"] == pytest.approx(np.linalg.norm(prediction - truth, axis=-1).mean())
        assert metrics["ae"] == pytest.approx(barron(truth, prediction).mean())


def test_metrics_of_known_vectors(tmp_path):
    truth = np.array([[[[1.0, 0.0], [0.0, 0.0], [np.nan, 0.0], [5.0, 5.0]]]])
    prediction = np.array([[[[0.0, 0.0], [0.0, 1.0], [1.0, 2.0], [0.0, np.nan]]]])
    (sample,) = written(tmp_path, truth, prediction)
    assert sample.entry["metrics"] == pytest.approx({"epe": 1.0, "ae": 45.0})


def test_a_small_angle_is_not_lost(tmp_path):
    truth = np.full((1, 2, 2, 2), 3.0)
    (sample,) = written(tmp_path, truth, truth + 1e-9)
    assert sample.entry["metrics"]["ae"] == pytest.approx(
        np.degrees(np.sqrt(2) * 1e-9 / 19), rel=1e-5
    )


@pytest.mark.parametrize(
    ("longest", "shown"), [(3.0, 5.0), (5.2, 6.25), (7.5, 7.5), (1000.0, 10.0)]
)
def test_the_pair_shares_a_magnitude(tmp_path, longest, shown):
    truth = np.zeros((1, 2, 2, 2))
    truth[0, 0, 0] = 3, -4
    prediction = np.zeros_like(truth)
    prediction[0, 1, 1] = 0, longest
    (sample,) = written(tmp_path, truth, prediction)
    assert sample.entry["range"] == [0, shown]


def test_a_magnitude_holds_for_the_tag(tmp_path):
    assert pairs.summary("t", TRUTH, PREDICTION, 1, kind=pairs.Flow(magnitude=25), writer=tmp_path)
    (record,) = format_reader.read(tmp_path)
    assert record.value.data["kind"] == {"name": "flow", "range": [0, 25]}
    assert all("range" not in sample.entry for sample in record.samples)
    # What is longer is stored all the same.
    assert all("clipped" not in one.pictures["groundTruth"].entry for one in record.samples)


def test_an_outlier_of_a_prediction_is_clipped_and_counted(tmp_path):
    prediction = PREDICTION.copy()
    prediction[0, 1, 1] = 1e6, -1e6
    sample = written(tmp_path, TRUTH, prediction)[0]
    assert sample.pictures["prediction"].entry["clipped"] == pytest.approx(1 / 42)
    assert "clipped" not in sample.pictures["groundTruth"].entry
    error = np.abs(values_of(sample, "prediction") - prediction[0])
    error[1, 1] = 0
    assert error.max() < 0.01


def test_the_ground_truth_is_stored_once_whatever_is_predicted(tmp_path):
    for step, factor in enumerate([1, 1.3, -50, np.nan]):
        assert pairs.summary("f", TRUTH, factor * TRUTH, step, kind=pairs.Flow(), writer=tmp_path)
    records = format_reader.read(tmp_path)
    entries = [record.samples[0].pictures["groundTruth"].entry for record in records]
    assert all("blob" not in entry for entry in entries)
    assert all(entry == entries[0] for entry in entries)


def test_the_dtype_makes_no_other_ground_truth(tmp_path):
    half = TRUTH.astype(np.float16)
    for i, dtype in enumerate(["float16", "float32", "float64"]):
        writer = tmp_path / dtype
        pairs.summary("f", half.astype(dtype), PREDICTION, i, kind=pairs.Flow(), writer=writer)
    marks = {
        format_reader.read(path)[0].samples[0].pictures["groundTruth"].entry["valueDigest"]
        for path in tmp_path.iterdir()
    }
    assert len(marks) == 1


def test_a_resized_prediction_keeps_its_motion(tmp_path):
    truth = np.empty((1, 8, 12, 2), np.float32)
    truth[...] = 6, -2
    quarter = np.empty((1, 4, 4, 2), np.float32)
    quarter[...] = 2, -1
    (sample,) = written(tmp_path, truth, quarter, resize="bilinear")
    assert values_of(sample, "prediction").shape == (8, 12, 2)
    assert sample.entry["metrics"] == pytest.approx({"epe": 0, "ae": 0}, abs=1e-5)


@pytest.mark.parametrize(
    ("shape", "message"),
    [
        ((2, 6, 7), "(2, 6, 7), 1 channel, want 2, the displacement (u, v) of each pixel"),
        ((2, 6, 7, 3), "3 channels, want 2, the displacement (u, v) of each pixel; pass flow and"),
        ((2, 2, 6, 7), "data_format='channels_first' where the channels come first"),
        ((6, 7, 2), "pass x[None] for one picture"),
    ],
)
def test_other_channels_are_refused(shape, message):
    vectors = np.zeros(shape, np.float32)
    with pytest.raises(ValueError, match=re.escape(message)):
        pairs.summary_pb("t", vectors, vectors, kind=pairs.Flow())


def test_pictures_without_channels_in_a_list_are_refused():
    with pytest.raises(ValueError, match=r"ground_truth\[0\] has shape \(6, 7\), 1 channel"):
        pairs.summary_pb("t", [TRUTH[0, ..., 0]], [TRUTH[0]], kind=pairs.Flow())


@pytest.mark.parametrize("magnitude", [0, -1, np.nan, np.inf, "5", [5]])
def test_a_magnitude_is_a_number_above_0(magnitude):
    with pytest.raises(ValueError, match="want a number above 0, or None"):
        pairs.Flow(magnitude=magnitude)
