# SPDX-License-Identifier: Apache-2.0
"""Training goes on whatever happens to the log."""

import errno
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import warnings
from unittest import mock

import numpy as np
import pytest

import tb_pairs_plugin as pairs
from tb_pairs_plugin.writing.writers import log_directory
from tests.writing import event_files

TRUTH = np.random.default_rng(0).integers(0, 256, (2, 200, 200, 3), np.uint8)
FULL = OSError(errno.ENOSPC, "No space left on device")


def test_threads_write_whole_records(tmp_path):
    def write(number):
        for step in range(10):
            prediction = np.full_like(TRUTH, number * 10 + step)
            assert pairs.summary(f"tag {number % 2}", TRUTH, prediction, step, writer=tmp_path)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for tag in ("tag 0", "tag 1"):
        records = event_files.read(tmp_path, tag)
        assert [record.sequence for record in records] == list(range(1, 31))
        for record in records:
            np.testing.assert_array_equal(record.samples[1].ground_truth.values, TRUTH[1])
    assert len(event_files.content_tags(tmp_path)) == 1


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
def test_a_forked_process_writes_to_a_file_of_its_own(tmp_path):
    pairs.summary("a", TRUTH, TRUTH, 0, writer=tmp_path)
    with warnings.catch_warnings():
        # Newer Pythons warn of forking with threads, which is what this is about.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = multiprocessing.get_context("fork").Process(
            target=pairs.summary, args=("a", TRUTH, TRUTH, 1), kwargs={"writer": tmp_path}
        )
        child.start()
    child.join(60)
    assert child.exitcode == 0
    pairs.summary("a", TRUTH, TRUTH, 2, writer=tmp_path)
    assert len(list(tmp_path.iterdir())) == 2
    records = event_files.read(tmp_path)
    assert sorted(record.step for record in records) == [0, 1, 2]
    for record in records:
        np.testing.assert_array_equal(record.samples[1].ground_truth.values, TRUTH[1])


def test_a_directory_that_cannot_be_made_is_a_warning_once(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.warns(RuntimeWarning, match="could not write 'a' and goes on without"):
        assert pairs.summary("a", TRUTH, TRUTH, 0, writer=tmp_path / "file" / "run") is False
    assert pairs.summary("a", TRUTH, TRUTH, 1, writer=tmp_path / "file" / "run") is False


def test_a_full_disk_is_a_warning_once_and_what_comes_after_is_readable(tmp_path):
    pairs.summary("a", TRUTH, TRUTH, 0, writer=tmp_path)
    directory = log_directory.open_directory(str(tmp_path))
    whole = directory._stream
    directory._stream = mock.Mock(wraps=whole, write=mock.Mock(side_effect=FULL))
    directory._stream.name = whole.name
    with pytest.warns(RuntimeWarning, match="No space left"):
        assert pairs.summary("a", TRUTH, TRUTH, 1, writer=tmp_path) is False
    assert pairs.summary("a", TRUTH, TRUTH, 2, writer=tmp_path) is True
    # Not even the content of the file that failed is needed for what comes after.
    (record,) = event_files.decode(
        event for event in event_files.events(tmp_path) if event.step == 2
    )
    np.testing.assert_array_equal(record.samples[0].ground_truth.values, TRUTH[0])


def test_what_was_written_before_a_kill_is_readable(tmp_path):
    code = (
        "import numpy as np, tb_pairs_plugin as pairs\n"
        "x = np.zeros((2, 50, 50, 3), np.uint8)\n"
        "for step in range(10**6):\n"
        f"    pairs.summary('a', x, x + step % 256, step, writer={str(tmp_path)!r})\n"
        "    print(step, flush=True)"
    )
    child = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", code], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    steps = [int(child.stdout.readline()) for _ in range(5)]
    child.send_signal(signal.SIGKILL)
    child.wait(240)
    child.stdout.close()
    assert [record.step for record in event_files.read(tmp_path)][:5] == steps


def test_it_can_be_called_while_the_interpreter_exits(tmp_path):
    code = (
        "import atexit, numpy as np, tb_pairs_plugin as pairs\n"
        "x = np.zeros((4, 300, 300, 3), np.uint8)\n"
        f"last = lambda: pairs.summary('a', x, x, 1, writer={str(tmp_path)!r})\n"
        "atexit.register(last)\n"
        f"pairs.summary('a', x, x, 0, writer={str(tmp_path)!r})\n"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=600
    )
    assert not answer.stderr
    assert [record.step for record in event_files.read(tmp_path)] == [0, 1]


def test_an_error_of_a_predicate_is_the_callers(tmp_path):
    with pytest.raises(ZeroDivisionError):
        pairs.summary("a", TRUTH, TRUTH, 0, select=lambda sample: 1 / 0, writer=tmp_path)


def test_keyboard_interrupt_is_not_swallowed(tmp_path, monkeypatch):
    from tb_pairs_plugin.writing.writers.log_directory import LogDirectory

    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(LogDirectory, "write", interrupt)
    with pytest.raises(KeyboardInterrupt):
        pairs.summary("a", TRUTH, TRUTH, 0, writer=tmp_path)
