# SPDX-License-Identifier: Apache-2.0
"""Faults of a machine, in processes of their own: training ends well, what was promised is there.

More of them: `tests/writing/test_faults.py`, `tests/writing/test_background.py`.
"""

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

import tb_pairs_plugin as pairs
from tb_pairs_plugin.writing.writers import log_directory
from tests.trust.trainings import PICTURE, PRELUDE, start, steps, train
from tests.writing import event_files


def test_a_disk_that_is_full_for_a_while_costs_those_steps_only(tmp_path: Path) -> None:
    output, stderr = train(
        """
        import resource
        written = []
        for step in range(10):
            full = 3 <= step < 6
            # In bytes a file may have: less than a record.
            most = 20_000 if full else resource.RLIM_INFINITY
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))
            if log(step):
                written.append(step)
        print(*written)
        print("training ended")
        """,
        tmp_path,
    )
    assert output.splitlines()[0] == "0 1 2 6 7 8 9"
    assert stderr.count("NotWrittenWarning") == 1
    assert "File too large" in stderr
    assert steps(tmp_path) == [0, 1, 2, 6, 7, 8, 9]


def test_a_full_disk_is_not_filled_with_halves_and_empty_files(tmp_path: Path) -> None:
    train(
        """
        import resource
        log(0)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, resource.RLIM_INFINITY))
        for step in range(1, 20):
            log(step)
        print("training ended")
        """,
        tmp_path,
    )
    assert steps(tmp_path) == [0]
    assert len(list(tmp_path.iterdir())) == 1


def test_a_full_disk_in_the_background_is_one_warning(tmp_path: Path) -> None:
    _, stderr = train(
        """
        import resource
        log(0)
        with pairs.background():
            resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, resource.RLIM_INFINITY))
            for step in range(1, 6):
                assert log(step)
        print("training ended")
        """,
        tmp_path,
    )
    assert stderr.count("NotWrittenWarning") == 1
    assert steps(tmp_path) == [0]


