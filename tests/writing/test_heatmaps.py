# SPDX-License-Identifier: Apache-2.0
"""The ground truth of a heatmap is kept whatever is predicted; what an outlier costs is marked."""

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis.extra import numpy as hnp

import tb_pairs_plugin as pairs
from tests.writing import event_files

DEPTH = np.linspace(1, 80, 64, dtype=np.float32).reshape(1, 8, 8)
RANGES = pytest.mark.parametrize(
    "bounds", [None, "minmax", "symmetric", "percentile", ("percentile", 10, 90), (0.0, 50.0)]
)


def stored(truth, prediction, **options):
    """Returns the one sample of the record of one pair."""
    proto = pairs.summary_pb("t", [truth], [prediction], kind=pairs.Heatmap(**options))
    (sample,) = event_files.of_summary(proto).samples
    return sample


def levels_apart(picture):
    low, high = picture.entry["range"]
    return (high - low) / (2 ** picture.entry["bits"] - 4)


@RANGES
@pytest.mark.parametrize("bits", [8, 16])
def test_the_ground_truth_is_stored_once_whatever_is_predicted(tmp_path, bounds, bits):
    kind = pairs.Heatmap(range=bounds, bits=bits)
    for step, factor in enumerate([1, 1.3, 1, -2, 1e6, np.nan]):
        prediction = DEPTH * np.float32(factor)
        assert pairs.summary("depth", DEPTH, prediction, step, kind=kind, writer=tmp_path)
    records = event_files.read(tmp_path)
    truths = [record.samples[0].ground_truth for record in records]
    assert all(truth.is_reference for truth in truths)
    assert len(event_files.content_tags(tmp_path)) == 1
    assert all(truth.entry == truths[0].entry for truth in truths)
    marks = {record.metrics["groundTruth"][0] for record in records}
    assert marks == {truths[0].entry["valueDigest"][:8]}


@pytest.mark.parametrize("bounds", [None, "minmax", "symmetric", "percentile"])
def test_the_ground_truth_is_exact_to_its_own_range(bounds):
    truth = stored(DEPTH[0], 1000 * DEPTH[0], range=bounds).ground_truth
    assert truth.entry["range"] == [1, 80]
    assert "clipped" not in truth.entry
    assert np.abs(truth.values[..., 0] - DEPTH[0]).max() <= 0.51 * 79 / 65532


@pytest.mark.parametrize("bits", [8, 16])
@pytest.mark.parametrize("outlier", [1e6, 1e9, -1e9, 3e38])
def test_what_a_predictions_outlier_costs_is_the_predictions_and_marked(bits, outlier):
    prediction = DEPTH[0].copy()
    prediction[3, 5] = outlier
    sample = stored(DEPTH[0], prediction, bits=bits)
    assert sample.ground_truth.entry["range"] == [1, 80]
    assert "clipped" not in sample.ground_truth.entry
    assert sample.prediction.entry["clipped"] == 1 / 64
    error = np.abs(sample.prediction.values[..., 0] - prediction)
    error[3, 5] = 0
    assert error.max() <= 0.51 * levels_apart(sample.prediction)
    assert levels_apart(sample.prediction) <= 3 * levels_apart(sample.ground_truth)


def test_a_prediction_of_another_scale_is_kept_whole():
    millimetres = 1000 * DEPTH[0]
    prediction = stored(DEPTH[0], millimetres).prediction
    assert "clipped" not in prediction.entry
    np.testing.assert_allclose(prediction.values[..., 0], millimetres, atol=79000 / 65532)


def test_a_prediction_of_few_outliers_beside_a_constant_truth_is_kept():
    truth = np.zeros((8, 8), np.float32)
    prediction = np.linspace(0, 100, 64, dtype=np.float32).reshape(8, 8)
    entry = stored(truth, prediction).prediction.entry
    assert entry["range"] == [0, 100]
    assert "clipped" not in entry


