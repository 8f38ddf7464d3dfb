# SPDX-License-Identifier: Apache-2.0
"""Values survive the way to disk and back, whatever they are."""

from pathlib import Path

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis.extra import numpy as hnp

import tb_pairs_plugin as pairs
from tests.writing import event_files

SIDES = st.integers(1, 12)
UNEQUAL = pytest.mark.filterwarnings("ignore:pairs measures no:RuntimeWarning")
QUICK = settings(max_examples=60)


def rasters(dtype, channels, **elements):
    """Returns a strategy of arrays `[h, w, c]`."""
    shapes = st.tuples(SIDES, SIDES, channels)
    return shapes.flatmap(lambda shape: hnp.arrays(dtype, shape, **elements))


def stored(ground_truth, prediction, **options):
    """Returns the one sample of the record of one pair."""
    proto = pairs.summary_pb("t", [ground_truth], [prediction], **options)
    (sample,) = event_files.of_summary(proto).samples
    return sample


@UNEQUAL
@QUICK
@given(data=st.data(), dtype=st.sampled_from([np.uint8, np.uint16]))
def test_image_integers_are_exact(data, dtype):
    truth, prediction, image = (data.draw(rasters(dtype, st.integers(1, 4))) for _ in range(3))
    proto = pairs.summary_pb("t", [truth], [prediction], image=[image])
    (sample,) = event_files.of_summary(proto).samples
    np.testing.assert_array_equal(sample.ground_truth.values, truth)
    np.testing.assert_array_equal(sample.prediction.values, prediction)
    np.testing.assert_array_equal(sample.image.values, image)


@pytest.mark.parametrize(
    ("dtype", "bits"),
    [("bool", 8), ("uint8", 8), ("uint16", 16), ("int32", 8), ("int64", 8), ("float32", 8)],
)
@pytest.mark.parametrize("brightest", [1, 200])
def test_the_bits_of_an_input_are_those_of_its_dtype(dtype, bits, brightest):
    image = np.array([[0, brightest if "int" in dtype else 1]]).astype(dtype)
    truth = np.array([[0, 1]])
    proto = pairs.summary_pb("t", [truth], [truth], image=[image])
    (sample,) = event_files.of_summary(proto).samples
    assert sample.image.entry["bits"] == bits
    white = {"uint16": 65535, "bool": 1, "float32": 1}.get(dtype, 255)
    stored_white = 1 if dtype == "float32" else 2**bits - 1
    np.testing.assert_allclose(sample.image.values[..., 0] / stored_white, image / white)


@QUICK
@given(
    data=st.data(),
    dtype=st.sampled_from([np.float16, np.float32, np.float64]),
    bits=st.sampled_from([8, 16]),
)
def test_image_floats_are_exact_to_half_a_level(data, dtype, bits):
    values = st.floats(0, 1, width=np.dtype(dtype).itemsize * 8)
    truth = data.draw(rasters(dtype, st.integers(1, 4), elements=values))
    sample = stored(truth, truth, kind=pairs.Image(bits=bits))
    assert sample.ground_truth.entry["bits"] == bits
    assert "clipped" not in sample.ground_truth.entry
    error = np.abs(sample.ground_truth.values - truth.astype(np.float64))
    assert error.max() <= 0.5 / (2**bits - 1) + 1e-7


@QUICK
@given(
    data=st.data(),
    dtype=st.sampled_from(
        ["bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"]
    ),
)
def test_class_ids_are_exact(data, dtype):
    shape = (data.draw(SIDES), data.draw(SIDES))
    elements = None
    if dtype in ("int64", "uint64"):
        elements = st.integers(-(2**53) + 1 if dtype == "int64" else 0, 2**53 - 1)
    truth = data.draw(hnp.arrays(dtype, shape, elements=elements))
    prediction = data.draw(hnp.arrays(dtype, shape, elements=elements))
    sample = stored(truth, prediction, kind=pairs.Mask())
    np.testing.assert_array_equal(sample.ground_truth.values[..., 0], truth)
    np.testing.assert_array_equal(sample.prediction.values[..., 0], prediction)
    assert sample.ground_truth.entry["dtype"] == dtype


