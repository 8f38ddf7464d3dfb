# SPDX-License-Identifier: Apache-2.0
"""What is logged in the background is written, in order, however the program ends."""

import os
import signal
import subprocess
import sys
import textwrap
import threading
import tracemalloc
import warnings

import numpy as np
import pytest

import tb_pairs_plugin as pairs
from tb_pairs_plugin.writing.recording import recorder
from tests.writing import event_files

TRUTH = np.random.default_rng(0).integers(0, 256, (2, 100, 100, 3), np.uint8)
STEPS = 12

# A program that logs more than the worker can have written when it ends.
PROGRAM = """
import os, signal, sys, threading, time
import numpy as np
import tb_pairs_plugin as pairs
from tb_pairs_plugin.writing.recording import recorder

write = recorder.write
def slowly(*arguments):
    time.sleep(0.05)
    write(*arguments)
recorder.write = slowly

truth = np.random.default_rng(0).integers(0, 256, (2, 100, 100, 3), np.uint8)
def log(steps):
    for step in steps:
        pairs.summary("a", truth, np.full_like(truth, step), step, writer=sys.argv[1])
"""


def run(tmp_path, ending, **options):
    """Runs the program with an ending, and returns the finished process."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", PROGRAM + textwrap.dedent(ending), str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=600,
        **options,
    )


def steps_in(logdir):
    """Returns the steps on disk, after a look at every picture."""
    records = event_files.read(logdir)
    for record in records:
        np.testing.assert_array_equal(record.samples[1].ground_truth.values, TRUTH[1])
        assert (record.samples[1].prediction.values == record.step).all()
    return [record.step for record in records]


@pytest.fixture
def gate(monkeypatch):
    """Keeps the worker from writing until it is set."""
    opened = threading.Event()
    write = recorder.write

    def when_open(*arguments):
        assert opened.wait(240)
        write(*arguments)

    monkeypatch.setattr(recorder, "write", when_open)
    yield opened
    opened.set()


def log(tmp_path, step):
    return pairs.summary("a", TRUTH, np.full_like(TRUTH, step), step, writer=tmp_path)


def test_the_end_of_the_block_is_the_end_of_writing(tmp_path):
    with pairs.background():
        for step in range(STEPS):
            assert log(tmp_path, step) is True
    assert steps_in(tmp_path) == list(range(STEPS))


def test_a_call_returns_before_anything_is_written(tmp_path, gate):
    with pairs.background():
        assert log(tmp_path, 1) is True
        assert list(tmp_path.iterdir()) == []
        gate.set()
    assert steps_in(tmp_path) == [1]


def test_pictures_are_those_of_the_call_even_if_they_change_after_it(tmp_path, gate):
    prediction = np.full_like(TRUTH, 5)
    with pairs.background():
        pairs.summary("a", TRUTH, prediction, 5, writer=tmp_path)
        prediction[:] = 77
        gate.set()
    assert steps_in(tmp_path) == [5]


def test_wall_times_are_those_of_the_calls(tmp_path, gate):
    with pairs.background(queue=2):
        log(tmp_path, 0)
        log(tmp_path, 1)
        late = threading.Timer(0.3, gate.set)
        late.start()
    first, second = event_files.read(tmp_path)
    assert second.wall_time - first.wall_time < 0.3


def test_flush_leaves_nothing_to_write(tmp_path):
    with pairs.background() as queue:
        log(tmp_path, 0)
        log(tmp_path, 1)
        queue.flush()
        assert steps_in(tmp_path) == [0, 1]
        log(tmp_path, 2)
    assert steps_in(tmp_path) == [0, 1, 2]


def test_calls_after_the_end_are_written_at_once(tmp_path):
    queue = pairs.background()
    log(tmp_path, 0)
    queue.close()
    queue.close()
    log(tmp_path, 1)
    assert steps_in(tmp_path) == [0, 1]


def test_a_full_queue_holds_the_caller_until_there_is_room(tmp_path, gate):
    with pairs.background(queue=2) as queue:
        caller = threading.Thread(target=lambda: [log(tmp_path, step) for step in range(STEPS)])
        caller.start()
        caller.join(0.5)
        assert caller.is_alive()
        gate.set()
        caller.join(60)
        assert not caller.is_alive()
        assert queue.dropped == 0
    assert steps_in(tmp_path) == list(range(STEPS))


def test_a_full_queue_forgets_the_oldest_on_request_and_says_how_many(tmp_path, gate):
    queue = pairs.background(queue=2, when_full="drop_oldest")
    for step in range(STEPS):
        assert log(tmp_path, step) is True
    dropped = queue.dropped
    gate.set()
    with pytest.warns(RuntimeWarning, match=f"dropped {dropped} records"):
        queue.close()
    assert steps_in(tmp_path)[-2:] == [STEPS - 2, STEPS - 1]
    # The worker may have had one in hand.
    assert dropped in (STEPS - 3, STEPS - 2)
    assert len(steps_in(tmp_path)) == STEPS - dropped


def test_wrong_arguments_are_refused_by_the_call_itself(tmp_path):
    with pairs.background(), pytest.raises(ValueError, match="prediction has 1 elements, want 2"):
        pairs.summary("a", TRUTH, TRUTH[:1], 0, writer=tmp_path)


def test_what_fails_later_is_one_warning(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        with pairs.background():
            for step in range(3):
                assert log(tmp_path / "file" / "run", step) is True
    assert len(said) == 1
    assert "could not write 'a'" in str(said[0].message)


def test_a_choice_by_a_metric_that_there_is_not_is_refused_by_the_call_itself(tmp_path):
    select = pairs.worst(1, by="nothing")
    with pairs.background(), pytest.raises(ValueError, match="sorts by nothing, want one of mae"):
        pairs.summary("b", TRUTH, TRUTH, 0, writer=tmp_path, select=select)


def test_a_choice_that_fails_is_one_warning_and_the_rest_is_written(tmp_path):
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        with pairs.background():
            for _ in range(2):
                pairs.summary("b", TRUTH, TRUTH, 0, writer=tmp_path, select=lambda _: 1 / 0)
            log(tmp_path, 1)
    assert len(said) == 1
    assert "'b' could not be written" in str(said[0].message)
    assert [record.tag for record in event_files.read(tmp_path)] == ["a"]


def test_where_warnings_are_errors_the_thread_that_logs_gets_it(tmp_path):
    with pytest.raises(RuntimeWarning, match="'a' could not be written"), pairs.background():
        pairs.summary("a", TRUTH, TRUTH, 0, writer=tmp_path, select=lambda _: 1 / 0)


@pytest.mark.parametrize("queue", [0, -1, 2.5, True, None, "8"])
def test_a_queue_that_is_no_size_is_refused(queue):
    with pytest.raises(ValueError, match="want an integer of at least 1"):
        pairs.background(queue=queue)


def test_an_unknown_policy_is_refused():
    with pytest.raises(ValueError, match="want 'block' or 'drop_oldest'"):
        pairs.background(when_full="drop")


def test_an_inner_block_keeps_the_order(tmp_path):
    with pairs.background():
        log(tmp_path, 0)
        with pairs.background(queue=1):
            log(tmp_path, 1)
        log(tmp_path, 2)
    assert steps_in(tmp_path) == [0, 1, 2]


def test_the_proto_of_summary_pb_is_there_at_once(gate):
    gate.set()
    with pairs.background():
        assert pairs.summary_pb("a", TRUTH, TRUTH).value


def test_a_collector_writes_in_the_background_too(tmp_path, gate):
    collector = pairs.Collector("a", select=pairs.worst(1), writer=tmp_path)
    with pairs.background():
        collector.add(TRUTH, np.zeros_like(TRUTH))
        assert collector.write(3) is True
        assert list(tmp_path.iterdir()) == []
        gate.set()
    assert [record.step for record in event_files.read(tmp_path)] == [3]


def test_tensorflow_writes_to_what_was_the_default_writer_at_the_call(tmp_path, gate):
    tf = pytest.importorskip("tensorflow")
    writers = [tf.summary.create_file_writer(str(tmp_path / name)) for name in "xy"]
    with pairs.background():
        for step, writer in enumerate(writers):
            with writer.as_default(step):
                assert pairs.summary("a", TRUTH, np.full_like(TRUTH, step))
        gate.set()
    assert steps_in(tmp_path / "x") == [0]
    assert steps_in(tmp_path / "y") == [1]


def test_inside_a_function_of_tensorflow(tmp_path, gate):
    tf = pytest.importorskip("tensorflow")
    writer = tf.summary.create_file_writer(str(tmp_path))

    @tf.function
    def step(number):
        with writer.as_default():
            prediction = tf.fill(TRUTH.shape, tf.cast(number, tf.uint8))
            return pairs.summary("a", tf.constant(TRUTH), prediction, number)

    with pairs.background():
        assert bool(step(tf.constant(4, tf.int64)))
        gate.set()
    assert steps_in(tmp_path) == [4]


def test_nothing_is_lost_at_the_end_of_the_program(tmp_path):
    ended = run(tmp_path, f"pairs.background(queue=20); log(range({STEPS}))")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert steps_in(tmp_path) == list(range(STEPS))


def test_nothing_is_lost_by_an_exception(tmp_path):
    ended = run(
        tmp_path,
        f"""
        with pairs.background(queue=20):
            log(range({STEPS}))
            raise OSError("the model diverged")
        """,
    )
    assert ended.returncode == 1
    assert "the model diverged" in ended.stderr
    assert steps_in(tmp_path) == list(range(STEPS))


def test_nothing_is_lost_by_sys_exit(tmp_path):
    ended = run(tmp_path, f"pairs.background(queue=20); log(range({STEPS})); sys.exit(3)")
    assert (ended.returncode, ended.stderr) == (3, "")
    assert steps_in(tmp_path) == list(range(STEPS))


@pytest.mark.skipif(os.name == "nt", reason="Windows ends a process without asking it")
def test_nothing_is_lost_by_sigterm_and_the_program_dies_of_it(tmp_path):
    ended = run(
        tmp_path,
        f"""
        pairs.background(queue=20)
        log(range({STEPS}))
        os.kill(os.getpid(), signal.SIGTERM)
        log([{STEPS}])
        """,
    )
    assert (ended.returncode, ended.stderr) == (-signal.SIGTERM, "")
    assert steps_in(tmp_path) == list(range(STEPS))


@pytest.mark.skipif(os.name == "nt", reason="Windows ends a process without asking it")
def test_nothing_is_lost_by_a_sigterm_that_comes_while_a_call_waits_for_room(tmp_path):
    ended = run(
        tmp_path,
        """
        import itertools
        pairs.background(queue=1)
        for step in itertools.count():
            log([step])
            print(step, flush=True)
            if step == 0:
                threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGTERM)).start()
        """,
    )
    assert ended.returncode == -signal.SIGTERM
    accepted = [int(line) for line in ended.stdout.split()]
    assert accepted
    assert steps_in(tmp_path)[: len(accepted)] == accepted


@pytest.mark.skipif(os.name == "nt", reason="Windows ends a process without asking it")
def test_nothing_is_lost_by_a_sigterm_in_the_middle_of_queueing(tmp_path):
    ended = run(
        tmp_path,
        f"""
        queue = pairs.background(queue=20)
        log(range({STEPS}))
        with queue._changed:
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(600)
        """,
    )
    assert (ended.returncode, ended.stderr) == (-signal.SIGTERM, "")
    assert steps_in(tmp_path) == list(range(STEPS))


@pytest.mark.skipif(os.name == "nt", reason="Windows ends a process without asking it")
def test_nothing_is_lost_by_sigterm_of_what_a_writer_queues_itself(tmp_path):
    ended = run(
        tmp_path,
        f"""
        from tensorboard.summary.writer.event_file_writer import EventFileWriter
        pairs.background(queue=20)
        writer = EventFileWriter(sys.argv[1])
        for step in range({STEPS}):
            pairs.summary("a", truth, np.full_like(truth, step), step, writer=writer)
        os.kill(os.getpid(), signal.SIGTERM)
        """,
    )
    assert ended.returncode == -signal.SIGTERM
    assert steps_in(tmp_path) == list(range(STEPS))


@pytest.mark.skipif(os.name == "nt", reason="Windows ends a process without asking it")
def test_a_handler_of_the_program_stays(tmp_path):
    ended = run(
        tmp_path,
        f"""
        signal.signal(signal.SIGTERM, lambda *_: (print("saving"), sys.exit(7)))
        with pairs.background(queue=20):
            log(range({STEPS}))
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(600)
        """,
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (7, "saving\n", "")
    assert steps_in(tmp_path) == list(range(STEPS))


@pytest.mark.skipif(os.name == "nt", reason="Windows ends a process without asking it")
def test_the_default_handler_is_back_after_the_end():
    before = signal.getsignal(signal.SIGTERM)
    with pairs.background():
        pass
    assert signal.getsignal(signal.SIGTERM) == before


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_what_is_on_disk_after_a_kill_is_whole(tmp_path):
    ended = run(
        tmp_path,
        """
        pairs.background(queue=4)
        threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGKILL)).start()
        log(range(1000))
        """,
    )
    assert ended.returncode == -signal.SIGKILL
    steps = steps_in(tmp_path)
    assert steps == list(range(len(steps)))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
def test_a_forked_process_begins_with_an_empty_queue_and_loses_nothing_of_its_own(tmp_path):
    ended = run(
        tmp_path,
        f"""
        import multiprocessing, warnings
        warnings.simplefilter("ignore", DeprecationWarning)
        pairs.background(queue=20)
        log(range({STEPS}))
        child = multiprocessing.get_context("fork").Process(target=log, args=([77, 78],))
        child.start()
        child.join(60)
        print(child.exitcode)
        """,
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "0\n", "")
    assert sorted(steps_in(tmp_path)) == [*range(STEPS), 77, 78]


def test_memory_is_bounded_by_the_queue(tmp_path, gate):
    held = []
    with pairs.background(queue=3, when_full="drop_oldest") as queue:
        for step in range(50):
            log(tmp_path, step)
            held.append(len(queue._waiting))
        gate.set()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)
            queue.close()
    assert max(held) == 3


def test_a_predicate_that_ends_its_thread_ends_nothing_else(tmp_path):
    """Without the worker, a caller that waits for room in the queue would never return."""
    seen = threading.Event()

    def ends(sample):
        # So that the queue is full by then.
        assert seen.wait(240)
        raise SystemExit

    def train():
        with pairs.background(queue=1):
            pairs.summary("a", TRUTH, TRUTH, 0, select=ends, writer=tmp_path)
            caller = threading.Thread(
                target=lambda: [log(tmp_path, step) for step in range(1, STEPS)], daemon=True
            )
            caller.start()
            caller.join(0.5)
            seen.set()
            caller.join(60)
            assert not caller.is_alive()

    with pytest.warns(RuntimeWarning, match="'a' could not be written .SystemExit"):
        train()
    assert steps_in(tmp_path) == list(range(1, STEPS))


def test_a_predicate_may_log_and_flush(tmp_path):
    def logs(sample):
        if sample.id == "0":
            pairs.summary("b", TRUTH, TRUTH, 0, writer=tmp_path)
            queue.flush()
        return True

    def train():
        for step in range(STEPS):
            pairs.summary("a", TRUTH, TRUTH, step, select=logs, writer=tmp_path)

    with pairs.background(queue=1) as queue:
        training = threading.Thread(target=train, daemon=True)
        training.start()
        training.join(60)
        assert not training.is_alive()
    assert sorted(record.step for record in event_files.read(tmp_path, "a")) == list(range(STEPS))
    assert len(event_files.read(tmp_path, "b")) == STEPS


def test_nothing_is_lost_that_is_logged_while_the_interpreter_exits(tmp_path):
    ended = run(
        tmp_path,
        f"""
        import atexit
        pairs.background(queue=2)
        log([0])
        atexit.register(log, range(1, {STEPS}))
        """,
    )
    assert ended.returncode == 0, ended.stderr
    assert not ended.stderr
    assert steps_in(tmp_path) == list(range(STEPS))


def test_no_memory_for_a_copy_is_a_warning_and_false(tmp_path, monkeypatch):
    def fail(*_):
        raise MemoryError("cannot allocate")

    with pairs.background():
        with monkeypatch.context() as patch:
            patch.setattr("tb_pairs_plugin.writing.buffers.Buffers.copy", fail)
            with pytest.warns(RuntimeWarning, match="'a' could not be queued .MemoryError"):
                assert log(tmp_path, 0) is False
        assert log(tmp_path, 1) is True
    assert steps_in(tmp_path) == [1]


def test_a_closed_queue_keeps_no_memory(tmp_path):
    pictures = np.random.default_rng(0).integers(0, 256, (2, 512, 512, 3), dtype=np.uint8)
    pairs.summary("photo", pictures, pictures, 0, writer=tmp_path)
    tracemalloc.start()
    try:
        behind = pairs.background()
        for step in range(1, 4):
            pairs.summary("photo", pictures, pictures, step, writer=tmp_path)
        behind.flush()
        held, _ = tracemalloc.get_traced_memory()
        behind.close()
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    # Of the copies of two calls, into which the next ones would be copied.
    assert held - kept >= pictures.nbytes
