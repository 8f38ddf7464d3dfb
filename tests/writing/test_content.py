# SPDX-License-Identifier: Apache-2.0
"""Ground truth and input are stored once, and every step that is left still shows completely."""

import itertools
import random
import tracemalloc

import numpy as np
import pytest
from tensorboard.summary.writer.event_file_writer import EventFileWriter

import tb_pairs_plugin as pairs
from tb_pairs_plugin.writing.recording import deduplication
from tests.writing import event_files

RNG = np.random.default_rng(0)
TRUTH = RNG.integers(0, 256, (4, 40, 30, 3), np.uint8)
PHOTOS = RNG.integers(0, 256, (4, 40, 30, 3), np.uint8)


@pytest.fixture(autouse=True, params=[deduplication.MAX_COPIED, 0, TRUTH[0].nbytes])
def copied(request, monkeypatch):
    """How many bytes may be compared; the rest is hashed."""
    monkeypatch.setattr(deduplication, "MAX_COPIED", request.param)


def prediction(step):
    return np.random.default_rng(step).integers(0, 256, TRUTH.shape, np.uint8)


def write(logdir, steps, tag="a", **options):
    for step in steps:
        assert pairs.summary(
            tag, TRUTH, prediction(step), step, image=PHOTOS, writer=logdir, **options
        )


def blobs(logdir):
    """Returns the numbers of pictures stored in each event, in records and in content."""
    return [
        (
            len(event.summary.value[0].tensor.string_val) - 1,
            sum(len(value.tensor.string_val) for value in event.summary.value[2:]),
        )
        for event in event_files.events(logdir)
    ]


def check(records):
    for record in records:
        for sample in record.samples:
            i = int(sample.id)
            np.testing.assert_array_equal(sample.ground_truth.values, TRUTH[i])
            np.testing.assert_array_equal(sample.image.values, PHOTOS[i])
            np.testing.assert_array_equal(sample.prediction.values, prediction(record.step)[i])


def test_unchanged_ground_truth_and_input_are_stored_with_the_first_record(tmp_path):
    write(tmp_path, range(5))
    assert blobs(tmp_path) == [(4, 8), (4, 0), (4, 0), (4, 0), (4, 0)]
    check(event_files.read(tmp_path))


def test_content_is_shared_over_tags_of_a_run(tmp_path):
    write(tmp_path, [0], "a")
    write(tmp_path, [0], "b")
    assert blobs(tmp_path) == [(4, 8), (4, 0)]
    check(event_files.read(tmp_path))


def test_content_is_not_shared_over_runs(tmp_path):
    for name in ("one", "two"):
        write(tmp_path / name, [0])
        check(event_files.read(tmp_path / name))
        assert blobs(tmp_path / name) == [(4, 8)]


def test_every_subset_of_steps_that_sampling_keeps_is_complete(tmp_path):
    write(tmp_path, range(5), select=None)
    events = event_files.events(tmp_path)
    # Sampling keeps at least one value of every tag, so all content.
    shared = [_only_content(event) for event in events]
    for count in range(1, 6):
        for kept in itertools.combinations(events, count):
            check(event_files.decode([*shared, *kept]))


def test_every_prefix_of_a_torn_file_is_complete(tmp_path):
    chooser = random.Random(0)
    for step in range(12):
        write(tmp_path, [step], select=chooser.sample(range(4), 2))
    events = event_files.events(tmp_path)
    for length in range(1, len(events) + 1):
        check(event_files.decode(events[:length]))


def test_samples_that_change_from_step_to_step_are_each_stored_once(tmp_path):
    chooser = random.Random(0)
    for step in range(40):
        write(tmp_path, [step], select=chooser.sample(range(4), 2))
    records = event_files.read(tmp_path)
    check(records)
    stored = sum(in_record - 2 + in_content for in_record, in_content in blobs(tmp_path))
    # Four pictures of each sort; those not trusted at first sight a second time.
    assert 8 <= stored <= 12


def test_batches_that_never_repeat_make_no_more_content_than_the_first(tmp_path):
    for step in range(30):
        pairs.summary("a", prediction(step), prediction(step + 1000), step, writer=tmp_path)
    assert len(event_files.content_tags(tmp_path)) == 1
    assert blobs(tmp_path)[-1] == (8, 0)


def test_what_returns_after_random_batches_is_shared_from_its_second_time_on(tmp_path):
    for step in range(20):
        if step % 5:
            pairs.summary("a", prediction(step), prediction(step + 1000), step, writer=tmp_path)
        else:
            write(tmp_path, [step])
    stored = blobs(tmp_path)
    assert stored[0] == (4, 8)
    assert stored[5] == stored[10] == stored[15] == (4, 0)


def test_a_ground_truth_that_changes_in_one_pixel_is_another(tmp_path):
    truth = TRUTH.copy()
    for step in range(4):
        truth[0, 17, 13, 1] = step
        pairs.summary("a", truth, truth, step, writer=tmp_path)
    found = [
        record.samples[0].ground_truth.values[17, 13, 1] for record in event_files.read(tmp_path)
    ]
    assert found == [0, 1, 2, 3]


def test_the_dtype_is_part_of_the_content(tmp_path):
    ids = np.random.default_rng(0).integers(0, 2, (1, 30, 30))
    for step, dtype in enumerate(["int64", "bool", "int64", "int32"]):
        truth = ids.astype(dtype)
        pairs.summary("a", truth, truth, step, writer=tmp_path)
    found = [record.samples[0].ground_truth.entry["dtype"] for record in event_files.read(tmp_path)]
    assert found == ["int64", "bool", "int64", "int32"]