@pytest.mark.parametrize("count", [256, 257, 65536])
@pytest.mark.parametrize("first", [-7, 0, 2**40])
def test_as_many_ids_as_can_be_stored(count, first):
    ids = np.arange(first, first + count).reshape(1, -1)
    sample = stored(ids, ids, kind=pairs.Mask())
    np.testing.assert_array_equal(sample.ground_truth.values[..., 0], ids)
    assert sample.ground_truth.entry["bits"] == (8 if count == 256 else 16)


def test_sparse_ids_of_16_bits_take_8():
    ids = np.array([[0, 1000, 65535]])
    entry = stored(ids, ids).ground_truth.entry
    assert (entry["bits"], entry["ids"]) == (8, [0, 1000, 65535])


@UNEQUAL
@QUICK
@given(
    data=st.data(),
    dtype=st.sampled_from([np.float16, np.float32, np.float64]),
    bits=st.sampled_from([8, 16]),
    bounds=st.sampled_from([None, "minmax", "symmetric"]),
)
def test_heatmap_is_exact_to_half_a_level_and_keeps_what_is_no_number(data, dtype, bits, bounds):
    values = st.floats(width=np.dtype(dtype).itemsize * 8)
    truth, prediction = (data.draw(rasters(dtype, st.just(1), elements=values)) for _ in range(2))
    sample = stored(truth, prediction, kind=pairs.Heatmap(range=bounds, bits=bits))
    for given_, picture in ((truth, sample.ground_truth), (prediction, sample.prediction)):
        low, high = picture.entry["range"]
        assert low < high
        exact = given_.astype(np.float64)
        finite = np.isfinite(exact)
        np.testing.assert_array_equal(picture.values[~finite], exact[~finite])
        # Numbers over 8e307 are beyond any range, and clipped.
        kept = finite & (np.abs(exact) <= 8e307)
        inside = kept & (exact >= low) & (exact <= high)
        lost = np.count_nonzero(kept & ~inside)
        # Only a prediction is ever clipped, and little of it.
        assert lost <= (np.count_nonzero(finite) / 8 if picture is sample.prediction else 0)
        assert picture.entry.get("clipped", 0) * exact.size >= lost - 0.5
        kept = inside
        half = (high / (2**bits - 4) - low / (2**bits - 4)) / 2
        error = np.abs(picture.values[kept] - exact[kept])
        assert (error <= half * 1.01 + np.abs(exact[kept]) * 1e-6).all()


def test_heatmap_of_integers_is_exact_within_its_levels():
    truth = np.random.default_rng(0).integers(-30000, 30000, (20, 30, 1), np.int16)
    sample = stored(truth, truth, kind=pairs.Heatmap())
    np.testing.assert_array_equal(np.rint(sample.ground_truth.values), truth)


def test_heatmap_outside_of_a_fixed_range_is_clipped_and_the_share_recorded():
    truth = np.array([[0.0, 1.0, 2.0, np.nan]])
    sample = stored(truth, truth * 10, kind=pairs.Heatmap(range=(0, 5)))
    np.testing.assert_array_equal(sample.prediction.values.ravel(), [0, 5, 5, np.nan])
    assert sample.prediction.entry["clipped"] == 0.5
    assert "clipped" not in sample.ground_truth.entry


def test_a_constant_heatmap_is_exact():
    truth = np.full((3, 3), 7.25)
    np.testing.assert_array_equal(
        stored(truth, truth, kind=pairs.Heatmap()).ground_truth.values[..., 0], truth
    )


def test_predicted_image_floats_outside_of_0_to_1_are_clipped_and_the_share_recorded():
    truth = np.full((2, 2, 3), 0.5)
    prediction = truth.copy()
    prediction[0, 0, 1] = 7
    prediction[1, 1] = np.nan
    sample = stored(truth, prediction)
    assert sample.prediction.entry["clipped"] == 0.5
    np.testing.assert_array_equal(sample.prediction.values[1, 1], [0, 0, 0])
    assert sample.prediction.values[0, 0, 1] == 1