def test_an_interrupted_write_does_not_hide_what_comes_after(tmp_path: Path) -> None:
    """As by Ctrl-C in a notebook, whose next cell goes on with the same writer."""
    pairs.summary("a", PICTURE, PICTURE, 0, writer=tmp_path)

    class Interrupted:
        """A stream during whose writing the user interrupts."""

        def __init__(self, stream: object) -> None:
            self._stream = stream

        def __getattr__(self, name: str) -> object:
            return getattr(self._stream, name)

        def write(self, data: bytes) -> None:
            self._stream.write(data[: len(data) // 2])  # type: ignore[attr-defined]
            raise KeyboardInterrupt

    directory = log_directory.open_directory(str(tmp_path))
    directory._stream = Interrupted(directory._stream)  # type: ignore[assignment]
    with pytest.raises(KeyboardInterrupt):
        pairs.summary("a", PICTURE, PICTURE + 1, 1, writer=tmp_path)
    assert pairs.summary("a", PICTURE, PICTURE + 2, 2, writer=tmp_path) is True
    assert steps(tmp_path) == [0, 2]


def test_an_exception_of_the_model_leaves_what_was_logged(tmp_path: Path) -> None:
    training = start("log(0); log(1); raise ArithmeticError('loss is NaN')", tmp_path)
    _, stderr = training.communicate(timeout=600)
    assert training.returncode == 1
    assert "loss is NaN" in stderr
    assert steps(tmp_path) == [0, 1]


def test_two_processes_that_log_to_one_run_spoil_nothing(tmp_path: Path) -> None:
    code = """
        for step in range(int(sys.stdin.readline()), 20, 2):
            assert log(step)
        print("training ended")
        """
    trainings = []
    for first in (0, 1):
        training = subprocess.Popen(
            [sys.executable, "-c", PRELUDE + textwrap.dedent(code), str(tmp_path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert training.stdin is not None
        training.stdin.write(f"{first}\n")
        training.stdin.flush()
        trainings.append(training)
    for training in trainings:
        assert "training ended" in training.communicate(timeout=600)[0]
    assert len(list(tmp_path.iterdir())) == 2
    assert sorted(steps(tmp_path)) == list(range(20))


def test_files_of_the_same_name_are_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two containers may have the same host name and process id, and start in the same second."""
    names = iter(["events.out.tfevents.1.host.1.pairs0"] * 2 + ["events.out.tfevents.2.host.1.x"])
    monkeypatch.setattr(log_directory, "_file_name", lambda: next(names))
    (tmp_path / "logs").mkdir()
    (tmp_path / "linked").symlink_to(tmp_path / "logs")
    pairs.summary("a", PICTURE, PICTURE, 0, writer=tmp_path / "logs")
    pairs.summary("a", PICTURE, PICTURE + 1, 1, writer=tmp_path / "linked")
    assert steps(tmp_path / "logs") == [0, 1]


def test_files_of_one_process_are_read_in_the_order_they_were_begun() -> None:
    names = [log_directory._file_name() for _ in range(12)]
    assert sorted(names) == names


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
def test_workers_that_load_data_neither_lose_nor_repeat_records(tmp_path: Path) -> None:
    train(
        """
        import multiprocessing
        warnings.simplefilter("ignore", DeprecationWarning)

        def load(number):
            # A worker that logs what it augmented, to the run of its parent.
            log(100 + number, "augmented")
            return number

        def check():
            with pairs.background():
                log(0)
                with multiprocessing.get_context("fork").Pool(2) as workers:
                    for number in workers.map(load, range(6)):
                        log(1 + number)
                    workers.close()
                    workers.join()

        check()
        print("training ended")
        """,
        tmp_path,
    )
    assert sorted(steps(tmp_path)) == [*range(7), *range(100, 106)]


@pytest.mark.parametrize(
    "place",
    [
        "recording.encoding.encode",
        "scores.measure",
        "arrays.conversion.to_numpy",
        "recording.event.make_summary",
    ],
)
def test_no_memory_for_a_record_is_a_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise MemoryError("cannot allocate")

    with monkeypatch.context() as patch:
        patch.setattr(f"tb_pairs_plugin.writing.{place}", fail)
        with pytest.warns(RuntimeWarning, match="MemoryError: cannot allocate"):
            assert pairs.summary("a", PICTURE, PICTURE, 0, writer=tmp_path) is False
    assert pairs.summary("a", PICTURE, PICTURE + 1, 1, writer=tmp_path) is True
    # Nor does it refer to what would have been stored with the one that failed.
    assert steps(tmp_path) == [1]


def test_no_memory_for_a_batch_of_a_collector_is_a_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise MemoryError("cannot allocate")

    collector = pairs.Collector("a", writer=tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr("tb_pairs_plugin.writing.pairs.Pair.detach", fail)
        with pytest.warns(RuntimeWarning, match="goes on without a batch.*cannot allocate"):
            collector.add(PICTURE, PICTURE)
    collector.add(PICTURE, PICTURE + 1)
    assert collector.write(1) is True
    assert steps(tmp_path) == [1]


def test_ctrl_c_before_the_write_does_not_hide_what_comes_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("tb_pairs_plugin.writing.recording.event.make_summary", interrupt)
        with pytest.raises(KeyboardInterrupt):
            pairs.summary("a", PICTURE, PICTURE, 0, writer=tmp_path)
    assert pairs.summary("a", PICTURE, PICTURE + 1, 1, writer=tmp_path) is True
    assert steps(tmp_path) == [1]


def test_a_system_without_threads_left_costs_nothing_but_time(tmp_path: Path) -> None:
    output, _ = train(
        """
        import gc
        large = np.random.default_rng(0).integers(0, 256, (4, 256, 256, 3), np.uint8)
        start = threading.Thread.start

        def refuse(thread):
            raise RuntimeError("can't start new thread")

        threading.Thread.start = refuse
        for step in range(5):
            assert pairs.summary("b", large, large, step, writer=logdir + "/b")
        # No more arrays are kept than those of this program.
        gc.collect()
        draft = pairs.writing.recording.recorder.Draft
        print(sum(isinstance(one, draft) for one in gc.get_objects()))
        threading.Thread.start = start
        assert pairs.summary("b", large, large, 5, writer=logdir + "/b")
        print("training ended")
        """,
        tmp_path,
    )
    assert output.split()[0] == "0"
    assert [record.step for record in event_files.read(tmp_path / "b", "b")] == list(range(6))


def test_the_first_call_can_be_at_the_exit_of_the_interpreter(tmp_path: Path) -> None:
    train(
        """
        import atexit
        atexit.register(lambda: print(log(0)))
        print("training ended")
        """,
        tmp_path,
    )
    assert steps(tmp_path) == [0]


def test_a_program_with_many_directories_keeps_files_for_other_things(tmp_path: Path) -> None:
    train(
        """
        import gc, resource
        resource.setrlimit(resource.RLIMIT_NOFILE, (200, 200))
        for step in range(2):
            for run in range(250):
                assert log(step, where=f"{logdir}/{run}")
        open(os.devnull).close()
        gc.collect()
        recorders = [one for one in gc.get_objects()
                     if isinstance(one, pairs.writing.recording.recorder.Recorder)]
        assert len(recorders) < 120, len(recorders)
        print("training ended")
        """,
        tmp_path,
    )
    for run in range(0, 250, 50):
        assert sorted(steps(tmp_path / str(run))) == [0, 1]


def test_a_failure_that_nobody_can_be_told_of_does_not_end_the_training(tmp_path: Path) -> None:
    """As in a daemon, whose standard error is closed."""
    (tmp_path / "file").write_text("in the way")
    output, _ = train(
        """
        sys.stderr.close()
        print(log(0, where=logdir + "/file/run"))
        with pairs.background(queue=1):
            print(*[log(step, where=logdir + "/file/other") for step in range(4)])
            fails = dict(select=lambda pair: 1 / 0, writer=logdir)
            print(*[pairs.summary("a", picture, picture, 0, **fails) for _ in range(4)])
        print("training ended")
        """,
        tmp_path,
    )
    assert output.splitlines()[:-1] == ["False", *["True True True True"] * 2]
