# SPDX-License-Identifier: Apache-2.0
"""What `PairsHook` fetches and writes, and what it refuses."""

import json
import warnings

import numpy as np
import pytest

import tb_pairs_plugin as pairs
from tb_pairs_plugin.writing import processes
from tests.frameworks import interpreters
from tests.frameworks.cases.checks import guarded
from tests.writing import event_files
from tests.writing.test_evaluation import NobodyElse

tf = pytest.importorskip("tensorflow")

from tb_pairs_plugin.session_hook import PairsHook  # noqa: E402

v1 = tf.compat.v1
GREY = np.random.default_rng(0).integers(0, 256, (20, 6, 5, 1), np.uint8)


class Program:
    """A graph that reads the data set in batches of six, and runs it once through a session."""

    def __init__(self):
        self.graph = tf.Graph()
        with self.graph.as_default():
            v1.train.get_or_create_global_step()
            data = tf.data.Dataset.from_tensor_slices((tf.range(20), GREY)).batch(6)
            self.index, self.truth = v1.data.make_one_shot_iterator(data).get_next()

    def run(self, *hooks):
        with self.graph.as_default(), v1.train.MonitoredSession(hooks=hooks) as session:
            while not session.should_stop():
                session.run(self.index)


def ids_written(logdir, make_hook):
    """Returns the ids of the one record that a hook writes of a pass, or None."""
    program = Program()
    with program.graph.as_default():
        hook = make_hook(program)
    program.run(hook)
    records = event_files.read(logdir)
    assert len(records) < 2
    return [sample.id for sample in records[0].samples] if records else None


def hook(program, logdir, **options):
    return PairsHook("a", program.truth, program.truth, str(logdir), **options)


def test_a_pass_is_one_record_of_its_first_eight_pairs(tmp_path):
    assert ids_written(tmp_path, lambda p: hook(p, tmp_path)) == list("01234567")


def test_samples_are_chosen_by_index_whatever_the_batches(tmp_path):
    written = ids_written(tmp_path, lambda p: hook(p, tmp_path, ids=p.index, select=[13, 2, 19]))
    assert written == ["2", "13", "19"]
    (record,) = event_files.read(tmp_path)
    np.testing.assert_array_equal(record.samples[1].prediction.values, GREY[13])


CONDITIONS = {
    "a tensor for the batch": lambda p: p.index[0] >= 12,
    "a tensor for each sample": lambda p: tf.equal(p.index % 9, 0),
    "a function for the batch": lambda p: lambda fetched: fetched["ids"][0] >= 12,
    "a function for each sample": lambda p: lambda fetched: fetched["ids"] % 9 == 0,
}


@pytest.mark.parametrize("condition", CONDITIONS)
def test_a_condition_decides_which_count(condition, tmp_path):
    written = ids_written(
        tmp_path,
        lambda p: hook(p, tmp_path, ids=p.index, max_outputs=20, when=CONDITIONS[condition](p)),
    )
    want = range(12, 20) if "batch" in condition else [0, 9, 18]
    assert written == [str(one) for one in want]


def test_positions_count_through_the_pass_whatever_counts(tmp_path):
    def positions(program):
        return hook(program, tmp_path, when=tf.equal(program.index % 9, 0))

    assert ids_written(tmp_path, positions) == ["0", "9", "18"]


def test_a_condition_sees_what_was_fetched(tmp_path):
    seen = {}

    def look(fetched):
        seen.update(fetched)
        return True

    program = Program()
    with program.graph.as_default():
        brightness = tf.reduce_mean(tf.cast(program.truth, tf.float32), [1, 2, 3])
        one = hook(
            program,
            tmp_path,
            image=program.truth,
            ids=program.index,
            metrics={"brightness": brightness},
            when=look,
        )
    program.run(one)
    assert set(seen) == {
        *("ground_truth", "prediction", "image", "ids", "metrics", "global_step"),
    }
    np.testing.assert_allclose(seen["metrics"]["brightness"], GREY[18:].mean((1, 2, 3)))


def test_the_worst_are_those_of_the_whole_pass(tmp_path):
    def worst(program):
        error = tf.cast(program.index, tf.float32)
        return hook(
            program,
            tmp_path,
            ids=program.index,
            metrics={"error": error},
            attributes={"number": program.index},
            select=pairs.worst(3, by="error"),
        )

    assert ids_written(tmp_path, worst) == ["19", "18", "17"]
    (record,) = event_files.read(tmp_path)
    assert [sample.entry["attributes"]["number"] for sample in record.samples] == [19, 18, 17]


class FetchesAt(PairsHook):
    """A hook whose fetched step is surely of before, or of after, the training step."""

    def __init__(self, when, *args, **options):
        super().__init__(*args, **options)
        self._is_after = when == "after"

    def after_run(self, run_context, run_values):
        after = int(run_context.session.run(v1.train.get_global_step()))
        step = after if self._is_after else after - 1
        super().after_run(
            run_context, run_values._replace(results={**run_values.results, "global_step": step})
        )


