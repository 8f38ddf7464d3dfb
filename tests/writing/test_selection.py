# SPDX-License-Identifier: Apache-2.0
"""`select=` and `pairs.Collector`: which pairs are written."""

import gc
import threading
import weakref

import numpy as np
import pytest

import tb_pairs_plugin as pairs
from tb_pairs_plugin.writing import warn
from tests.writing import event_files

QUALITY = [0.5, 0.1, 0.9, 0.3]
MASKS = np.zeros((4, 6, 7), np.int64)


def chosen(select, **options):
    """Returns the ids that are written of four masks."""
    given = {"metrics": {"dice": QUALITY, "loss": QUALITY}} | options
    proto = pairs.summary_pb("t", MASKS, MASKS, select=select, **given)
    return [sample.id for sample in event_files.of_summary(proto).samples] if proto.value else None


@pytest.mark.parametrize(
    ("select", "ids"),
    [
        (None, ["0", "1", "2", "3"]),
        ([2, 0], ["0", "2"]),
        ({3}, ["3"]),
        (np.array([1, 7]), ["1"]),
        (range(2), ["0", "1"]),
        ([9], None),
        ([], None),
        (lambda sample: sample.id in "13", ["1", "3"]),
        (lambda sample: sample.metrics["dice"] < 0.4, ["1", "3"]),
        (lambda sample: sample.metrics["iou"] < 0, None),
        (pairs.worst(2, by="dice"), ["1", "3"]),
        (pairs.best(2, by="dice"), ["2", "0"]),
        (pairs.worst(2, by="loss"), ["2", "0"]),
        (pairs.best(1, by="loss"), ["1"]),
        (pairs.worst(9, by="dice"), ["1", "3", "0", "2"]),
        (pairs.worst(0), None),
        (pairs.worst(2), ["0", "1"]),
    ],
)
def test_select(select, ids):
    assert chosen(select) == ids


def test_select_by_ids_of_the_caller():
    assert chosen(["d", "x"], ids=["a", "b", "c", "d"]) == ["d"]
    assert chosen([30], ids=[10, 20, 30, 40]) == ["30"]


def test_max_outputs_is_of_those_selected():
    assert chosen(pairs.worst(3, by="dice"), max_outputs=2) == ["1", "3"]


def test_what_is_not_measured_is_neither_worst_nor_best():
    metrics = {"dice": [None, 0.2, float("nan"), 0.1]}
    assert chosen(pairs.worst(2, by="dice"), metrics=metrics) == ["3", "1"]
    assert chosen(pairs.best(2, by="dice"), metrics=metrics) == ["1", "3"]


def test_a_choice_that_leaves_nothing_writes_nothing_and_returns_false(tmp_path):
    assert pairs.summary("a", MASKS, MASKS, 1, select=[9], writer=tmp_path / "run") is False
    assert not (tmp_path / "run").exists()


def test_every(tmp_path):
    wrote = [
        pairs.summary("a", MASKS, MASKS, step, select=pairs.every(3), writer=tmp_path)
        for step in range(-3, 7)
    ]
    assert wrote == [step % 3 == 0 for step in range(-3, 7)]
    assert [record.step for record in event_files.read(tmp_path)] == [-3, 0, 3, 6]


def batches(count=25, size=4):
    """Yields masks, predictions, and how many pixels of each prediction are wrong."""
    rng = np.random.default_rng(0)
    wrong = rng.permutation(count * size)
    for first in range(0, count * size, size):
        prediction = np.zeros((size, 10, 20), np.int64)
        for i in range(size):
            prediction[i].flat[: wrong[first + i]] = 1
        yield np.zeros_like(prediction), prediction, wrong[first : first + size]


def test_collector_finds_the_worst_of_all_batches(tmp_path):
    collector = pairs.Collector("a", pairs.worst(3, by="accuracy"), writer=tmp_path)
    numbers = []
    for truth, prediction, wrong in batches():
        collector.add(truth, prediction)
        numbers += wrong.tolist()
    assert collector.write(5)
    (record,) = event_files.read(tmp_path)
    assert record.step == 5
    assert [numbers[int(sample.id)] for sample in record.samples] == [99, 98, 97]
    assert [np.count_nonzero(sample.prediction.values) for sample in record.samples] == [99, 98, 97]


def test_collector_holds_no_more_than_it_will_write():
    collector = pairs.Collector("a", pairs.worst(3, by="accuracy"))
    alive = []
    for truth, prediction, _ in batches():
        prediction = prediction.view(np.ndarray)
        alive.append(weakref.ref(prediction))
        collector.add(truth, prediction)
        assert len(collector._kept) <= 3
        del truth, prediction
    gc.collect()
    assert sum(one() is not None for one in alive[:-1]) == 0


