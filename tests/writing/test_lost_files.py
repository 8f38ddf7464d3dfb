# SPDX-License-Identifier: Apache-2.0
"""Log directories that are cleared, renamed and made again while a program runs.

What a call returned True for is in a file of that place, and refers to nothing that is gone.
"""

import contextlib
import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tensorboard.summary.writer.event_file_writer import EventFileWriter

import tb_pairs_plugin as pairs
from tb_pairs_plugin.writing.errors import FileLost
from tb_pairs_plugin.writing.writers.log_directory import LogDirectory
from tests import format_reader
from tests.writing import event_files

TRUTH = np.random.default_rng(0).integers(0, 256, (2, 40, 30, 3), np.uint8)


def clear(run: Path) -> None:
    shutil.rmtree(run.parent)


def remove_directory(run: Path) -> None:
    shutil.rmtree(run)


def remove_file(run: Path) -> None:
    for path in run.iterdir():
        path.unlink()


def rename(run: Path) -> None:
    run.rename(run.parent / "renamed")


def make_again(run: Path) -> None:
    shutil.rmtree(run)
    run.mkdir()


def point_elsewhere(run: Path) -> None:
    """As of a link `logs/current`: another directory stands under the name."""
    run.rename(run.parent / "first")
    (run.parent / "second").mkdir()
    run.symlink_to(run.parent / "second")


ACCIDENTS = [clear, remove_directory, remove_file, rename, make_again, point_elsewhere]


@contextlib.contextmanager
def path(run: Path) -> Iterator[Callable[[int], Any]]:
    yield lambda step: log(step, str(run))


@contextlib.contextmanager
def collector(run: Path) -> Iterator[Callable[[int], Any]]:
    def write(step: int) -> bool:
        one = pairs.Collector("a", writer=run)
        one.add(TRUTH, TRUTH + np.uint8(step))
        return one.write(step)

    yield write


@contextlib.contextmanager
def background(run: Path) -> Iterator[Callable[[int], Any]]:
    with pairs.background() as queue:

        def write(step: int) -> Any:
            written = log(step, run)
            queue.flush()
            return written

        yield write


DOORS = [path, collector, background]


def log(step: int, writer: Any) -> Any:
    return pairs.summary("a", TRUTH, TRUTH + np.uint8(step), step, writer=writer)


def check(run: Path, steps: list[int]) -> None:
    """Checks that the place holds these steps, each whole, by what is in the place alone."""
    records = {record.step: record for record in event_files.read(run)}
    assert sorted(records) == steps
    for step, record in records.items():
        for sample, truth in zip(record.samples, TRUTH, strict=True):
            np.testing.assert_array_equal(sample.ground_truth.values, truth)
            np.testing.assert_array_equal(sample.prediction.values, truth + np.uint8(step))


@pytest.mark.parametrize("accident", ACCIDENTS)
@pytest.mark.parametrize("door", DOORS)
def test_a_new_file_begins_in_that_place_and_is_whole(tmp_path, door, accident):
    run = tmp_path / "logs" / "run"
    with door(run) as write:
        assert all(write(step) for step in range(3))
        accident(run)
        assert all(write(step) for step in range(3, 6))
        check(run, [3, 4, 5])


@pytest.mark.parametrize("door", DOORS)
def test_again_and_again(tmp_path, door):
    run = tmp_path / "logs" / "run"
    with door(run) as write:
        for step in range(4):
            assert write(step)
            check(run, [step])
            clear(run)


def test_what_was_moved_away_stays_whole(tmp_path):
    run = tmp_path / "logs" / "run"
    for step in range(6):
        assert log(step, run)
        if step == 2:
            rename(run)
    check(run.parent / "renamed", [0, 1, 2])
    check(run, [3, 4, 5])