@pytest.mark.parametrize("when", ["before", "after"])
def test_records_are_of_the_steps_asked_for_whenever_the_step_is_read(when, tmp_path):
    with tf.Graph().as_default():
        train = v1.assign_add(v1.train.get_or_create_global_step(), 1)
        pictures = tf.constant(GREY[:2])
        one = FetchesAt(when, "a", pictures, pictures, str(tmp_path), every_steps=3)
        with v1.train.MonitoredTrainingSession(hooks=[one]) as session:
            for _ in range(9):
                session.run(train)
    # TensorFlow 1 keeps the metadata of a tag's first value only.
    assert [event.step for event in event_files.events(tmp_path)] == [1, 4, 7]


def test_what_normalizes_resizes_and_encodes_is_undone(tmp_path):
    ids = np.kron(np.arange(20)[:, None, None] % 3, np.ones((1, 6, 4), int))
    program = Program()
    with program.graph.as_default():
        labels = tf.gather(tf.one_hot(ids, 3), program.index)
        one = PairsHook(
            "a",
            labels,
            labels[:, ::2, ::2] * 5,
            str(tmp_path),
            image=tf.cast(program.truth, tf.float32) / 255 * 2 - 1,
            kind=pairs.Mask(),
            resize="bilinear",
            denormalize=(0.5, 0.5),
            one_hot=True,
        )
    program.run(one)
    (record,) = event_files.read(tmp_path)
    for index, sample in enumerate(record.samples):
        for part in (sample.ground_truth, sample.prediction):
            np.testing.assert_array_equal(part.values[..., 0], ids[index])
        np.testing.assert_array_equal(np.rint(sample.image.values * 255), GREY[index])


def test_every_session_of_a_hook_writes_though_the_step_is_the_same(tmp_path):
    program = Program()
    with program.graph.as_default():
        one = hook(program, tmp_path)
    for _ in range(2):
        program.run(one)
    events = event_files.events(tmp_path)
    assert [event.step for event in events] == [0, 0]
    # TensorFlow 1 keeps the metadata of a tag's first value only, by which records are read.
    manifests = [json.loads(event.summary.value[0].tensor.string_val[0]) for event in events]
    for manifest in manifests:
        assert [sample["id"] for sample in manifest["samples"]] == list("01234567")


def test_a_hook_of_one_process_only_waits_for_no_other(monkeypatch, tmp_path):
    monkeypatch.setattr(processes, "_distributed", NobodyElse)
    assert ids_written(tmp_path, lambda p: hook(p, tmp_path)) == list("01234567")


def test_positions_begin_anew_in_every_session(tmp_path):
    program = Program()
    with program.graph.as_default():
        one = hook(program, tmp_path, select=[3, 17])
    with warnings.catch_warnings():
        warnings.simplefilter("error", pairs.PairsWarning)
        for _ in range(2):
            program.run(one)
    assert len(event_files.events(tmp_path)) == 2


def test_a_second_training_of_a_hook_is_written_from_its_first_step(tmp_path):
    with tf.Graph().as_default():
        train = v1.assign_add(v1.train.get_or_create_global_step(), 1)
        pictures = tf.constant(GREY[:2])
        one = PairsHook("a", pictures, pictures, str(tmp_path), every_steps=3)
        for _ in range(2):
            with v1.train.MonitoredTrainingSession(hooks=[one]) as session:
                for _ in range(5):
                    session.run(train)
    assert [event.step for event in event_files.events(tmp_path)] == [1, 4, 1, 4]


def test_several_hooks_share_one_file(tmp_path):
    program = Program()
    with program.graph.as_default():
        hooks = [
            PairsHook(name, program.truth, program.truth, str(tmp_path)) for name in ("a", "b")
        ]
    program.run(*hooks)
    assert len(list(tmp_path.iterdir())) == 1
    assert {record.tag for record in event_files.read(tmp_path)} == {"a", "b"}


def test_a_choice_that_leaves_nothing_is_said(tmp_path):
    with pytest.warns(pairs.NotWrittenWarning, match="pairs finds none of select among the ids"):
        written = ids_written(tmp_path, lambda p: hook(p, tmp_path, ids=p.index, select=[99]))
    assert written is None


def test_a_condition_that_leaves_nothing_is_silent(tmp_path):
    assert ids_written(tmp_path, lambda p: hook(p, tmp_path, when=lambda _: False)) is None


def test_a_pass_in_a_session_that_trains_is_said(tmp_path):
    program = Program()
    with program.graph.as_default():
        loss = v1.get_variable("weight", initializer=1.0)
        v1.train.GradientDescentOptimizer(0.1).minimize(loss)
        one = hook(program, tmp_path)
    with pytest.warns(RuntimeWarning, match="every_steps=100 writes while it trains"):
        program.run(one)