def test_collector_takes_ids_captions_inputs_and_metrics(tmp_path):
    collector = pairs.Collector("a", ["c", "b"], kind=pairs.Mask(), writer=tmp_path)
    photos = np.random.default_rng(0).integers(0, 256, (2, 5, 5, 3), np.uint8)
    for ids in (["a", "b"], ["c", "d"]):
        collector.add(
            MASKS[:2, :5, :5],
            MASKS[:2, :5, :5],
            image=photos,
            ids=ids,
            captions=[f"the {one}" for one in ids],
            metrics={"dice": [0.5, 0.25]},
        )
    assert collector.write(1)
    (record,) = event_files.read(tmp_path)
    assert [sample.entry["caption"] for sample in record.samples] == ["the b", "the c"]
    assert [sample.metrics["dice"] for sample in record.samples] == [0.25, 0.5]
    np.testing.assert_array_equal(record.samples[0].image.values, photos[1])


def test_collector_keeps_the_first_without_a_choice(tmp_path):
    collector = pairs.Collector("a", max_outputs=6, writer=tmp_path)
    for _ in range(3):
        collector.add(MASKS, MASKS)
    collector.write(1)
    (record,) = event_files.read(tmp_path)
    assert [sample.id for sample in record.samples] == list("012345")


def test_collector_begins_anew_after_writing(tmp_path):
    collector = pairs.Collector("a", pairs.best(2, by="accuracy"), writer=tmp_path)
    for step in range(2):
        collector.add(MASKS, MASKS + step)
        assert collector.write(step)
    assert collector.write(2) is False
    assert [len(record.samples) for record in event_files.read(tmp_path)] == [2, 2]


def test_collector_keeps_what_it_was_given_when_the_batch_is_reused(tmp_path):
    collector = pairs.Collector("a", writer=tmp_path)
    buffer = np.zeros((1, 5, 6), np.int64)
    for value in range(3):
        buffer[:] = value
        collector.add(buffer, buffer)
    collector.write(1)
    (record,) = event_files.read(tmp_path)
    assert [sample.ground_truth.values.max() for sample in record.samples] == [0, 1, 2]


def test_collector_refuses_an_id_that_was_there_before():
    collector = pairs.Collector("a")
    collector.add(MASKS, MASKS, ids=list("abcd"))
    with pytest.warns(pairs.NotWrittenWarning, match="ids has 'b' again, want ids that differ"):
        collector.add(MASKS[:1], MASKS[:1], ids=["b"])


def test_threads_may_add_to_a_collector(tmp_path):
    collector = pairs.Collector("a", pairs.worst(5, by="accuracy"), writer=tmp_path)
    threads = [
        threading.Thread(target=collector.add, args=(truth, prediction))
        for truth, prediction, _ in batches()
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    collector.write(1)
    (record,) = event_files.read(tmp_path)
    wrong = [np.count_nonzero(sample.prediction.values) for sample in record.samples]
    assert wrong == [99, 98, 97, 96, 95]


def test_a_collector_without_a_writer_says_so():
    warn.forget()
    collector = pairs.Collector("a")
    collector.add(MASKS, MASKS)
    with pytest.warns(pairs.NotWrittenWarning, match="has no writer and writes nothing"):
        assert collector.write(1) is False


@pytest.mark.parametrize(
    ("select", "want"),
    [
        (None, 64),
        (lambda sample: True, 64),
        (pairs.worst(70, by="accuracy"), 70),
        ({str(i) for i in range(5, 75)}, 70),
    ],
    ids=["none", "predicate", "worst", "ids"],
)
def test_a_collector_keeps_all_that_is_selected_or_else_64(select, want, tmp_path):
    collector = pairs.Collector("a", select, writer=tmp_path)
    for _ in range(20):
        collector.add(MASKS, MASKS)
    collector.write(1)
    (record,) = event_files.read(tmp_path)
    assert len(record.samples) == want


def test_positions_count_also_samples_of_a_batch_that_is_left_out(tmp_path):
    collector = pairs.Collector("a", kind=pairs.Mask(), writer=tmp_path)
    flat = MASKS[..., 0] if MASKS.ndim == 4 else MASKS
    image = np.zeros((*flat.shape, 3))
    collector.add(flat, flat, image=image)
    with pytest.warns(pairs.NotWrittenWarning, match="goes on without a batch"):
        collector.add(flat, flat, image=image + 255)
    collector.add(flat, flat, image=image)
    collector.write(1)
    (record,) = event_files.read(tmp_path)
    k = len(flat)
    want = [*range(k), *range(2 * k, 3 * k)]
    assert [sample.id for sample in record.samples] == [str(i) for i in want]
