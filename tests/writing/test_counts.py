# SPDX-License-Identifier: Apache-2.0
"""Class counts of a record are those that NumPy finds, independently of the package."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tb_pairs_plugin as pairs
from tb_pairs_plugin.record import counts as stored
from tb_pairs_plugin.writing.kinds import counts
from tests.writing import event_files


def written(truths, predictions, **options):
    return event_files.of_summary(pairs.summary_pb("t", truths, predictions, **options))


def table(one):
    """Returns stored counts as a matrix by pairs of ids, and whether nothing was left out."""
    matrix = {
        (id_, id_): hits for id_, hits in zip(one["ids"], one["truePositive"], strict=True) if hits
    }
    columns = one["truth"], one["predicted"], one["pixels"]
    matrix |= {(was, said): often for was, said, often in zip(*columns, strict=True)}
    return matrix


def counted(truth, prediction, ignore=()):
    """Returns the same by NumPy: a `bincount` of truth * K + prediction."""
    truth = np.asarray(truth).astype(object).ravel()
    prediction = np.asarray(prediction).astype(object).ravel()
    used = np.array([one not in ignore for one in truth], bool)
    truth, prediction = truth[used].astype(np.int64), prediction[used].astype(np.int64)
    ids = np.union1d(truth, prediction)
    k = len(ids)
    pairs_ = np.searchsorted(ids, truth) * k + np.searchsorted(ids, prediction)
    matrix = np.bincount(pairs_, minlength=k * k).reshape(k, k)
    return ids, matrix


def assert_counts(one, truth, prediction, ignore=()):
    ids, matrix = counted(truth, prediction, ignore)
    right = np.diag(matrix)
    assert one["ids"] == ids.tolist()
    assert one["truePositive"] == right.tolist()
    assert one["falsePositive"] == (matrix.sum(0) - right).tolist()
    assert one["falseNegative"] == (matrix.sum(1) - right).tolist()
    assert table(one) == {
        (int(ids[i]), int(ids[j])): int(matrix[i, j]) for i, j in np.argwhere(matrix)
    }


ids_of = st.sampled_from(
    [
        (np.uint8, [0, 1, 2, 255]),
        (np.bool_, [0, 1]),
        (np.uint16, [0, 255, 256, 65535]),
        (np.int64, [-7, -1, 0, 300, 2**50]),
        (np.int64, list(range(30))),
        (np.int32, list(range(1000, 1030))),
        (np.uint64, [0, 2**52, 3]),
    ]
)


@settings(max_examples=60)
@given(choice=ids_of, seed=st.integers(0, 2**32 - 1), area=st.integers(1, 5), data=st.data())
def test_counts_are_those_of_numpy(choice, seed, area, data):
    dtype, ids = choice
    ignore = data.draw(st.lists(st.sampled_from(ids), max_size=2))
    rng = np.random.default_rng(seed)
    k = int(rng.integers(1, 4))
    truths, predictions = [], []
    for _ in range(k):
        shape = rng.integers(1, 30, 2)
        truth = rng.choice(np.array(ids, object), shape).astype(dtype)
        truth = truth.repeat(area, 0).repeat(area, 1)
        noise = rng.choice(np.array(ids, object), truth.shape).astype(dtype)
        truths.append(truth)
        predictions.append(np.where(rng.random(truth.shape) < 0.7, truth, noise))
    record = written(truths, predictions, kind=pairs.Mask(ignore=ignore))
    for one, truth, prediction in zip(record.counts, truths, predictions, strict=True):
        assert_counts(one, truth, prediction, ignore)
    total = record.total
    assert total["counted"] == k
    assert_counts(
        total,
        np.concatenate([one.ravel() for one in truths]),
        np.concatenate([one.ravel() for one in predictions]),
        ignore,
    )


def test_counts_of_scores_are_those_of_the_largest():
    rng = np.random.default_rng(0)
    scores = rng.random((2, 9, 8, 5), np.float32)
    truth = rng.integers(0, 5, (2, 9, 8))
    record = written(truth, scores, kind=pairs.Mask())
    assert_counts(record.total, truth, scores.argmax(3))


def test_counts_of_many_blocks_are_summed():
    rng = np.random.default_rng(0)
    truth = rng.integers(0, 20, (600, 700), np.uint8)
    prediction = np.where(rng.random(truth.shape) < 0.9, truth, 19 - truth)
    assert_counts(written([truth], [prediction], kind=pairs.Mask()).counts[0], truth, prediction)


@pytest.mark.filterwarnings("ignore:pairs measures no:RuntimeWarning")
def test_a_sample_of_two_sizes_is_not_counted_and_the_others_are():
    ids = np.arange(12).reshape(3, 4)
    record = written([ids, ids], [ids[:2], ids])
    assert record.counts[0] is None
    assert record.total["counted"] == 1
    assert_counts(record.total, ids, ids)


@pytest.mark.filterwarnings("ignore:pairs measures no:RuntimeWarning")
@pytest.mark.parametrize(
    ("truth", "prediction", "options"),
    [
        (np.zeros((4, 4), int), np.zeros((2, 2), int), {}),
        (np.zeros((4, 4), int), np.zeros((4, 4), int), {"metrics": False}),
        (np.zeros((4, 4), np.uint8), np.zeros((4, 4), np.uint8), {"kind": pairs.Image()}),
        (np.zeros((4, 4)), np.zeros((4, 4)), {"kind": pairs.Heatmap()}),
    ],
    ids=["sizes", "unmeasured", "image", "heatmap"],
)
def test_what_is_not_counted_has_no_counts(truth, prediction, options):
    record = written([truth], [prediction], **options)
    assert record.total is None
    assert record.counts == []


def test_a_mask_that_is_ignored_altogether_is_counted_as_nothing():
    ids = np.full((3, 3), 255)
    record = written([ids], [ids], kind=pairs.Mask(ignore=255))
    assert record.total == record.counts[0]
    assert record.counts[0]["ids"] == []


def test_pictures_of_more_classes_than_are_of_use_are_not_counted():
    ids = np.arange(counts.MAX_CLASSES + 1).reshape(1, -1)
    assert written([ids], [ids]).total is None
    assert_counts(written([ids[:, 1:]], [ids[:, 1:]]).counts[0], ids[:, 1:], ids[:, 1:])


def test_of_many_confusions_the_largest_are_kept_and_the_others_numbered():
    n = 40
    truth, prediction = (one.ravel() for one in np.mgrid[:n, :n])
    truth = np.append(truth, [3, 3, 7])
    prediction = np.append(prediction, [5, 5, 2])
    (one,) = written([truth[None]], [prediction[None]]).counts
    left_out = n * (n - 1) - counts.MAX_CONFUSIONS
    assert one["omittedConfusions"] == one["omittedPixels"] == left_out
    kept = table(one)
    assert kept[3, 5] == 3
    assert kept[7, 2] == 2
    ids, matrix = counted(truth, prediction)
    assert one["ids"] == ids.tolist()
    assert one["falseNegative"] == (matrix.sum(1) - np.diag(matrix)).tolist()
    wrong = sum(often for (was, said), often in kept.items() if was != said)
    assert wrong + left_out == matrix.sum() - np.trace(matrix)


def test_a_record_of_many_samples_and_classes_is_bounded_and_its_total_exact():
    rng = np.random.default_rng(0)
    truth = rng.integers(0, 300, (4096, 20, 20), np.uint16)
    prediction = np.where(rng.random(truth.shape) < 0.5, truth, rng.integers(0, 300, truth.shape))
    measured = [counts.count(was, said) for was, said in zip(truth, prediction, strict=True)]
    sums, each = counts.elements(measured)
    assert len(sums) < 50_000
    assert len(each) < 3 * 1024 * 1024
    (total,) = event_files.count_rows(sums)
    ids, matrix = counted(truth, prediction)
    right = np.diag(matrix)
    assert total["counted"] == 4096
    assert total["ids"] == ids.tolist()
    assert total["truePositive"] == right.tolist()
    assert total["falseNegative"] == (matrix.sum(1) - right).tolist()
    assert total["falsePositive"] == (matrix.sum(0) - right).tolist()
    kept = total["pixels"]
    assert len(kept) == stored.MAX_CONFUSIONS
    assert sorted(kept) == np.sort((matrix - np.diag(right)).ravel())[-len(kept) :].tolist()
    assert sum(kept) + total["omittedPixels"] == matrix.sum() - np.trace(matrix)

    read = stored.parse(each)
    assert [len(one.ids) + one.omitted_classes for one in read] == [
        len(one.ids) for one in measured
    ]
    assert [sum(one.pixels) + one.omitted_pixels for one in read] == [
        one.pixels.sum() for one in measured
    ]


def test_selected_samples_alone_are_counted(tmp_path):
    truth = np.zeros((3, 5, 6), int)
    prediction = np.stack([np.full((5, 6), i) for i in range(3)])
    collector = pairs.Collector(
        "t", select=pairs.worst(1, by="iou"), kind=pairs.Mask(), writer=tmp_path
    )
    collector.add(truth, prediction, ids=["a", "b", "c"])
    with pairs.background():
        assert collector.write(0)
    (record,) = event_files.read(tmp_path)
    assert record.total["counted"] == 1
    assert_counts(record.total, truth[1], prediction[1])


def test_unsigned_ids_of_64_bits_are_counted_by_numpy_before_2_2_4(monkeypatch):
    bincount = np.bincount

    def older(values, *rest, **options):
        if np.asarray(values).dtype == np.uint64:
            raise TypeError("Cannot cast array data from dtype('uint64') to dtype('int64')")
        return bincount(values, *rest, **options)

    monkeypatch.setattr(np, "bincount", older)
    truth = np.zeros((2, 8, 8), np.uint64)
    truth[1] = np.arange(64).reshape(8, 8) % 3
    prediction = truth.copy()
    prediction[:, 0] = 2
    samples = written(truth, prediction).samples
    for sample, wrong in zip(samples, (8, 6), strict=True):
        assert sample.metrics["accuracy"] == pytest.approx(1 - wrong / 64)
