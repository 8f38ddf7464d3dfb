# SPDX-License-Identifier: Apache-2.0
"""`writer=`: each kind of writer, with its real library, read back from disk."""

import itertools
import shutil
import subprocess
import sys

import numpy as np
import pytest
from tensorboard.summary.writer.event_file_writer import EventFileWriter

import tb_pairs_plugin as pairs
from tests.writing import event_files

TRUTH = np.random.default_rng(0).integers(0, 256, (2, 40, 30, 3), np.uint8)


def write_three(writer):
    """Writes three steps; the ground truth is the same in all."""
    for step in range(3):
        assert pairs.summary("a", TRUTH, np.roll(TRUTH, step, 1), step, writer=writer) is True


def check_three(logdir):
    records = event_files.read(logdir, "a")
    assert [(record.step, record.sequence) for record in records] == [(0, 1), (1, 2), (2, 3)]
    for record in records:
        for i, sample in enumerate(record.samples):
            np.testing.assert_array_equal(sample.ground_truth.values, TRUTH[i])
            np.testing.assert_array_equal(
                sample.prediction.values, np.roll(TRUTH, record.step, 1)[i]
            )
    assert records[2].samples[0].ground_truth.is_reference
    return records


@pytest.mark.parametrize("form", [str, lambda path: path, lambda path: str(path).encode()])
def test_a_log_directory(form, tmp_path):
    write_three(form(tmp_path))
    check_three(tmp_path)


def test_a_log_directory_is_made(tmp_path):
    write_three(tmp_path / "new" / "run")
    check_three(tmp_path / "new" / "run")


def test_a_log_directory_named_in_two_ways_has_one_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for step, name in enumerate(["run", "./run", tmp_path / "run"]):
        pairs.summary("a", TRUTH, TRUTH, step, writer=name)
    assert len(list((tmp_path / "run").iterdir())) == 1


def test_a_directory_is_readable_after_each_call(tmp_path):
    for step in range(3):
        pairs.summary("a", TRUTH, TRUTH, step, writer=tmp_path)
        assert len(event_files.read(tmp_path)) == step + 1


def test_tensorboards_event_file_writer(tmp_path):
    writer = EventFileWriter(str(tmp_path))
    write_three(writer)
    writer.close()
    check_three(tmp_path)


def test_a_closed_writer_is_a_warning_and_false(tmp_path):
    writer = EventFileWriter(str(tmp_path))
    writer.close()
    with pytest.warns(RuntimeWarning, match="could not write 'a'.*Writer is closed"):
        assert pairs.summary("a", TRUTH, TRUTH, 1, writer=writer) is False


@pytest.mark.parametrize("library", ["torch.utils.tensorboard", "tensorboardX"])
def test_a_writer_that_cannot_be_opened_again_is_a_warning_and_false(tmp_path, library):
    writer = pytest.importorskip(library).SummaryWriter(str(tmp_path / "run"))
    writer.close()
    shutil.rmtree(tmp_path / "run")
    (tmp_path / "run").write_text("in the way")
    with pytest.warns(RuntimeWarning, match="could not write 'a'"):
        assert pairs.summary("a", TRUTH, TRUTH, 1, writer=writer) is False
    with pytest.raises(ValueError, match="step is None"):
        pairs.summary("a", TRUTH, TRUTH, writer=writer)


def test_torch(tmp_path):
    tensorboard = pytest.importorskip("torch.utils.tensorboard")
    writer = tensorboard.SummaryWriter(str(tmp_path))
    write_three(writer)
    writer.close()
    check_three(tmp_path)


def test_a_torch_writer_that_is_closed_and_used_again_refers_to_nothing_of_its_old_file(tmp_path):
    tensorboard = pytest.importorskip("torch.utils.tensorboard")
    writer = tensorboard.SummaryWriter(str(tmp_path))
    write_three(writer)
    writer.close()
    (old,) = tmp_path.iterdir()
    pairs.summary("a", TRUTH, TRUTH, 3, writer=writer)
    writer.close()
    old.unlink()
    (record,) = event_files.read(tmp_path)
    assert record.sequence == 1


def test_tensorboardx(tmp_path):
    tensorboardX = pytest.importorskip("tensorboardX")
    writer = tensorboardX.SummaryWriter(str(tmp_path))
    write_three(writer)
    writer.close()
    check_three(tmp_path)


def test_without_a_framework_and_a_writer_it_says_so_once():
    code = (
        "import numpy as np, tb_pairs_plugin as pairs\n"
        "x = np.zeros((1, 4, 4), bool)\n"
        "for _ in range(3): assert pairs.summary('a', x, x, 1) is False"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=600
    )
    assert answer.stderr.count("has no writer") == 1


@pytest.mark.parametrize("writer", [object(), 3, {}, print])
def test_something_else_is_refused(writer):
    with pytest.raises(ValueError, match=r"writer is a .*, want None .*, a log directory, or a"):
        pairs.summary("a", TRUTH, TRUTH, 1, writer=writer)


def test_what_else_the_library_of_a_writer_has_is_refused():
    torch = pytest.importorskip("torch")
    for writer in (torch.zeros(1), torch.nn.Identity()):
        with pytest.raises(ValueError, match=r"writer is a torch\..*, want None .*, or a Summary"):
            pairs.summary("a", TRUTH, TRUTH, 1, writer=writer)


def test_no_step_is_refused(tmp_path):
    with pytest.raises(ValueError, match="step is None"):
        pairs.summary("a", TRUTH, TRUTH, writer=tmp_path / "run")
    assert not (tmp_path / "run").exists()


def test_a_tag_keeps_its_kind(tmp_path):
    pairs.summary("a", TRUTH, TRUTH, 0, writer=tmp_path)
    ids = np.zeros((2, 40, 30), int)
    with pytest.raises(ValueError, match=r"'a' is written as pairs\.Mask, want pairs\.Image as"):
        pairs.summary("a", ids, ids, 1, writer=tmp_path)
    assert pairs.summary("b", ids, ids, 1, writer=tmp_path)


def test_an_empty_list_settles_no_kind(tmp_path):
    ids = np.zeros((40, 30), int)
    assert pairs.summary("a", [], [], 0, writer=tmp_path) is False
    assert pairs.summary("a", [ids], [ids], 1, writer=tmp_path)
    assert pairs.summary("a", [], [], 2, kind=pairs.Mask(), writer=tmp_path)
    assert [record.kind["name"] for record in event_files.read(tmp_path)] == ["mask", "mask"]


def test_steps_and_times_are_kept(tmp_path):
    steps = [0, -5, 2**62, 7]
    for step in steps:
        pairs.summary("a", TRUTH, TRUTH, step, writer=tmp_path)
    records = event_files.read(tmp_path)
    assert [record.step for record in records] == steps
    assert all(one.wall_time <= two.wall_time for one, two in itertools.pairwise(records))


def test_summary_pb_is_whole(tmp_path):
    for _ in range(2):
        record = event_files.of_summary(pairs.summary_pb("a", TRUTH, TRUTH[:, ::-1]))
        assert record.sequence == 1
        np.testing.assert_array_equal(record.samples[1].ground_truth.values, TRUTH[1])


def test_summary_pb_can_be_written_by_other_means(tmp_path):
    from tensorboard.compat.proto import event_pb2

    writer = EventFileWriter(str(tmp_path))
    proto = pairs.summary_pb("a", TRUTH, TRUTH)
    writer.add_event(event_pb2.Event(step=4, wall_time=1.0, summary=proto))
    writer.close()
    (record,) = event_files.read(tmp_path)
    assert record.step == 4