def test_pictures_with_one_blob_stay_apart(tmp_path):
    # Both masks are nothing but zeros in a PNG of 16 x 16, both heatmaps the same levels.
    masks = [np.zeros((31, 31), np.int64), np.zeros((32, 32), np.int64)]
    ramp = np.linspace(0, 1, 900, dtype=np.float32).reshape(30, 30)
    for step in range(5):
        pairs.summary("m", masks, masks, step, writer=tmp_path)
        predictions = [ramp / 2, ramp + np.float32(step / 100)]
        pairs.summary(
            "h", [ramp, 2 * ramp], predictions, step, kind=pairs.Heatmap(), writer=tmp_path
        )
    for record in event_files.read(tmp_path):
        first, second = (sample.ground_truth for sample in record.samples)
        assert first.entry["digest"] == second.entry["digest"]
        if record.tag == "m":
            assert (first.values.shape, second.values.shape) == ((31, 31, 1), (32, 32, 1))
        else:
            assert (first.values.max(), second.values.max()) == (1, 2)


def test_equal_pictures_within_a_record_are_stored_once(tmp_path):
    same = np.repeat(TRUTH[:1], 3, 0)
    pairs.summary("a", same, same, 0, image=same, writer=tmp_path)
    assert blobs(tmp_path) == [(1, 1)]


def test_the_digest_of_a_ground_truths_values_is_in_the_metrics(tmp_path):
    write(tmp_path, range(2))
    for record in event_files.read(tmp_path):
        assert record.metrics["groundTruth"] == [
            sample.ground_truth.entry["valueDigest"][:8] for sample in record.samples
        ]


def test_no_record_refers_to_content_of_a_later_step(tmp_path):
    """A restart purges later steps, which must not take away what earlier ones need."""
    write(tmp_path, [10, 5, 12])
    assert blobs(tmp_path) == [(4, 8), (12, 0), (4, 0)]


def test_after_a_failure_nothing_that_was_stored_before_is_relied_on(tmp_path):
    writer = EventFileWriter(str(tmp_path))
    write(writer, range(2))
    add_event, writer.add_event = writer.add_event, _fail
    with pytest.warns(RuntimeWarning, match="could not write 'a'.*No space left"):
        assert not pairs.summary("a", TRUTH, prediction(2), 2, image=PHOTOS, writer=writer)
    writer.add_event = add_event
    write(writer, [3, 4])
    writer.close()
    assert blobs(tmp_path) == [(4, 8), (4, 0), (4, 8), (4, 0)]
    records = event_files.read(tmp_path)
    assert [record.sequence for record in records] == [1, 2, 3, 4]
    check(records)


def test_memory_is_bounded(tmp_path, monkeypatch):
    monkeypatch.setattr(deduplication, "MAX_REMEMBERED", 10)
    monkeypatch.setattr(deduplication, "MAX_VALUES", 3)
    store = deduplication.DeduplicationIndex()
    monkeypatch.setattr(
        "tb_pairs_plugin.writing.recording.recorder.DeduplicationIndex", lambda: store
    )
    for step in range(30):
        # Each is seen twice, and would be shared.
        truth = prediction(step // 2)[:, :9]
        pairs.summary("a", truth, truth, step, writer=tmp_path)
    assert len(store._entries) <= 10
    assert len(store._buckets) <= 10
    assert len(store._speculative) <= 10
    held = [entry.content_key.size for entry in store._entries.values() if entry.content_key]
    assert sum(held) == deduplication.MAX_COPIED - store._room <= deduplication.MAX_COPIED
    assert len(event_files.content_tags(tmp_path)) == 3
    for record in event_files.read(tmp_path):
        for i, sample in enumerate(record.samples):
            np.testing.assert_array_equal(
                sample.ground_truth.values, prediction(record.step // 2)[i, :9]
            )


def _only_content(event):
    kept = type(event)()
    kept.CopyFrom(event)
    del kept.summary.value[:]
    kept.summary.value.extend(
        value for value in event.summary.value if value.tag.startswith("__pairs__/content/")
    )
    return kept


def _fail(event):
    raise OSError(28, "No space left on device")


@pytest.mark.filterwarnings("ignore:pairs measures no:RuntimeWarning")
def test_what_is_remembered_of_masks_with_many_ids_is_bounded(tmp_path):
    """Each lists its ids, which take more memory than all else that is remembered of a picture."""
    tracemalloc.start()
    try:
        sizes = []
        for step in range(60):
            masks = np.random.default_rng(step).integers(0, 2**40, (4, 64, 64))
            pairs.summary("a", masks, masks[:1, :1].repeat(4, 0), step, writer=tmp_path)
            sizes.append(tracemalloc.get_traced_memory()[0])
    finally:
        tracemalloc.stop()
    # 20 MB for 126 of them, where all 240 would take 38 MB.
    assert sizes[-1] - sizes[0] < 28e6
    again = np.random.default_rng(59).integers(0, 2**40, (4, 64, 64))
    pairs.summary("a", again, again[:1, :1].repeat(4, 0), 60, writer=tmp_path)
    pairs.summary("a", again, again[:1, :1].repeat(4, 0), 61, writer=tmp_path)
    last = event_files.read(tmp_path)[-1]
    assert all(sample.ground_truth.is_reference for sample in last.samples)
    np.testing.assert_array_equal(last.samples[3].ground_truth.values[..., 0], again[3])