def test_a_hook_for_training_that_the_session_has_not_is_said(tmp_path):
    program = Program()
    with program.graph.as_default():
        loss = v1.get_variable("weight", initializer=1.0)
        v1.train.GradientDescentOptimizer(0.1).minimize(loss)
        one = hook(program, tmp_path, every_steps=5)
    program.run()
    with pytest.warns(RuntimeWarning, match="a training that never called it.*training_hooks"):
        del one


def test_a_hook_of_a_graph_that_never_ran_is_silent(tmp_path):
    program = Program()
    with program.graph.as_default():
        one = hook(program, tmp_path, every_steps=5)
    del one


@pytest.mark.parametrize("misplaced", ["training_hooks", "evaluation_hooks"])
def test_hooks_that_an_estimator_never_calls_are_said(misplaced, tmp_path):
    python = interpreters.choose("estimator_misplaced", ["tensorflow_estimator"])
    case = "tests.frameworks.cases.estimator_misplaced"
    said = interpreters.run(python, "-m", case, tmp_path, misplaced)
    warning = "PairsHook('a') was made for an evaluation that never called it"
    assert (warning in said) == (misplaced == "training_hooks")


def test_it_is_refused_where_operations_run_eagerly(tmp_path):
    with pytest.raises(ValueError, match=r"want a tf\.Graph; eagerly, call"):
        PairsHook("a", GREY, GREY, str(tmp_path))


def test_arrays_and_tensors_of_another_graph_are_refused(tmp_path):
    other = Program()
    with tf.Graph().as_default():
        with pytest.raises(ValueError, match="ground_truth has a value ndarray, want tensors"):
            PairsHook("a", GREY, GREY, str(tmp_path))
        with pytest.raises(ValueError, match="ground_truth has a value of another graph"):
            PairsHook("a", other.truth, other.truth, str(tmp_path))


def test_a_session_of_another_graph_is_refused(tmp_path):
    program = Program()
    with program.graph.as_default():
        one = hook(program, tmp_path)
    with pytest.raises(ValueError, match=r"PairsHook\('a'\) was made in another graph"):
        Program().run(one)


def test_a_graph_without_a_global_step_is_refused(tmp_path):
    with tf.Graph().as_default():
        truth = tf.constant(GREY)
        one = PairsHook("a", truth, truth, str(tmp_path))
        with pytest.raises(ValueError, match="finds no global step"):
            one.begin()


def test_a_condition_of_a_wrong_length_is_refused(tmp_path):
    with pytest.raises(ValueError, match="when has 4 elements, want one, or 6"):
        ids_written(tmp_path, lambda p: hook(p, tmp_path, when=lambda _: [True] * 4))


def test_values_that_go_wrong_while_it_trains_are_one_warning(tmp_path):
    graph = tf.Graph()
    with graph.as_default():
        v1.train.get_or_create_global_step()
        pictures = v1.placeholder(tf.float32, (1, 6, 5, 1))
        one = PairsHook("a", pictures, pictures, str(tmp_path), every_steps=1)
        step = v1.assign_add(v1.train.get_global_step(), 1)

        def train():
            with v1.train.MonitoredSession(hooks=[one]) as session:
                for factor in (1, 300, 400, 1):
                    session.run(step, {pictures: np.full((1, 6, 5, 1), factor / 2)})

        with pytest.warns(pairs.NotWrittenWarning, match="batch of 'a'.*want floats") as said:
            train()
    assert len([one for one in said if one.category is pairs.NotWrittenWarning]) == 1
    # TensorFlow 1 keeps the metadata of a tag's first value only.
    assert [event.step for event in event_files.events(tmp_path)] == [1, 4]


def test_a_directory_that_can_not_be_made_ends_no_session(tmp_path):
    (tmp_path / "file").write_text("no directory")
    program = Program()
    with program.graph.as_default():
        one = hook(program, tmp_path / "file" / "eval")
    with pytest.warns(pairs.NotWrittenWarning, match="without its records of 'a'") as said:
        program.run(one)
    assert len([one for one in said if one.category is pairs.NotWrittenWarning]) == 1


def test_what_fails_once_a_batch_was_accepted_ends_no_session(tmp_path):
    def when(fetched):
        if 6 in fetched["ids"]:
            raise OSError("no more")
        return True

    program = Program()
    with program.graph.as_default():
        one = hook(program, tmp_path, select=pairs.worst(20), when=when)
    with pytest.warns(pairs.NotWrittenWarning, match="without a batch of 'a': OSError: no more"):
        program.run(one)
    (record,) = event_files.read(tmp_path)
    assert sorted(int(sample.id) for sample in record.samples) == [*range(6), *range(12, 20)]


def test_whatever_a_session_calls_spares_it(tmp_path):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", pairs.PairsWarning)
        program = Program()
        with program.graph.as_default():
            guarded(hook(program, tmp_path))
