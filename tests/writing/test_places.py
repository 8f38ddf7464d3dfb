# SPDX-License-Identifier: Apache-2.0
"""Where a path, given as `writer`, is; and writers that write nowhere."""

import os
import pathlib
import warnings

import numpy as np
import pytest

import tb_pairs_plugin as pairs
from tb_pairs_plugin.writing.writers import places
from tests.writing import event_files

TRUTH = np.random.default_rng(0).integers(0, 256, (1, 6, 5, 3), np.uint8)


@pytest.fixture(autouse=True)
def _fresh(tmp_path, monkeypatch):
    """A current and a home directory of one's own, and no path that was given before."""
    (tmp_path / "first").mkdir()
    (tmp_path / "second").mkdir()
    monkeypatch.chdir(tmp_path / "first")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setattr(places, "_first_places", {})


def log(writer, step=0):
    return pairs.summary("a", TRUTH, TRUTH, step, writer=writer)


def steps(where):
    return [record.step for record in event_files.read(where)]


class OwnPath:
    """Any `os.PathLike`."""

    def __fspath__(self) -> str:
        return "run"


@pytest.mark.parametrize("path", ["run", b"run", pathlib.Path("run"), OwnPath(), "./run", "run/"])
def test_paths_of_any_form_are_one_place(tmp_path, path):
    assert log("run", 0)
    assert log(path, 1)
    assert steps(tmp_path / "first" / "run") == [0, 1]
    assert len(list((tmp_path / "first" / "run").iterdir())) == 1


@pytest.mark.parametrize("path", ["~/logs", pathlib.Path("~/logs"), b"~/logs"])
def test_a_home_directory_is_expanded(tmp_path, path):
    assert log(path)
    assert steps(tmp_path / "home" / "logs") == [0]
    assert not list((tmp_path / "first").iterdir())


@pytest.mark.parametrize("path", ["", b""])
def test_an_empty_path_is_refused(tmp_path, path):
    for make in (log, lambda where: pairs.Collector("a", writer=where)):
        with pytest.raises(ValueError, match=r"writer is an empty path.*the current one is '\.'"):
            make(path)
    assert log(".")
    assert steps(tmp_path / "first") == [0]


def test_the_home_of_nobody_is_refused():
    with pytest.raises(ValueError, match=r"'~nobody here/logs'.*no such home.*is '\./~nobody"):
        log("~nobody here/logs")
    assert log("./~nobody here/logs")


def test_a_relative_path_stays_where_it_was_first(tmp_path):
    assert log("logs/run", 0)
    os.chdir(tmp_path / "second")
    with pytest.warns(pairs.PairsWarning, match="pairs goes on writing to .*first/logs/run.*abso"):
        assert log("logs/run", 1)
    assert log(pathlib.Path("logs/run"), 2)
    assert steps(tmp_path / "first" / "logs" / "run") == [0, 1, 2]
    assert log(os.path.abspath("logs/run"), 3)
    assert steps(tmp_path / "second" / "logs" / "run") == [3]


def test_a_collector_writes_where_its_path_was_when_it_was_made(tmp_path):
    collector = pairs.Collector("a", writer="run")
    collector.add(TRUTH, TRUTH)
    os.chdir(tmp_path / "second")
    assert collector.write(0)
    assert steps(tmp_path / "first" / "run") == [0]


def test_a_path_of_a_file_is_a_warning_and_false(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.warns(pairs.NotWrittenWarning, match="file is a file, want a directory"):
        assert log(tmp_path / "file") is False
    assert (tmp_path / "file").read_text() == "x"


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="no directory here that root can't use")
def test_a_directory_that_cannot_be_written_to_is_a_warning_and_false():
    with pytest.warns(pairs.NotWrittenWarning, match="could not write 'a'"):
        assert log("/proc/self") is False


@pytest.mark.parametrize("address", ["nowhere://bucket/run", "gs://bucket/run"])
def test_an_address_that_nothing_can_open_is_a_warning_and_false(tmp_path, address, monkeypatch):
    monkeypatch.setenv("TENSORBOARD_NO_TF", "1")

    def fail(directory: str) -> None:
        raise OSError("no such store")

    from tb_pairs_plugin.writing.writers import log_directory

    opened = []
    monkeypatch.setattr(log_directory, "_open", lambda where: opened.append(where) or fail(where))
    with pytest.warns(pairs.NotWrittenWarning, match="no such store"):
        assert log(address) is False
    # As it was given: no current directory before it.
    assert opened == [address]


def test_an_address_is_written_by_tensorboards_own_way(tmp_path):
    pytest.importorskip("tensorflow")
    assert all(log(f"file://{tmp_path}/run", step) for step in range(2))
    from tb_pairs_plugin.writing.writers import log_directory

    log_directory.open_directory(f"file://{tmp_path}/run").close()
    assert steps(tmp_path / "run") == [0, 1]


def test_a_writer_that_writes_nowhere_is_a_warning_and_false(tmp_path):
    tensorboardx = pytest.importorskip("tensorboardX")
    writer = tensorboardx.SummaryWriter(str(tmp_path / "run"), write_to_disk=False)
    with pytest.warns(pairs.NotWrittenWarning, match="the writer has write_to_disk=False"):
        assert log(writer) is False
    assert log(writer, 1) is False


def test_the_global_writer_of_tensorboardx(tmp_path):
    tensorboardx = pytest.importorskip("tensorboardX")
    with warnings.catch_warnings():
        # It starts a process, of which newer Pythons warn where there are threads.
        warnings.simplefilter("ignore", DeprecationWarning)
        writer = tensorboardx.GlobalSummaryWriter(logdir=str(tmp_path / "run"))
    assert all(log(writer, step) for step in range(3))
    writer.close()
    assert steps(tmp_path / "run") == [0, 1, 2]