@pytest.mark.parametrize(
    ("bounds", "factor", "shown"),
    [
        (None, 1, [1, 80]),
        # By whole quarters of its width, at most to twice that beyond it.
        (None, 1.1, [1, 99.75]),
        (None, 1.2, [1, 99.75]),
        (None, 1e6, [1, 159]),
        ("minmax", 2, [1, 160]),
        ("symmetric", 1, [-80, 80]),
        ("symmetric", -1.1, [-100, 100]),
        (("percentile", 0, 100), 3, [1, 80]),
    ],
)
def test_the_colors_of_a_pair_span_one_range(bounds, factor, shown):
    sample = stored(DEPTH[0], np.float32(factor) * DEPTH[0], range=bounds)
    assert sample.entry["range"] == pytest.approx(shown)


def test_percentiles_bound_the_colors_and_no_value():
    truth = np.arange(1001.0).reshape(7, 143)
    sample = stored(truth, truth + 5000, range="percentile")
    assert sample.entry["range"] == [10, 990]
    assert sample.ground_truth.entry["range"] == [0, 1000]
    assert "clipped" not in sample.prediction.entry
    assert stored(truth, truth, range=("percentile", 20, 50)).entry["range"] == [200, 500]


def test_a_fixed_range_is_what_is_stored_and_shown():
    sample = stored(DEPTH[0], DEPTH[0], range=(0, 50))
    assert "range" not in sample.entry
    for picture in (sample.ground_truth, sample.prediction):
        assert picture.entry["range"] == [0, 50]
        assert picture.entry["clipped"] == np.count_nonzero(DEPTH > 50) / 64


@pytest.mark.parametrize(
    ("kind", "first", "second"),
    [
        (pairs.Mask(), np.arange(64, dtype="uint8"), np.arange(64)),
        (pairs.Mask(), np.arange(64) + 1000, np.arange(64, dtype="uint16") + 1000),
        (pairs.Mask(), np.arange(2, dtype=bool), np.arange(2, dtype="int32")),
        (pairs.Image(), np.arange(64, dtype="uint8"), np.arange(64) / 255),
        (pairs.Image(), np.arange(2, dtype=bool), np.array([0, 255], "uint8")),
        (pairs.Heatmap(), np.arange(64.0), np.arange(64, dtype="int16")),
        (pairs.Heatmap(), np.array([np.nan, 0.0]), -np.array([np.nan, 0.0], "float32")),
    ],
)
def test_equal_values_have_one_digest_whatever_their_dtype(kind, first, second):
    one, other = (of_values(kind, values) for values in (first, second))
    assert one == other


@pytest.mark.parametrize(
    ("kind", "first", "second"),
    [
        (pairs.Mask(), np.arange(64), np.arange(64) + 1),
        (pairs.Mask(), np.arange(64) + 1000, np.arange(64) + 2000),
        (pairs.Image(), np.zeros(4, "uint8"), np.ones(4, "uint8")),
        (pairs.Heatmap(), np.arange(4.0), 2 * np.arange(4.0)),
    ],
)
def test_other_values_have_another_digest(kind, first, second):
    one, other = (of_values(kind, values) for values in (first, second))
    assert one != other


def of_values(kind, values):
    picture = values.reshape(1, 1, -1, 1)
    proto = pairs.summary_pb("t", picture, picture, kind=kind)
    (sample,) = event_files.of_summary(proto).samples
    assert "valueDigest" not in sample.prediction.entry
    return sample.ground_truth.entry["valueDigest"]


def test_the_digest_of_values_hangs_on_no_encoder(monkeypatch):
    from tb_pairs_plugin.writing.pictures import png

    kind = pairs.Image()
    values = np.arange(64, dtype="uint8")
    before = of_values(kind, values)
    monkeypatch.setattr(png, "FAST", png.SMALL)
    assert of_values(kind, values) == before


FLOATS = hnp.arrays(
    np.float32, st.tuples(st.integers(1, 9), st.integers(1, 9)), elements=st.floats(width=32)
)