@UNEQUAL
def test_ground_truth_and_prediction_of_different_size_are_both_exact():
    small = np.random.default_rng(0).integers(0, 256, (5, 7, 3), np.uint8)
    large = np.random.default_rng(1).integers(0, 256, (20, 28, 3), np.uint8)
    sample = stored(large, small)
    np.testing.assert_array_equal(sample.ground_truth.values, large)
    np.testing.assert_array_equal(sample.prediction.values, small)
    assert sample.metrics == {"mae": None, "psnr": None}


@pytest.mark.parametrize("dtype", [">u2", ">i4", ">f8"])
def test_foreign_byte_order(dtype):
    truth = np.array([[0, 1], [1, 0]], dtype)
    np.testing.assert_array_equal(stored(truth, truth).ground_truth.values[..., 0], truth)


@UNEQUAL
def test_views_are_stored_as_seen():
    base = np.random.default_rng(0).integers(0, 256, (40, 30, 6), np.uint8)
    view = base[::-2, 3:20:3, 1:4]
    sample = stored(view, view.transpose(1, 0, 2))
    np.testing.assert_array_equal(sample.ground_truth.values, view)
    np.testing.assert_array_equal(sample.prediction.values, view.transpose(1, 0, 2))


def test_masked_numbers_are_no_numbers_and_masked_metrics_not_measured():
    depth = np.ma.masked_array([[1.0, 2.0], [3.0, 999.0]], mask=[[0, 0], [0, 1]])
    proto = pairs.summary_pb(
        "t",
        [depth],
        [depth.filled(4.0)],
        kind=pairs.Heatmap(),
        metrics={"a": [np.ma.masked], "b": np.ma.masked_array([5.0], mask=[1])},
    )
    (sample,) = event_files.of_summary(proto).samples
    np.testing.assert_array_equal(sample.ground_truth.values[..., 0], depth.filled(np.nan))
    assert sample.entry["metrics"] == {"mae": 0.0, "rmse": 0.0, "a": None, "b": None}
    np.testing.assert_array_equal(
        stored(np.ma.masked_array([[7]]), np.array([[7]])).ground_truth.values, [[[7]]]
    )


def test_a_class_of_a_blank_name_has_none_and_two_may_share_one():
    truth = np.array([[0, 3]])
    kind = pairs.Mask(classes=["road", "", None, " ", "road", "voie ferrée \N{ZERO WIDTH JOINER}"])
    (record,) = [event_files.of_summary(pairs.summary_pb("t", [truth], [truth], kind=kind))]
    assert [(one["id"], one.get("name")) for one in record.kind["classes"]] == [
        (0, "road"),
        (1, None),
        (2, None),
        (3, None),
        (4, "road"),
        (5, "voie ferrée \N{ZERO WIDTH JOINER}"),
    ]


def test_kinds_are_those_of_their_arguments_however_these_are_given():
    kind = pairs.Mask(classes=(name for name in "ab"), ignore=iter([1]))
    assert kind == pairs.Mask(classes=("a", "b"), ignore=(1,))
    truth = np.array([[0, 1]])
    for _ in range(2):
        proto = pairs.summary_pb("t", [truth], [truth * 0], kind=kind)
        assert event_files.of_summary(proto).samples[0].entry["metrics"]["iou"] == 1.0
        assert b'"name":"b"' in proto.value[0].metadata.plugin_data.content
    proto = pairs.summary_pb("t", [truth / 1], [truth / 1], kind=pairs.Heatmap(bits=np.int64(8)))
    assert b'"bits":8,' in proto.value[0].metadata.plugin_data.content


def test_ids_and_counts_may_be_integers_of_any_size():
    truth = np.array([[0, 1]])
    proto = pairs.summary_pb(
        "t", [truth], [truth], ids=[10**400], select=pairs.worst(1.0), max_outputs=10**400
    )
    assert event_files.of_summary(proto).samples[0].entry["id"] == str(10**400)


