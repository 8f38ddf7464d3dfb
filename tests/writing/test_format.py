# SPDX-License-Identifier: Apache-2.0
"""`docs/format.md` alone suffices to read what is written, and README's promise on values holds."""

import ast
import math
import sys
from pathlib import Path

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.extra import numpy as hnp
from tensorboard.compat.proto import event_pb2

import tb_pairs_plugin as pairs
from tests import format_reader

ALL_INTEGERS = ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"]
FLOATS = ["float16", "float32", "float64"]
SIDES = st.integers(1, 9)
QUICK = settings(max_examples=60, suppress_health_check=list(HealthCheck))

PICTURE = np.arange(64, dtype=np.uint8).reshape(1, 8, 8, 1) // 2

# What a stored value may differ by from what was given, in levels.
BOUND = 0.51


def test_the_reader_has_only_the_page_and_the_standard_library():
    tree = ast.parse(Path(format_reader.__file__).read_text())
    imported = {
        name
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or "."]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert imported
    assert {name.partition(".")[0] for name in imported} <= set(sys.stdlib_module_names)


def read(truth, prediction, image=None, **options):
    """Returns the one sample of the record of one pair."""
    inputs = None if image is None else [image]
    proto = pairs.summary_pb("t", [truth], [prediction], image=inputs, **options)
    event = event_pb2.Event(step=-7, wall_time=1.5, summary=proto).SerializeToString()
    (record,) = format_reader.records(list(format_reader.values_of(event)))
    assert (record.value.step, record.value.wall_time, record.value.tag) == (-7, 1.5, "t")
    (sample,) = record.samples
    truth_picture = sample.pictures["groundTruth"]
    told = truth_picture.value_digest
    assert told in (None, truth_picture.entry["valueDigest"])
    return sample.pictures


def test_a_value_without_metadata_has_that_of_its_tag(tmp_path):
    tf = pytest.importorskip("tensorflow")
    with tf.Graph().as_default():
        writer = tf.compat.v1.summary.FileWriter(str(tmp_path))
    for step in range(3):
        assert pairs.summary("a", PICTURE, PICTURE + np.uint8(step), step, writer=writer)
    writer.close()
    found = format_reader.read(tmp_path)
    assert [record.value.step for record in found] == [0, 1, 2]
    for step, record in enumerate(found):
        pictures = record.samples[0].pictures
        assert pictures["groundTruth"].values == PICTURE.ravel().tolist()
        assert pictures["prediction"].values == (PICTURE + step).ravel().tolist()


def as_array(picture):
    entry = picture.entry
    return np.array(picture.values).reshape(entry["height"], entry["width"], entry["channels"])


@pytest.mark.filterwarnings("ignore:pairs measures no:RuntimeWarning")
@QUICK
@given(data=st.data(), dtype=st.sampled_from(["bool", *ALL_INTEGERS]))
def test_class_ids_are_read(data, dtype):
    wide = st.integers(-(2**53) + 1 if dtype == "int64" else 0, 2**53 - 1)
    elements = data.draw(
        st.sampled_from([wide if dtype.endswith("int64") else None, st.integers(0, 1), None])
        if not dtype.endswith("64")
        else st.just(wide)
    )
    if dtype == "bool":
        elements = None
    truth, prediction = (
        data.draw(hnp.arrays(dtype, st.tuples(SIDES, SIDES), elements=elements)) for _ in range(2)
    )
    found = read(truth, prediction, kind=pairs.Mask())
    for given_, name in ((truth, "groundTruth"), (prediction, "prediction")):
        np.testing.assert_array_equal(as_array(found[name])[..., 0], given_)
        assert found[name].entry["dtype"] == dtype


def shows(picture, values, bits):
    """Checks an image against the values that were given."""
    exact = values.astype(np.float64)
    assert picture.entry["dtype"] == values.dtype.name
    white = 2 ** picture.entry["bits"] - 1
    if values.dtype == np.bool_:
        expected, bound = exact * 255, 0.0
    elif values.dtype.kind == "f":
        expected, bound = np.clip(np.nan_to_num(exact, nan=0), 0, 1), BOUND / white
    else:
        expected, bound = np.clip(exact, 0, white), 0.0
    if values.dtype == np.uint8 or values.dtype == np.bool_:
        assert picture.entry["bits"] == 8
    else:
        assert picture.entry["bits"] == bits
    assert np.abs(as_array(picture) - expected).max() <= bound
    outside = ~((exact >= 0) & (exact <= (1 if values.dtype.kind in "fb" else white)))
    share = np.count_nonzero(outside.any(-1)) / outside[..., 0].size
    assert picture.entry.get("clipped", 0) == pytest.approx(share)