def test_a_file_that_is_put_back_from_an_older_copy_is_not_continued(tmp_path):
    run = tmp_path / "run"
    log(0, run)
    shutil.copytree(run, tmp_path / "copy")
    log(1, run)
    shutil.rmtree(run)
    shutil.copytree(tmp_path / "copy", run)
    assert log(2, run)
    check(run, [0, 2])


@pytest.mark.parametrize("door", DOORS)
def test_a_copy_that_is_put_in_its_place_is_not_taken_for_the_file(tmp_path, door):
    run, copy = tmp_path / "run", tmp_path / "copy"
    with door(run) as write:
        assert write(0)
        shutil.copytree(run, copy)
        shutil.rmtree(run)
        copy.rename(run)
        assert all(write(step) for step in (1, 2))
        check(run, [0, 1, 2])


def test_what_was_moved_away_gets_nothing_where_a_copy_stands_in_its_place(tmp_path):
    run, before = tmp_path / "run", tmp_path / "before"
    assert log(0, run)
    run.rename(before)
    shutil.copytree(before, run)
    assert log(1, run)
    assert log(2, run)
    check(before, [0])
    check(run, [0, 1, 2])


@pytest.mark.parametrize("door", DOORS)
def test_a_file_that_was_emptied_is_not_continued(tmp_path, door):
    run = tmp_path / "run"
    with door(run) as write:
        assert write(0)
        for path_ in run.iterdir():
            path_.write_bytes(b"")
        assert all(write(step) for step in (1, 2))
        check(run, [1, 2])


