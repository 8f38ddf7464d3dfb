# SPDX-License-Identifier: Apache-2.0
"""The core of callbacks, hooks and handlers: collect, select, write one record."""

import pickle
import warnings
from types import SimpleNamespace

import numpy as np
import pytest

import tb_pairs_plugin as pairs
from tb_pairs_plugin.writing import processes
from tb_pairs_plugin.writing.batch import Batch, make_reader
from tb_pairs_plugin.writing.evaluation import Evaluation, EvaluationOptions
from tests.writing import event_files

TRUTH = np.arange(12, dtype=np.uint8)[:, None, None, None] * np.ones((1, 4, 5, 1), np.uint8)
PREDICTION = TRUTH + np.arange(12, dtype=np.uint8)[:, None, None, None]


def batches(size=5):
    return [
        Batch(TRUTH[i : i + size], PREDICTION[i : i + size], image=TRUTH[i : i + size])
        for i in range(0, 12, size)
    ]


LOADER = SimpleNamespace(batch_size=5)


def evaluate(one, writer, step=0, given=None, is_running=False, loader=LOADER):
    for batch in given or batches():
        # As toolkits ask.
        if not one.is_full:
            one.add(lambda batch=batch: batch, is_running=is_running, loader=loader)
    return one.write(step, writer, is_running=is_running)


def ids(logdir):
    return [[sample.id for sample in record.samples] for record in event_files.read(logdir)]


@pytest.mark.parametrize(
    ("select", "want"),
    [
        (None, list("01234567")),
        ([11, 2], ["2", "11"]),
        (pairs.worst(2), ["11", "10"]),
        (lambda pair: pair.metrics["mae"] > 9.5 / 255, ["10", "11"]),
    ],
)
def test_what_is_selected_of_a_pass_is_one_record(select, want, tmp_path):
    one = Evaluation("v", EvaluationOptions(select=select))
    assert evaluate(one, tmp_path)
    assert evaluate(one, tmp_path, 1)
    assert ids(tmp_path) == [want, want]


def test_a_step_is_written_once(tmp_path):
    one = Evaluation("v")
    assert evaluate(one, tmp_path, 7)
    assert not evaluate(one, tmp_path, 7)
    assert [record.step for record in event_files.read(tmp_path)] == [7]


def test_another_pass_at_a_step_that_was_written_is_said(tmp_path):
    one = Evaluation("v")
    assert evaluate(one, tmp_path, 7)
    with pytest.warns(pairs.NotWrittenWarning, match="no second record of 'v' at step 7"):
        assert not evaluate(one, tmp_path, 7, given=batches()[1:])
    assert not evaluate(one, tmp_path, 7, given=batches()[1:])  # once, as warnings are errors here
    assert ids(tmp_path) == [list("01234567")]


def test_a_pass_without_pairs_at_a_step_that_was_written_is_not_said(tmp_path):
    one = Evaluation("v", EvaluationOptions(select=[11]))
    assert evaluate(one, tmp_path, 7)
    assert not one.write(7, tmp_path, is_running=False)


def test_another_training_writes_the_same_steps_again(tmp_path):
    one = Evaluation("v")
    for _ in range(2):
        one.begin_training()
        assert evaluate(one, tmp_path, 7)
    assert [record.step for record in event_files.read(tmp_path)] == [7, 7]