@pytest.mark.filterwarnings("ignore:pairs measures no:RuntimeWarning")
@QUICK
@given(data=st.data(), bits=st.sampled_from([8, 16]))
def test_images_are_read(data, bits):
    def picture(dtype, inside):
        shape = data.draw(st.tuples(SIDES, SIDES, st.integers(1, 4)))
        elements = None
        if dtype in FLOATS:
            width = int(dtype[5:])
            limits = {"min_value": 0, "max_value": 1} if inside else {}
            elements = st.floats(width=width, **limits)
        elif inside and dtype != "bool":
            elements = st.integers(0, min(255, np.iinfo(dtype).max))
        return data.draw(hnp.arrays(dtype, shape, elements=elements))

    dtypes = st.sampled_from(["bool", *ALL_INTEGERS, *FLOATS])
    truth, image = (picture(data.draw(dtypes), inside=True) for _ in range(2))
    prediction = picture(data.draw(dtypes), inside=False)
    found = read(truth, prediction, image, kind=pairs.Image(bits=bits))
    shows(found["groundTruth"], truth, bits)
    shows(found["prediction"], prediction, bits)
    shows(found["input"], image, 16 if image.dtype == np.uint16 else 8)


@pytest.mark.filterwarnings("ignore:pairs measures no:RuntimeWarning")
@QUICK
@given(
    data=st.data(),
    bits=st.sampled_from([8, 16, 32]),
    bounds=st.sampled_from([None, "minmax", "symmetric", "percentile", (0.0, 1.0)]),
)
def test_heatmaps_are_read(data, bits, bounds):
    def picture():
        dtype = data.draw(st.sampled_from(["bool", *ALL_INTEGERS, *FLOATS]))
        elements = st.floats(width=int(dtype[5:])) if dtype in FLOATS else None
        return data.draw(hnp.arrays(dtype, st.tuples(SIDES, SIDES), elements=elements))

    truth, prediction = picture(), picture()
    found = read(truth, prediction, kind=pairs.Heatmap(bits=bits, range=bounds))
    for given_, name in ((truth, "groundTruth"), (prediction, "prediction")):
        keeps(found[name], given_, bits)


def keeps(picture, values, bits):
    """Checks a heatmap against the values that were given."""
    kept = as_array(picture)[..., 0]
    if bits == 32:
        largest = np.finfo(np.float32).max
        with np.errstate(over="ignore"):
            exact = values.astype(np.float64)
            clipped = np.isfinite(exact) & (np.abs(exact) > largest)
            exact[clipped] = np.copysign(largest, exact[clipped])
            exact = exact.astype(np.float32)
        np.testing.assert_array_equal(kept.astype(np.float32), exact)
        np.testing.assert_array_equal(np.signbit(kept)[exact == 0], np.signbit(exact)[exact == 0])
    else:
        exact = values.astype(np.float64)
        finite = np.isfinite(exact)
        np.testing.assert_array_equal(kept[~finite], exact[~finite])
        low, high = picture.entry["range"]
        clipped = finite & ~((exact >= low) & (exact <= high))
        inside = finite & ~clipped
        bound = BOUND * (high / (2**bits - 4) - low / (2**bits - 4))
        slack = 4 * np.spacing(max(abs(low), abs(high)))
        assert (np.abs(kept[inside] - exact[inside]) <= bound + slack).all()
        ends = np.clip(exact[clipped], low, high)
        # In 64-bit arithmetic low + (high - low) may miss high by its last digit.
        assert (np.abs(kept[clipped] - ends) <= slack).all()
    assert picture.entry.get("clipped", 0) == pytest.approx(
        np.count_nonzero(clipped) / clipped.size
    )


@pytest.mark.parametrize("write", ["logs", "SummaryWriter"])
def test_a_run_of_every_layout_is_read(tmp_path, write):
    rng = np.random.default_rng(0)
    coarse = rng.integers(0, 3, (1, 12, 14)).repeat(4, 1).repeat(4, 2)
    noise = rng.integers(0, 250, (1, 40, 30))
    depth = np.linspace(1, 80, 1200, dtype=np.float32).reshape(1, 40, 30)
    cases = {
        "neighbors": (pairs.Mask(), coarse),
        "plain": (pairs.Mask(), noise),
        "ids": (pairs.Mask(), coarse * 10**12 - 5),
        "many ids": (pairs.Mask(), rng.integers(0, 60000, (1, 40, 30))),
        "photo": (pairs.Image(), noise[..., None].repeat(3, -1).astype(np.uint8)),
        "depth": (pairs.Heatmap(), depth),
        "coarse depth": (pairs.Heatmap(bits=8), depth),
        "exact depth": (pairs.Heatmap(bits=32), depth),
    }
    writer = tmp_path
    if write == "SummaryWriter":
        writer = pytest.importorskip("torch.utils.tensorboard").SummaryWriter(str(tmp_path))
    for step in range(3):
        for tag, (kind, truth) in cases.items():
            prediction = np.roll(truth, step + 1, axis=1)
            assert pairs.summary(
                tag,
                truth,
                prediction,
                step,
                kind=kind,
                image=truth % 2 / 2,
                ids=["ä"],
                writer=writer,
            )
    if write == "SummaryWriter":
        writer.close()
    records = format_reader.read(tmp_path)
    assert [record.manifest["sequence"] for record in records] == [
        step for step in (1, 2, 3) for _ in cases
    ]
    forms = set()
    for record in records:
        kind, truth = cases[record.value.tag]
        (sample,) = record.samples
        assert sample.entry["id"] == "ä"
        for name, wanted in (
            ("groundTruth", truth),
            ("prediction", np.roll(truth, record.value.step + 1, axis=1)),
            ("input", truth % 2 / 2),
        ):
            picture = sample.pictures[name]
            forms.add((picture.kind, picture.entry["layout"], picture.entry["bits"]))
            values = np.array(picture.values).reshape(wanted[0].shape)
            if name == "input":
                assert np.abs(values - wanted[0]).max() <= BOUND / 255
            elif isinstance(kind, pairs.Heatmap) and kind.bits != 32:
                assert np.abs(values - wanted[0]).max() <= BOUND * 79 / (2**kind.bits - 4)
            else:
                np.testing.assert_array_equal(values, wanted[0])
    assert forms >= {
        ("mask", "neighbors", 8),
        ("mask", "plain", 8),
        ("mask", "split", 16),
        ("image", "plain", 8),
        ("heatmap", "plain", 8),
        ("heatmap", "split", 16),
        ("heatmap", "split", 32),
    }


