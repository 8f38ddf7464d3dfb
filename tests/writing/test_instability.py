# SPDX-License-Identifier: Apache-2.0
"""Instability is the share of pixels that changed since the record before, as NumPy finds it.

What is expected is worked out from the pictures of the event files.
"""

import tracemalloc
from fractions import Fraction

import numpy as np
import pytest

import tb_pairs_plugin as pairs
from tb_pairs_plugin.writing.pictures import quantize
from tb_pairs_plugin.writing.recording import instability
from tests.writing import event_files

RNG = np.random.default_rng(5)
SHAPE = (3, 20, 30)
STEPS = (0, 10, 40)


def masks(step):
    found = np.random.default_rng(step).integers(0, 4, SHAPE)
    return np.where(found == 3, 255, found)


def numbers(step):
    found = np.random.default_rng(step).normal(5, 2 + step / 40, SHAPE)
    found[:, 0, :9] = np.nan, np.inf, -np.inf, 1, 2, 3, np.nan, np.inf, -np.inf
    found[:, 0] = np.roll(found[:, 0], step // 10)
    return found


def finite_numbers(step):
    return np.random.default_rng(step).normal(5, 2 + step / 40, SHAPE)


def flows(step):
    found = np.random.default_rng(step).normal(0, 0.8, (*SHAPE, 2))
    found[:, step % 7, :9] = np.nan
    return found


def colors(step, channels=3):
    return np.random.default_rng(step).integers(90, 90 + 14, (*SHAPE, channels), np.uint8)


def share(changed, counting=True):
    counting = np.broadcast_to(counting, changed.shape)
    return (changed & counting).sum() / counting.sum() if counting.any() else None


def changed_classes(before, now, _):
    return share(before != now, before != 255)


def changed_colors(before, now, _):
    scale = [1 if one.dtype.kind == "f" else 255 for one in (before, now)]
    channels = 3 if now.shape[-1] >= 3 else 1
    apart = np.abs(now[..., :channels] / scale[1] - before[..., :channels] / scale[0])
    return share((apart >= 0.05).any(-1))


def changed_numbers(before, now, shown):
    before, now = before.astype(np.float64), now.astype(np.float64)
    both = np.isfinite(before) & np.isfinite(now)
    with np.errstate(invalid="ignore"):
        large = np.abs(now - before) >= 0.05 * (shown[1] - shown[0])
    return share(np.where(both, large, before != now), ~np.isnan(before))


def changed_flows(before, now, _):
    known, is_known = ~np.isnan(before[..., 0]), ~np.isnan(now[..., 0])
    far = np.linalg.norm(now - before, axis=-1) >= 1
    return share(np.where(is_known, far, True), known)


CASES = {
    "masks": (masks, pairs.Mask(ignore=255), changed_classes),
    "ids": (lambda step: masks(step) * 1000 - 1, pairs.Mask(), lambda a, b, _: share(a != b)),
    "colors": (colors, pairs.Image(), changed_colors),
    "alpha": (lambda step: colors(step, 4), pairs.Image(), changed_colors),
    "grey and alpha": (lambda step: colors(step, 2), pairs.Image(), changed_colors),
    "floats": (lambda step: colors(step) / 255, pairs.Image(bits=16), changed_colors),
    "numbers": (numbers, pairs.Heatmap(), changed_numbers),
    "finite numbers": (finite_numbers, pairs.Heatmap(), changed_numbers),
    "numbers of 8 bits": (numbers, pairs.Heatmap(bits=8), changed_numbers),
    "exact numbers": (numbers, pairs.Heatmap(bits=32), changed_numbers),
    "fixed range": (numbers, pairs.Heatmap(range=(0, 12)), changed_numbers),
    "flow": (flows, pairs.Flow(), changed_flows),
}


@pytest.mark.parametrize("case", CASES)
def test_it_is_the_share_that_numpy_finds_in_the_files(tmp_path, case):
    make, kind, expect = CASES[case]
    for step in STEPS:
        pairs.summary("t", make(0), make(step + 1), step, kind=kind, writer=tmp_path)
    first, *others = records = event_files.read(tmp_path)
    assert all("instability" not in sample.metrics for sample in first.samples)
    for before, record in zip(records, others, strict=False):
        for was, sample in zip(before.samples, record.samples, strict=True):
            shown = sample.entry.get("range") or record.kind.get("range")
            found = sample.metrics["instability"]
            expected = expect(was.prediction.values, sample.prediction.values, shown)
            assert found == pytest.approx(expected, abs=1e-12)
            assert 0 < found < 1
        assert record.metrics["metrics"]["instability"] == [
            sample.metrics["instability"] for sample in record.samples
        ]
        assert "instability" in record.metrics["lowerIsBetter"]


def test_all_parts_of_a_large_heatmap_count():
    was = np.zeros((300, 700, 1))
    got = was.copy()
    was[150, 3] = np.nan
    got[0, :5], got[150, :4], got[299, 690:] = 1, 1, np.inf
    kind = pairs.Heatmap(range=(0, 2))
    before, now = (quantize.quantize_numbers(values, 16, (0.0, 2.0)) for values in (was, got))
    expected = (5 + 3 + 10) / (was.size - 1)
    assert kind.measure_change(before, now, None) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("channels", [1, 2, 3, 4])
@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_all_parts_of_a_large_image_count(dtype, channels):
    rng = np.random.default_rng(channels)
    step = 13 if dtype == np.uint8 else 3277  # the least of 0.05 of white or more
    was = rng.integers(0, 9, (310, 330, channels), dtype)
    changed = rng.random(was.shape) < 0.05
    changed[-1, -1] = changed[0, 0] = [one == channels - 1 for one in range(channels)]
    before, now = (quantize.Quantized(one) for one in (was, was + step * changed.astype(dtype)))
    # Alpha, the second of two channels and the fourth, does not count.
    counting = changed[..., : 3 if channels > 2 else 1]
    expected = counting.any(-1).sum() / (310 * 330)
    found = pairs.Image(bits=8 * dtype().itemsize).measure_change(before, now, None)
    assert found == pytest.approx(expected, abs=1e-12)
    almost = quantize.Quantized(was + (step - 1) * changed.astype(dtype))
    assert pairs.Image().measure_change(before, almost, None) == 0


def share_changed(was, got, bounds, top, shown):
    """What the share is by docs/format.md, without rounding."""
    low, high = map(Fraction, bounds)
    changes = [abs(int(b) - int(a)) * (high - low) / top for a, b in zip(was, got, strict=True)]
    least = Fraction(shown[1] - shown[0]) / 20
    return sum(change >= least for change in changes) / len(changes)


@pytest.mark.parametrize("bits", [8, 16])
@pytest.mark.parametrize("bounds", [(0.0, 1.0), (-3.5, 7.25), (1e9, 1e9 + 1), (-1e-300, 2e-300)])
def test_the_share_of_one_range_is_that_of_the_numbers(bits, bounds):
    rng = np.random.default_rng(bits)
    top = 2**bits - 4
    low, high = bounds
    for part in (0.003, 0.3, 1.0, 1.7):
        shown = (low, low + part * (high - low))
        was = rng.integers(0, top + 1, (40, 50, 1))
        apart = int(top * (shown[1] - shown[0]) / (high - low) / 20)
        got = np.clip(was + rng.integers(-2 * apart - 2, 2 * apart + 3, was.shape), 0, top)
        before, now = (
            quantize.Quantized(one.astype(f"u{bits // 8}"), range=bounds) for one in (was, got)
        )
        want = share_changed(was.ravel(), got.ravel(), bounds, top, shown)
        assert pairs.Heatmap(bits=bits).measure_change(before, now, shown) == float(want)


def test_a_change_by_just_what_counts_is_one():
    # The integers are the numbers, and 0.05 of what is shown is five of them.
    was = np.full((1, 8, 1), 1000, np.uint16)
    got = was + np.array([0, 4, 5, 6, -4, -5, 7, 0], np.int16).reshape(1, 8, 1)
    before, now = (
        quantize.Quantized(one.astype(np.uint16), range=(0.0, 65532.0)) for one in (was, got)
    )
    assert pairs.Heatmap().measure_change(before, now, (0.0, 100.0)) == 4 / 8


@pytest.mark.parametrize("now_range", [(0.0, 2.0), (1.0, 2.0)])
def test_predictions_over_two_ranges_are_compared_by_their_numbers(now_range):
    before = quantize.quantize_numbers(np.full((2, 2, 1), 1.5), 16, (0.0, 2.0))
    now = quantize.quantize_numbers(np.array([1.5, 1.52, 1.6, 1.9])[:, None, None], 16, now_range)
    before = quantize.Quantized(before.values.reshape(4, 1, 1), range=before.range)
    assert pairs.Heatmap().measure_change(before, now, (0.0, 1.0)) == 2 / 4


@pytest.mark.parametrize("case", CASES)
def test_samples_of_another_ground_truth_are_not_measured(tmp_path, case):
    make, kind, _ = CASES[case]
    truths = make(0)
    other = truths.copy()
    other[1] = make(7)[1]
    for step, given in enumerate((truths, other, other)):
        pairs.summary("t", given, make(step + 1), step, kind=kind, writer=tmp_path)
    _, replaced, same = (list(one.values()) for one in written(tmp_path))
    assert replaced[1] is None
    assert all(0 < share < 1 for share in (replaced[0], replaced[2], *same))


def test_batches_of_a_training_are_not_measured(tmp_path):
    # Their ids are places in the batch, and a perfect model changes all pixels from one to another.
    for step in range(3):
        batch = masks(step)
        pairs.summary("t", batch, batch, step, kind=pairs.Mask(), writer=tmp_path)
    assert written(tmp_path) == [{"0": "absent", "1": "absent", "2": "absent"}] * 3
    assert all("instability" not in one.metrics["metrics"] for one in event_files.read(tmp_path))


def test_a_ground_truth_is_the_same_in_whichever_dtype(tmp_path):
    for step, dtype in enumerate((np.uint8, np.int64, np.int32)):
        truth = np.ones((1, 5, 5), dtype)
        pairs.summary("t", truth, truth * step, step, kind=pairs.Mask(), writer=tmp_path)
    assert written(tmp_path)[1:] == [{"0": 1}, {"0": 1}]


def write(logdir, step, ids=("a", "b"), tag="t", **options):
    truths = np.zeros((len(ids), 5, 5), int)
    predictions = np.full((len(ids), 5, 5), step % 3)
    pairs.summary(tag, truths, predictions, step, ids=list(ids), writer=logdir, **options)


def written(logdir, tag="t"):
    return [
        {sample.id: sample.metrics.get("instability", "absent") for sample in record.samples}
        for record in event_files.read(logdir, tag)
    ]


def test_a_sample_is_measured_against_the_record_before_only(tmp_path):
    write(tmp_path, 0, "ab")
    write(tmp_path, 1, "bc")
    write(tmp_path, 2, "ab")
    write(tmp_path, 3, "xy")
    assert written(tmp_path) == [
        {"a": "absent", "b": "absent"},
        {"b": 1, "c": None},
        {"a": None, "b": 1},
        {"x": "absent", "y": "absent"},
    ]


def test_tags_and_files_are_measured_each_by_itself(tmp_path):
    for step in (0, 3, 4):
        write(tmp_path / "one", step, tag="t")
        write(tmp_path / "one", step + 1, tag="u")
        write(tmp_path / "two", 0, tag="t")
    assert written(tmp_path / "one", "t")[1:] == [{"a": 0, "b": 0}, {"a": 1, "b": 1}]
    assert written(tmp_path / "one", "u")[1:] == [{"a": 0, "b": 0}, {"a": 1, "b": 1}]
    assert written(tmp_path / "two")[1:] == [{"a": 0, "b": 0}, {"a": 0, "b": 0}]


def test_the_callers_array_may_change_afterwards(tmp_path):
    prediction = np.zeros((1, 5, 5), np.uint8)
    for step in range(2):
        prediction[:] = step
        truth = np.zeros_like(prediction)
        pairs.summary("t", truth, prediction, step, kind=pairs.Mask(), writer=tmp_path)
    assert written(tmp_path)[1] == {"0": 1}


def test_it_is_measured_in_the_background_too(tmp_path):
    with pairs.background():
        for step in range(3):
            write(tmp_path, step)
    assert written(tmp_path)[1:] == [{"a": 1, "b": 1}, {"a": 1, "b": 1}]


@pytest.mark.filterwarnings("ignore:pairs measures no iou")
def test_predictions_of_another_size_are_not_measured(tmp_path):
    for size in (5, 6):
        predictions = np.zeros((1, size, size), int)
        pairs.summary("t", np.zeros((1, 5, 5), int), predictions, size, writer=tmp_path)
    assert written(tmp_path)[1] == {"0": None}


def test_a_metric_of_that_name_is_the_callers(tmp_path):
    for step in range(2):
        write(tmp_path, step, metrics={"instability": [0.25, None]})
    assert written(tmp_path) == [{"a": 0.25, "b": None}] * 2


def test_nothing_is_measured_without_metrics(tmp_path):
    for step in range(2):
        write(tmp_path, step, metrics=False)
    assert written(tmp_path)[1] == {"a": "absent", "b": "absent"}


def test_no_pair_can_be_selected_by_it(tmp_path):
    write(tmp_path, 0)
    with pytest.raises(ValueError, match="select sorts by instability, want one of iou, accuracy"):
        write(tmp_path, 1, select=pairs.worst(1, by="instability"))


def test_of_a_large_record_the_first_samples_are_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(instability, "MAX_BYTES", 2 * 25)
    for step in range(3):
        write(tmp_path, step, "abc")
    assert written(tmp_path)[1:] == [{"a": 1, "b": 1, "c": None}] * 2


def test_tags_that_are_written_no_more_make_room(tmp_path, monkeypatch):
    monkeypatch.setattr(instability, "MAX_BYTES", 4 * 25)
    for epoch in range(5):
        for step in (2 * epoch, 2 * epoch + 1):
            write(tmp_path, step, tag="val")
            write(tmp_path, step, tag=f"epoch {epoch}")
        assert written(tmp_path, f"epoch {epoch}")[1:] == [{"a": 1, "b": 1}]
    assert written(tmp_path, "val")[1:] == [{"a": 1, "b": 1}] * 9


def test_all_files_share_the_room(tmp_path, monkeypatch):
    monkeypatch.setattr(instability, "MAX_BYTES", 3 * 25)
    for name in ("one", "two"):
        write(tmp_path / name, 0)
    # The second took the room of both samples of the first, and has it.
    for name in ("one", "two"):
        write(tmp_path / name, 1)
    assert written(tmp_path / "one")[1] == {"a": "absent", "b": "absent"}
    assert written(tmp_path / "two")[1] == {"a": 1, "b": 1}


def test_tags_that_take_turns_do_not_push_each_other_out(tmp_path, monkeypatch):
    monkeypatch.setattr(instability, "MAX_BYTES", 5 * 25)
    for step in range(4):
        for tag in "tuv":
            write(tmp_path, step, tag=tag)
    # Of the first there is room for one sample.
    assert written(tmp_path, "t")[2:] == [{"a": 1, "b": None}] * 2
    assert written(tmp_path, "u")[1:] == written(tmp_path, "v")[1:] == [{"a": 1, "b": 1}] * 3


def test_no_more_is_held_of_a_call_than_can_be_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(instability, "MAX_BYTES", 3 * 25 + 24)
    held = []
    keep = instability.LastPredictions.keep

    def spy(last, tag, pairs, samples):
        held.append([prediction.quantized is not None for _, prediction in samples])
        keep(last, tag, pairs, samples)

    monkeypatch.setattr(instability.LastPredictions, "keep", spy)
    write(tmp_path, 0, "abcdef")
    assert held == [[True] * 3 + [False] * 3]


@pytest.mark.parametrize("bits", [8, 16])
def test_stored_numbers_mean_what_the_format_says(bits):
    top = 2**bits - 4
    levels = np.arange(2**bits, dtype=f"uint{bits}").reshape(16, -1, 1)
    found = quantize.dequantize_numbers(quantize.Quantized(levels, range=(-3.0, 7.5)))
    want = [-3 + level / top * 10.5 for level in range(top + 1)]
    np.testing.assert_array_equal(found.ravel(), [*want, -np.inf, np.inf, np.nan])


def test_measuring_small_pictures_takes_little_memory():
    small = quantize.Quantized(np.zeros((4, 4, 1), np.uint16), range=(0.0, 1.0))
    tracemalloc.start()
    try:
        pairs.Heatmap().measure_change(small, small, (0.0, 1.0))
        assert tracemalloc.get_traced_memory()[1] < 20_000
    finally:
        tracemalloc.stop()