def test_a_directory_means_the_place_of_when_it_was_named(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    one = Evaluation("v", EvaluationOptions(writer="logs"))
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert evaluate(one, object())
    assert len(event_files.read(tmp_path / "logs")) == 1


def test_it_can_be_pickled_in_the_midst_of_a_pass(tmp_path):
    one = Evaluation("v", EvaluationOptions(select=[11], writer=tmp_path))
    one.add(lambda: batches()[0], is_running=True)
    other = pickle.loads(pickle.dumps(one))
    assert not other.has_begun
    assert evaluate(other, None)
    assert ids(tmp_path) == [["11"]]


@pytest.mark.parametrize("where", [(0, 1), (None, 1), tuple])
def test_what_reads_batches_can_be_pickled(where):
    read = make_reader(where)
    assert pickle.loads(pickle.dumps(read))((1, 2)) == read((1, 2))


def test_checking_writes_nothing(tmp_path):
    one = Evaluation("v")
    one.check(batches()[0], tmp_path)
    assert not one.has_begun
    assert not list(tmp_path.iterdir())
    with pytest.raises(ValueError, match="prediction has 4 elements"):
        one.check(Batch(TRUTH[:5], PREDICTION[:4]), tmp_path)
    with pytest.raises(ValueError, match="writer is a"):
        one.check(batches()[0], object())


@pytest.mark.parametrize(
    ("options", "after"), [({}, 2), ({"max_outputs": 3}, 1), ({"select": [1]}, None)]
)
def test_a_pass_is_full_where_nothing_more_can_be_written(options, after):
    one = Evaluation("v", EvaluationOptions(**options))
    fills = []
    for batch in batches():
        one.add(lambda batch=batch: batch, is_running=False)
        fills.append(one.is_full)
    assert fills == [after is not None and count >= after for count in (1, 2, 3)]


WRONG = {
    "a shape": Batch(TRUTH[:5], PREDICTION[:4]),
    "a scale": Batch(TRUTH[:5], PREDICTION[:5], image=TRUTH[:5] - 2.5),
    "a rank": Batch(TRUTH[:5, None], PREDICTION[:5]),
    "no batch": None,
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_running_training_is_spared_with_one_warning(wrong, tmp_path):
    one = Evaluation("v")
    given = [WRONG[wrong], *batches()[1:], WRONG[wrong]]
    with pytest.warns(pairs.NotWrittenWarning, match="goes on without a batch of 'v'") as said:
        assert evaluate(one, tmp_path, given=given, is_running=True)
    assert len(said) == 1, [str(one.message) for one in said]
    # Positions are those in the data set, whatever could be read.
    assert ids(tmp_path) == [["5", "6", "7", "8", "9", "10", "11"]]
    with pytest.raises(Exception, match=r".+"):
        evaluate(Evaluation("v"), tmp_path, given=given)


@pytest.mark.parametrize("size", [4, 8, 16])
def test_a_batch_that_fails_leaves_the_record_to_those_after_it(size, tmp_path):
    values = np.zeros((size, 4, 5, 1), np.uint8)
    given = [None, *[Batch(values, values)] * 4]
    loader = SimpleNamespace(batch_size=size)
    with pytest.warns(pairs.NotWrittenWarning, match="without a batch of 'v'"):
        assert evaluate(Evaluation("v"), tmp_path, given=given, is_running=True, loader=loader)
    assert ids(tmp_path) == [[str(size + i) for i in range(8)]]


def test_a_function_of_the_users_that_fails_spares_a_running_training(tmp_path):
    one = Evaluation("v", EvaluationOptions(metrics={"m": lambda truth, prediction: 1 / 0}))
    with pytest.warns(pairs.NotWrittenWarning, match="ZeroDivisionError"):
        assert not evaluate(one, tmp_path, is_running=True)
    with pytest.raises(ZeroDivisionError):
        evaluate(one, tmp_path)


def fails(*given):
    raise KeyError("no such thing")


def test_after_a_batch_of_unknown_size_no_sample_is_taken_for_another(tmp_path):
    one = Evaluation("v", EvaluationOptions(select=lambda pair: True))
    first, second, _ = batches()
    named = Batch(TRUTH[10:], PREDICTION[10:], ids=["a", "b"])
    one.add(lambda: first, is_running=True)
    with pytest.warns(pairs.NotWrittenWarning, match="without a batch of 'v': KeyError"):
        one.add(fails, is_running=True)
    one.add(lambda: second, is_running=True)
    one.add(lambda: named, is_running=True)
    one.write(0, tmp_path, is_running=True)
    # The next pass is whole.
    evaluate(one, tmp_path, 1, is_running=True)
    assert ids(tmp_path) == [[*"01234", "a", "b"], [str(i) for i in range(12)]]


def test_a_step_that_fails_spares_a_running_training(tmp_path):
    one = Evaluation("v")
    with pytest.warns(pairs.NotWrittenWarning, match="without a record of 'v': KeyError"):
        assert not evaluate(one, tmp_path, fails, is_running=True)
    assert evaluate(one, tmp_path, lambda: 7, is_running=True)
    with pytest.raises(KeyError):
        evaluate(one, tmp_path, fails)
    assert [record.step for record in event_files.read(tmp_path)] == [7]


def test_a_writer_that_is_wrong_spares_a_running_training():
    with pytest.warns(pairs.NotWrittenWarning, match="without a record of 'v': ValueError: writer"):
        assert not evaluate(Evaluation("v"), object(), is_running=True)


def test_warnings_that_are_errors_are_raised_all_the_same(tmp_path):
    one = Evaluation("v")
    with warnings.catch_warnings():
        warnings.simplefilter("error", pairs.PairsWarning)
        with pytest.raises(pairs.PairsWarning):
            evaluate(one, tmp_path, given=[WRONG["a shape"]], is_running=True)


def test_metrics_are_functions_of_a_batch_or_numbers(tmp_path):
    one = Evaluation(
        "v",
        EvaluationOptions(
            metrics={"off": lambda truth, prediction: (prediction - truth).max((1, 2, 3))}
        ),
    )
    given = [
        Batch(batch.ground_truth, batch.prediction, metrics={"k": np.ones(len(batch))})
        for batch in batches()
    ]
    assert evaluate(one, tmp_path, given=given)
    (record,) = event_files.read(tmp_path)
    assert [sample.metrics["off"] for sample in record.samples] == list(range(8))
    assert record.samples[0].metrics["k"] == 1


@pytest.fixture
def two_processes(monkeypatch):
    """Says which of two processes this is; what the other keeps is passed as pickled."""
    state = {"rank": 0, "other": None}

    def gathered(part):
        if state["rank"]:
            state["other"] = pickle.dumps(part)
            return None
        return [part, pickle.loads(state["other"])]

    monkeypatch.setattr(processes, "find_rank", lambda: (state["rank"], 2))
    monkeypatch.setattr(processes, "gather", gathered)
    return state


@pytest.mark.parametrize(
    ("select", "want"),
    [
        (None, list("01234567")),
        (range(11), [str(i) for i in range(11)]),
        ([2, 9], ["2", "9"]),
        (pairs.worst(3), ["10", "9", "8"]),
        (lambda pair: pair.metrics["mae"] > 7.5 / 255, ["8", "9", "10"]),
    ],
)
def test_processes_give_one_record_of_all(select, want, two_processes, tmp_path):
    # Of 11 samples the sampler repeats the first, as the last of the second process.
    deal = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 0]
    loader = SimpleNamespace(dataset=range(11))
    for rank in (1, 0):
        two_processes["rank"] = rank
        one = Evaluation("v", EvaluationOptions(select=select))
        mine = deal[rank::2]
        for i in range(0, 6, 4):
            part = mine[i : i + 4]
            batch = Batch(TRUTH[part], PREDICTION[part])
            one.add(lambda batch=batch: batch, is_running=True, loader=loader)
        assert one.write(3, tmp_path, is_running=True) is (rank == 0)
    assert ids(tmp_path) == [want]


def test_processes_with_batches_in_a_row_give_the_samples_that_one_process_gives(
    two_processes, tmp_path
):
    for rank in (1, 0):
        two_processes["rank"] = rank
        one = Evaluation("v")
        for start in (0, 8):
            part = slice(start + 4 * rank, start + 4 * rank + 4)
            batch = Batch(TRUTH[part], PREDICTION[part])
            one.add(lambda batch=batch: batch, is_running=True, in_a_row=4)
        one.write(0, tmp_path, is_running=True)
    assert ids(tmp_path) == [list("01234567")]


def test_kinds_of_processes_are_compared_also_where_they_hold_arrays(two_processes, tmp_path):
    labels = np.arange(2 * 6 * 5).reshape(2, 6, 5) % 2
    for rank in (1, 0):
        two_processes["rank"] = rank
        colors = np.array([[0, 0, 0], [255, 0, 0]], np.uint8)
        one = Evaluation("v", EvaluationOptions(kind=pairs.Mask(colors=colors)))
        one.add(lambda: Batch(labels, labels), is_running=True)
        one.write(0, tmp_path, is_running=True)
    assert ids(tmp_path) == [list("0123")]


def test_ids_of_the_user_that_a_sampler_repeats_are_there_once(two_processes, tmp_path):
    for rank in (1, 0):
        two_processes["rank"] = rank
        one = Evaluation("v", EvaluationOptions(select=pairs.best(5)))
        one.add(lambda: Batch(TRUTH[:2], PREDICTION[:2], ids=["a", "b"]), is_running=True)
        one.write(0, tmp_path, is_running=True)
    assert ids(tmp_path) == [["a", "b"]]


def test_a_process_whose_batches_all_fail_lets_the_others_wait_for_nothing(two_processes, tmp_path):
    two_processes["rank"] = 1
    one = Evaluation("v")
    with pytest.warns(pairs.NotWrittenWarning, match="without a batch of 'v': KeyError"):
        one.add(fails, is_running=True)
    # Toolkits with several data loaders write those of which there was a batch.
    assert one.has_begun
    one.write(0, tmp_path, is_running=True)
    two_processes["rank"] = 0
    assert evaluate(Evaluation("v"), tmp_path, is_running=True)
    assert ids(tmp_path) == [["0", "2", "4", "6", "8", "10", "12", "14"]]


def test_processes_that_saw_nothing_of_a_choice_say_nothing(two_processes, tmp_path):
    for rank in (1, 0):
        two_processes["rank"] = rank
        one = Evaluation("v", EvaluationOptions(select=[1]))
        one.add(lambda: Batch(TRUTH[:1], PREDICTION[:1]), is_running=True)
        one.write(0, tmp_path, is_running=True)
    assert ids(tmp_path) == [["1"]]


class NobodyElse:
    """A `torch.distributed` whose other process never comes to a collective."""

    @staticmethod
    def get_rank():
        return 0

    @staticmethod
    def get_world_size():
        return 2

    @staticmethod
    def gather_object(*_):
        raise AssertionError("waits for ever")


def test_a_process_that_evaluates_alone_waits_for_no_other(monkeypatch, tmp_path):
    monkeypatch.setattr(processes, "_distributed", NobodyElse)
    assert evaluate(Evaluation("v", EvaluationOptions(select=[0]), gathers=False), tmp_path)
    assert ids(tmp_path) == [["0"]]
    with pytest.raises(AssertionError, match="waits for ever"):
        evaluate(Evaluation("v"), tmp_path)


@pytest.mark.parametrize(
    ("found", "want"),
    [
        ((1, 2), Batch(image=1, ground_truth=2)),
        ({"ground_truth": 2, "image": None, "ids": [3]}, Batch(2, ids=[3])),
    ],
)
def test_what_a_function_makes_of_a_batch(found, want):
    assert make_reader(lambda batch: found)(None) == want


@pytest.mark.parametrize(
    ("where", "given", "says"),
    [
        ((0, 5), (1, 2), "5 as a key, and the data loader gives 2 values"),
        (("x", "mask"), {"x": 1}, r"'mask' as a key, and the data loader gives the keys \['x'\]"),
        (lambda batch: 3, None, "batch gives a int, want"),
        (lambda batch: {"truth": 3}, None, r"batch gives the keys \['truth'\], want"),
        (3, None, "batch is 3, want the keys"),
        ("image", None, "batch is 'image', want the keys"),
    ],
)
def test_batches_that_cannot_be_read_are_refused(where, given, says):
    with pytest.raises(ValueError, match=says):
        make_reader(where)(given)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"select": pairs.every(2)}, "want the argument for how often to write"),
        ({"metrics": 3}, "metrics is 3, want functions"),
        ({"kind": 3}, "kind is 3"),
    ],
)
def test_arguments_that_are_wrong_are_refused_at_once(options, says):
    with pytest.raises(ValueError, match=says):
        Evaluation("v", EvaluationOptions(**options))