@pytest.mark.parametrize(
    ("color", "stored"),
    [
        ((0.12, 0.47, 0.71), "#1f78b5"),
        ((1.0, 0, 0.5), "#ff0080"),
        ((31, 120, 181), "#1f78b5"),
        ((1, 0, 0), "#010000"),
        (np.array([31, 120, 181], np.uint8), "#1f78b5"),
        (np.array([0.12, 0.47, 0.71], np.float32), "#1f78b5"),
        ("#1F78B5", "#1f78b5"),
    ],
)
def test_colors_of_classes(color, stored):
    truth = np.zeros((1, 5, 5), np.int64)
    proto = pairs.summary_pb("t", truth, truth, kind=pairs.Mask(colors=[color]))
    (one,) = event_files.of_summary(proto).kind["classes"]
    assert one["color"] == stored


def test_numbers_that_define_a_kind_may_be_arrays():
    depth = np.array([[[0.0, 2.0] * 3]])
    bounds = (depth.min(), np.array([8.0], np.float32))
    proto = pairs.summary_pb("t", depth, depth, kind=pairs.Heatmap(range=bounds))
    assert event_files.of_summary(proto).kind["range"] == [0, 8]
    assert pairs.Mask(ignore=np.array(255)).ignored == (255,)
    assert pairs.Mask(ignore=np.array([0, 255], np.uint8)).ignored == (0, 255)


def test_ids_may_be_paths():
    truth = np.array([[0, 1]])
    proto = pairs.summary_pb(
        "t",
        [truth, truth],
        [truth, truth],
        ids=[Path("a/1.png"), Path("a/2.png")],
        select=[Path("a/2.png")],
    )
    (sample,) = event_files.of_summary(proto).samples
    assert sample.id == str(Path("a/2.png"))


@pytest.mark.parametrize("dtype", ["uint16", "int32", "int64", "uint64"])
def test_more_ids_than_a_byte_counts_are_exact_and_told_apart(dtype):
    ids = np.arange(65536).reshape(256, 256).astype(dtype)
    other = ids.copy()
    other[ids == 33001], other[ids == 65535] = 33002, 7
    sample = stored(ids, other, kind=pairs.Mask())
    np.testing.assert_array_equal(sample.prediction.values[..., 0], other)
    assert sample.metrics["accuracy"] == 1 - 2 / 65536
    # Of 33001 and 65535 no pixel is right; of 33002 and 7 one of two.
    assert sample.metrics["iou"] == pytest.approx((65532 + 2 * 0.5) / 65536, abs=1e-12)


IMAGE_DTYPES = ["bool", "uint8", "uint16", "int8", "int16", "int32", "int64", "uint32", "uint64"]


@pytest.mark.parametrize("dtype", [*IMAGE_DTYPES, "float16", "float32", "float64"])
@pytest.mark.parametrize("kind", [None, pairs.Image(), pairs.Image(bits=16)], ids=repr)
def test_a_dark_picture_is_read_as_a_bright_one(dtype, kind):
    dark = np.array([[0, 1, 1, 0]], dtype)
    bright = np.array([[0, 1, 1, 1 if "float" in dtype or dtype == "bool" else 100]], dtype)
    # Over all of 16 bits where that is what a value of this dtype may be.
    if dtype == "uint16" and kind != pairs.Image():
        bright[0, 3] = 65535
    forms = set()
    for truth, prediction, photo in [
        (dark, dark, dark),
        (bright, dark, bright),
        (dark, bright, dark),
    ]:
        record = event_files.of_summary(
            pairs.summary_pb("t", [truth], [prediction], image=[photo], kind=kind)
        )
        (sample,) = record.samples
        pictures = sample.ground_truth, sample.prediction, sample.image
        forms.add((str(record.kind), *(picture.entry["bits"] for picture in pictures)))
        for given_, picture in zip((truth, prediction, photo), pictures, strict=True):
            shown = picture.values[..., 0]
            # The same number is the same in a dark and in a bright picture.
            is_white = dtype == "bool" and (
                record.kind["name"] == "image" or picture is pictures[2]
            )
            assert shown[0, 1] == (255 if is_white else 1)
            assert shown.shape == given_.shape
    assert len(forms) == 1