def test_class_counts_are_read(tmp_path):
    rng = np.random.default_rng(0)
    truth, prediction = rng.integers(0, 5, (2, 3, 20, 30))
    prediction[1] = truth[1]
    assert pairs.summary("m", truth, prediction, 0, kind=pairs.Mask(ignore=4), writer=tmp_path)
    (record,) = format_reader.read(tmp_path)
    rows = record.counts
    assert [row["counted"] for row in rows] == [1, 1, 1]
    for row, wanted, got in zip(rows, truth, prediction, strict=True):
        judged = wanted != 4
        by_class = {
            (
                one,
                np.count_nonzero(judged & (wanted == one) & (got == one)),
                np.count_nonzero(judged & (wanted != one) & (got == one)),
                np.count_nonzero(judged & (wanted == one) & (got != one)),
            )
            for one in np.union1d(wanted[judged], got[judged]).tolist()
        }
        confused = {
            (one, other, np.count_nonzero((wanted == one) & (got == other)))
            for one in range(4)
            for other in range(5)
            if one != other and ((wanted == one) & (got == other)).any()
        }
        assert set(row["classes"]) == by_class
        assert set(row["confusions"]) == confused


# "Values are kept, not squeezed": README.md.


@pytest.mark.parametrize("bits", [16, 32])
def test_values_are_kept_of_a_float32_depth_with_an_outlier(bits):
    truth = np.linspace(1, 80, 64, dtype=np.float32).reshape(8, 8)
    prediction = truth + np.float32(0.25)
    prediction[3, 5] = 1e9
    found = read(truth, prediction, kind=pairs.Heatmap(bits=bits))
    level = 0.0 if bits == 32 else BOUND * 79 / 65532
    assert np.abs(as_array(found["groundTruth"])[..., 0] - truth).max() <= level
    error = np.abs(as_array(found["prediction"])[..., 0] - prediction)
    assert error[3, 5] == 0 if bits == 32 else found["prediction"].entry["clipped"] == 1 / 64
    error[3, 5] = 0
    assert error.max() <= 3 * level


@pytest.mark.parametrize("bits", [8, 16])
def test_values_are_kept_of_uint16_against_int32(bits):
    truth = np.random.default_rng(0).integers(0, 2**bits, (32, 32, 1)).astype(np.uint16)
    prediction = (truth // 2).astype(np.int32)
    found = read(truth, prediction, kind=pairs.Image(bits=bits))
    np.testing.assert_array_equal(as_array(found["groundTruth"]), truth)
    np.testing.assert_array_equal(as_array(found["prediction"]), prediction)
    assert {picture.entry["bits"] for picture in found.values()} == {bits}


def test_values_are_kept_of_65536_class_ids():
    ids = np.random.default_rng(0).permutation(65536).reshape(256, 256) * 3 - 70000
    found = read(ids, ids[::-1], kind=pairs.Mask())
    np.testing.assert_array_equal(as_array(found["groundTruth"])[..., 0], ids)
    np.testing.assert_array_equal(as_array(found["prediction"])[..., 0], ids[::-1])


def test_numbers_that_json_lacks_are_read():
    proto = pairs.summary_pb(
        "t", [[[1]]], [[[1]]], metrics={"a": [math.inf], "b": [math.nan], "c": [None]}
    )
    event = event_pb2.Event(summary=proto).SerializeToString()
    (record,) = format_reader.records(list(format_reader.values_of(event)))
    metrics = record.samples[0].entry["metrics"]
    found = [format_reader.number(metrics[name]) for name in "abc"]
    np.testing.assert_equal(found, [math.inf, math.nan, None])