def test_threads_refer_to_nothing_of_a_file_that_is_gone(tmp_path):
    run = tmp_path / "run"
    failed = []

    def train(first: int) -> None:
        for step in range(first, first + 10):
            if log(step, run) is not True:
                failed.append(step)

    threads = [threading.Thread(target=train, args=(10 * number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    # While they write; each accident may meet any of them anywhere.
    for _ in range(5):
        for path_ in list(run.glob("*")):
            path_.unlink(missing_ok=True)
    for thread in threads:
        thread.join()
    assert not failed
    check(run, sorted(record.step for record in event_files.read(run)))


def test_a_place_that_is_lost_each_time_is_a_warning_and_false(tmp_path, monkeypatch):
    def lose(*_: object) -> None:
        raise FileLost("the event file is gone")

    monkeypatch.setattr(LogDirectory, "write", lose)
    with pytest.warns(pairs.NotWrittenWarning, match="could not write 'a'.*is gone"):
        assert log(0, tmp_path / "run") is False


def test_a_place_that_cannot_be_made_again_is_a_warning_and_false(tmp_path):
    run = tmp_path / "logs" / "run"
    assert log(0, run)
    shutil.rmtree(run.parent)
    run.parent.write_text("in the way")
    with pytest.warns(pairs.NotWrittenWarning, match="could not write 'a'"):
        assert log(1, run) is False


def torch(run: Path) -> Any:
    return pytest.importorskip("torch.utils.tensorboard").SummaryWriter(str(run))


def tensorboardx(run: Path) -> Any:
    return pytest.importorskip("tensorboardX").SummaryWriter(str(run))


def event_file_writer(run: Path) -> Any:
    return EventFileWriter(str(run))


def tensorflow(run: Path) -> Any:
    tf = pytest.importorskip("tensorflow")
    writer = tf.summary.create_file_writer(str(run))
    # As Keras has two, which write at other times.
    other = tf.summary.create_file_writer(str(run.parent / "other"))
    with other.as_default():
        tf.summary.scalar("loss", 1.0, 0)
    return writer


def session(run: Path) -> Any:
    """The writer of sessions, of Estimators and of `PairsHook`."""
    tf = pytest.importorskip("tensorflow")
    with tf.Graph().as_default():
        return tf.compat.v1.summary.FileWriter(str(run))


WRITERS = [torch, tensorboardx, event_file_writer, tensorflow, session]
LINUX = sys.platform == "linux"


@pytest.mark.parametrize("accident", [clear, remove_file, rename, make_again])
@pytest.mark.parametrize("make", WRITERS)
def test_a_writer_whose_file_is_gone_is_a_warning_and_false(tmp_path, make, accident):
    """These go on writing to a file without a name."""
    if make is tensorflow and not LINUX:
        pytest.skip("no system but Linux tells which file it is")
    run = tmp_path / "logs" / "run"
    writer = make(run)
    assert log(0, writer)
    writer.flush()
    accident(run)
    with pytest.warns(pairs.NotWrittenWarning, match="is gone, and the writer does not notice; "):
        assert log(1, writer) is False
    assert log(2, writer) is False
    writer.close()


def events(run: Path) -> int:
    """How many records are in its files, with or without the metadata of their tag."""
    frames = [
        frame for path_ in run.glob("*") for frame in format_reader.frames(path_.read_bytes())
    ]
    return sum(b"__pairs__/metrics/a" in frame for frame in frames)


def empty(run: Path) -> None:
    for path_ in run.iterdir():
        path_.write_bytes(b"")


def put_back(run: Path) -> None:
    """As from a copy; it grows no more."""
    shutil.copytree(run, run.parent / "copy")
    shutil.rmtree(run)
    (run.parent / "copy").rename(run)


@pytest.mark.parametrize("accident", [empty, put_back])
@pytest.mark.parametrize("make", WRITERS)
def test_so_it_is_where_another_file_has_its_name(tmp_path, make, accident):
    if not LINUX:
        pytest.skip("no system but Linux tells which files are open")
    pytest.importorskip("tensorflow", reason="without it, files are opened for each write")
    run = tmp_path / "logs" / "run"
    writer = make(run)
    for step in range(2):
        assert log(step, writer)
        # Not all writers wait for their queue when they flush.
        while writer.flush() or events(run) <= step:
            time.sleep(0.02)
    accident(run)
    with pytest.warns(pairs.NotWrittenWarning, match="its event file .*is gone"):
        assert log(2, writer) is False
    writer.close()


@pytest.mark.parametrize("make", WRITERS)
def test_so_it_is_from_the_first_call_on(tmp_path, make):
    if make is tensorflow and not LINUX:
        pytest.skip("no system but Linux tells which file it is")
    run = tmp_path / "logs" / "run"
    writer = make(run)
    writer.flush()
    clear(run)
    with pytest.warns(pairs.NotWrittenWarning, match="its event file .*is gone"):
        assert log(0, writer) is False
    writer.close()


@pytest.mark.parametrize("make", [torch, tensorboardx, session])
def test_a_writer_that_is_closed_and_used_again_begins_a_whole_file(tmp_path, make):
    run = tmp_path / "logs" / "run"
    writer = make(run)
    assert all(log(step, writer) for step in range(3))
    writer.flush()
    clear(run)
    run.mkdir(parents=True)
    with pytest.warns(pairs.NotWrittenWarning, match="is gone"):
        log(3, writer)
    writer.close()
    # The name of TensorFlow 1's files tells them apart by the second.
    time.sleep(1.1)
    if make is session:
        # Reopened, TensorFlow 1 begins a file with the first event of its own.
        writer.reopen()
        writer.add_summary(b"", 4)
        writer.flush()
    assert log(4, writer)
    writer.close()
    check(run, [4])


def test_in_a_function_of_tensorflow_too(tmp_path):
    if not LINUX:
        pytest.skip("no system but Linux tells which file it is")
    tf = pytest.importorskip("tensorflow")
    run = tmp_path / "logs" / "run"
    writer = tf.summary.create_file_writer(str(run))

    @tf.function
    def call(step: Any) -> Any:
        return pairs.summary("a", TRUTH, TRUTH, step, writer=writer)

    assert call(tf.constant(0, tf.int64))
    clear(run)
    with pytest.warns(pairs.NotWrittenWarning, match="is gone"):
        assert not call(tf.constant(1, tf.int64))