@pytest.mark.filterwarnings("ignore:pairs measures no:RuntimeWarning")
@settings(max_examples=100, suppress_health_check=list(HealthCheck))
@given(truth=FLOATS, prediction=FLOATS, bounds=st.sampled_from([None, "percentile", (0.0, 1.0)]))
@example(
    truth=np.array([[np.nan, np.inf, -np.inf, -0.0, 0.0, 1e-45, -1e-45, 3.4e38]], np.float32),
    prediction=np.array([[1e9, np.pi, -1, 2**-126]], np.float32),
    bounds=None,
)
def test_with_32_bits_float32_is_kept_bit_for_bit(truth, prediction, bounds):
    sample = stored(truth, prediction, bits=32, range=bounds)
    for given_, picture in ((truth, sample.ground_truth), (prediction, sample.prediction)):
        kept = picture.values[..., 0]
        assert kept.dtype == np.float32
        numbers = ~np.isnan(given_)
        np.testing.assert_array_equal(np.isnan(kept), ~numbers)
        np.testing.assert_array_equal(
            kept[numbers].view(np.uint32), given_[numbers].view(np.uint32)
        )
        assert "clipped" not in picture.entry
        assert (picture.entry["bits"], picture.entry["layout"]) == (32, "split")
        finite = given_[np.isfinite(given_)]
        if finite.size:
            low, high = picture.entry["range"]
            assert low <= finite.min()
            assert high >= finite.max()


def test_with_32_bits_other_dtypes_are_rounded_to_float32():
    doubles = np.array([[1 / 3, 2**24 + 1.0, 1e300, -1e300, np.inf, 5e-324]])
    sample = stored(doubles, doubles, bits=32)
    largest = np.finfo(np.float32).max
    expected = np.array([1 / 3, 2**24, largest, -largest, np.inf, 0], np.float32)
    np.testing.assert_array_equal(sample.ground_truth.values[0, :, 0], expected)
    # What is beyond float32 is clipped, and counted.
    assert sample.ground_truth.entry["clipped"] == 2 / 6
    integers = np.array([[0, -(2**24) - 1, 65535]], np.int32)
    exact = stored(integers, integers, bits=32).ground_truth.values[0, :, 0]
    np.testing.assert_array_equal(exact, [0, -(2**24), 65535])


def test_with_32_bits_a_fixed_range_is_only_what_is_shown():
    sample = stored(DEPTH[0], DEPTH[0], bits=32, range=(0, 50))
    assert "range" not in sample.entry
    np.testing.assert_array_equal(sample.ground_truth.values[..., 0], DEPTH[0])


@pytest.mark.parametrize("bounds", [None, "minmax", "symmetric", "percentile"])
@pytest.mark.parametrize("bits", [8, 16, 32])
@pytest.mark.parametrize("ends", [(1.7e308, 1.7e308), (-1.7e308, 1.7e308), (-1.7e308, -1.7e308)])
def test_ranges_are_finite_whatever_the_values(bounds, bits, ends):
    truth = np.linspace(0, 1, 400).reshape(20, 20)
    extreme = np.where(truth < 0.5, *ends)
    for one, other in ((extreme, truth), (truth, extreme), (extreme, extreme)):
        sample = stored(one, other, range=bounds, bits=bits)
        for entry in (sample.entry, sample.ground_truth.entry, sample.prediction.entry):
            low, high = entry["range"]
            assert np.isfinite([low, high, high - low]).all()
            assert low < high or (bits == 32 and low == high)
    assert sample.ground_truth.entry["clipped"] > 0


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
@pytest.mark.parametrize("bits", [8, 16])
def test_a_number_just_outside_of_the_range_is_counted(dtype, bits):
    values = np.array([[-(2.0**-20), 0, 1, 1 + 2.0**-9]], dtype)
    sample = stored(values, values, bits=bits, range=(0.0, 1.0))
    assert sample.ground_truth.entry["clipped"] == 2 / 4


def test_the_ends_of_a_range_are_not_outside_of_it():
    for values in np.random.default_rng(0).normal(size=(200, 1, 4, 4)):
        assert "clipped" not in stored(values[0], values[0]).ground_truth.entry
