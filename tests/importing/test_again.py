# SPDX-License-Identifier: Apache-2.0
"""Imports that are repeated, stopped, or of logs that grow or are damaged; and where they go."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from tensorboard.compat.proto import event_pb2

from tb_pairs_plugin.importing import events, index
from tb_pairs_plugin.importing.__main__ import NOT_ALL, main
from tb_pairs_plugin.importing.index import SUFFIX
from tb_pairs_plugin.pairing.proposals import IMPORT_FOLDER
from tests import servers
from tests.importing.logs import Log, image
from tests.importing.pictures import encoded, noisy
from tests.importing.test_importing import PREDICTION, TRUTH, imported, pixels, records, snapshot
from tests.writing import event_files

WRITE = "import pathlib, sys; pathlib.Path(sys.argv[1]).write_bytes(sys.stdin.buffer.read())"


NOT_ALL_SAID = 'not all was imported: see the lines with "!" and "left out"\n'


def add_steps(log: Log, *steps: int) -> None:
    for step in steps:
        log.add(step, image("gt", encoded(TRUTH)), image("pred", encoded(PREDICTION)))


def damage(path: Path, at: int) -> int:
    """Turns over the bits of a byte of a file; returns how many bytes it has."""
    data = bytearray(path.read_bytes())
    data[at] ^= 0xFF
    path.write_bytes(data)
    return len(data)


def test_a_second_import_writes_nothing(tmp_path, capsys) -> None:
    add_steps(Log(tmp_path / "run"), 0, 1, 2)
    imported(tmp_path)
    before = snapshot(tmp_path)
    imported(tmp_path)
    assert snapshot(tmp_path) == before
    assert "0 steps written, 3 imported before" in capsys.readouterr().out


def test_of_a_log_that_grew_only_what_is_new_is_written(tmp_path) -> None:
    log = Log(tmp_path / "run")
    add_steps(log, 0, 1)
    imported(tmp_path)
    add_steps(log, 2)
    add_steps(Log(tmp_path / "run", "events.out.tfevents.2.b"), 3)
    assert sorted(record.step for record in imported(tmp_path)) == [0, 1, 2, 3]


@pytest.mark.parametrize("lost", [1, 100, 2000])
def test_an_import_that_was_killed_is_gone_on_with(tmp_path, lost) -> None:
    add_steps(Log(tmp_path / "run"), 0, 1, 2)
    imported(tmp_path)
    (file,) = (tmp_path / "run" / IMPORT_FOLDER).glob(f"*{SUFFIX}")
    os.truncate(file, file.stat().st_size - lost)
    main([str(tmp_path)])
    # The half of a record that is left is at the end of its file, where TensorBoard ends too.
    found = records(tmp_path)
    assert sorted(record.step for record in found) == [0, 1, 2]
    for record in found:
        np.testing.assert_array_equal(pixels(record), [TRUTH])


def test_a_log_that_is_written_to_ends_at_its_last_whole_event(tmp_path, capsys) -> None:
    log = Log(tmp_path / "run")
    add_steps(log, 0, 1)
    os.truncate(log.path, log.path.stat().st_size - 5)
    assert main([str(tmp_path)]) == NOT_ALL
    assert [record.step for record in records(tmp_path)] == [0]
    said = capsys.readouterr()
    assert "half an event is there" in said.out
    assert said.err == NOT_ALL_SAID


def test_a_damaged_picture_is_left_out_with_the_reason(tmp_path, capsys) -> None:
    log = Log(tmp_path / "run")
    add_steps(log, 0)
    size = log.path.stat().st_size
    add_steps(log, 1, 2)
    # Within the pixels of step 1.
    damage(log.path, size + (log.path.stat().st_size - size) // 4)
    assert main([str(tmp_path)]) == NOT_ALL
    assert [record.step for record in records(tmp_path)] == [0, 2]
    said = capsys.readouterr()
    assert "step 1 left out: 'gt': its checksum is wrong" in said.out
    assert said.err == NOT_ALL_SAID


def test_what_cannot_be_decoded_is_left_out_with_the_reason(tmp_path, capsys) -> None:
    log = Log(tmp_path / "run")
    log.add(0, image("gt", b"<svg/>"), image("pred", encoded(PREDICTION)))
    add_steps(log, 1)
    assert main([str(tmp_path)]) == NOT_ALL
    assert [record.step for record in records(tmp_path)] == [1]
    assert "step 0 left out: 'gt': it is not a PNG, JPEG or GIF" in capsys.readouterr().out


def test_a_step_whose_sample_has_no_name_is_left_out_with_the_reason(tmp_path, capsys) -> None:
    log = Log(tmp_path / "run")
    nameless = "\N{NO-BREAK SPACE}"
    for step, sample in enumerate(["1", nameless, "2", nameless]):
        pictures = {f"gt/{sample}": TRUTH, f"pred/{sample}": PREDICTION}
        log.add(step, *(image(tag, encoded(picture)) for tag, picture in pictures.items()))
    rule = {"groundTruth": "gt/(?P<sample>.*)", "prediction": "pred/(?P<sample>.*)"}
    (tmp_path / "pairs.json").write_text(json.dumps({"rules": [rule]}))
    assert main([str(tmp_path)]) == NOT_ALL
    assert [record.step for record in records(tmp_path)] == [0, 2]
    said = capsys.readouterr()
    for step in (1, 3):
        assert f"step {step} left out: ids has '\\xa0', want a text that is not blank" in said.out
    assert said.err == NOT_ALL_SAID


@pytest.mark.parametrize("data", [b"", b"x", b"\xff" * 64, b"\x10" + b"\0" * 200])
def test_a_file_that_holds_no_events_harms_nothing(tmp_path, data) -> None:
    add_steps(Log(tmp_path / "run"), 0)
    (tmp_path / "run" / "events.out.tfevents.0.x").write_bytes(data)
    assert main([str(tmp_path)]) == (NOT_ALL if data else 0)
    assert len(records(tmp_path)) == 1


def test_a_damaged_length_is_damage_and_not_the_end_of_the_file(tmp_path, capsys) -> None:
    log = Log(tmp_path / "run")
    add_steps(log, 0)
    size = log.path.stat().st_size
    add_steps(log, 1, 2)
    all_bytes = damage(log.path, size + 1)
    assert main([str(tmp_path)]) == NOT_ALL
    assert [record.step for record in records(tmp_path)] == [0]
    told = f"! {log.path.name} is damaged at byte {size} of {all_bytes}, and not read from there on"
    assert told in capsys.readouterr().out


def test_a_dry_run_over_a_damaged_log_does_not_claim_all_either(tmp_path, capsys) -> None:
    log = Log(tmp_path / "run")
    add_steps(log, 0, 1)
    os.truncate(log.path, log.path.stat().st_size - 5)
    assert main([str(tmp_path), "--dry-run"]) == NOT_ALL
    assert capsys.readouterr().err.startswith("not all would be imported: ")


def test_a_log_that_grows_while_it_is_read_is_read_to_where_it_ended(
    tmp_path, capsys, monkeypatch
) -> None:
    log = Log(tmp_path / "run")
    add_steps(log, 0, 1)
    parse = event_pb2.Event.FromString

    def grow(data: bytes) -> event_pb2.Event:
        add_steps(log, 2)
        return parse(data)

    with monkeypatch.context() as patch:
        patch.setattr(events, "event_pb2", SimpleNamespace(Event=SimpleNamespace(FromString=grow)))
        found = index.read([log.path])
    assert found.problems == []
    assert list(found.pictures["gt"]) == [0, 1]
    assert imported(tmp_path)
    assert "!" not in capsys.readouterr().out


def test_a_tag_that_only_a_damaged_event_has_is_none(tmp_path, capsys) -> None:
    log = Log(tmp_path / "run")
    add_steps(log, 0)
    size = log.path.stat().st_size
    log.add(1, image("gt", encoded(TRUTH)))
    data = log.path.read_bytes()
    log.path.write_bytes(data[:size] + data[size:].replace(b"gt", b"gu", 1))
    log.add(1, image("pred", encoded(PREDICTION)))
    log.add(2, image("pred", encoded(PREDICTION)))
    assert main([str(tmp_path)]) == NOT_ALL
    said = capsys.readouterr()
    assert f"! {log.path.name} is damaged at byte {size}: an event there is left out" in said.out
    assert "gu" not in said.out
    # The ground truth of step 1 is lost, so that of step 0 is not taken for it.
    assert [record.step for record in records(tmp_path)] == [0, 2]


def test_the_step_at_which_a_file_breaks_off_takes_no_earlier_ground_truth(tmp_path) -> None:
    log = Log(tmp_path / "run")
    for step in range(2):
        log.add(step, image("pred", encoded(PREDICTION)))
        log.add(step, image("gt", encoded(TRUTH)))
    whole = log.path.read_bytes()
    log.path.write_bytes(whole[:-5])
    assert main([str(tmp_path)]) == NOT_ALL
    assert [record.step for record in records(tmp_path)] == [0]
    log.path.write_bytes(whole)
    assert sorted(record.step for record in imported(tmp_path)) == [0, 1]


@pytest.mark.parametrize("out", [None, "run", "elsewhere"])
def test_an_earlier_import_that_is_no_file_is_told_and_not_waited_for(
    tmp_path, capsys, out
) -> None:
    add_steps(Log(tmp_path / "logs" / "run"), 0)
    folder = (
        tmp_path
        / {
            None: f"logs/run/{IMPORT_FOLDER}",
            "run": "logs/run",
            "elsewhere": "elsewhere/run",
        }[out]
    )
    folder.mkdir(parents=True, exist_ok=True)
    pipe = folder / f"events.out.tfevents.9.x{SUFFIX}"
    os.mkfifo(pipe)
    place = [] if out is None else ["--out", str(folder.parent)]
    main([str(tmp_path / "logs"), *place])
    said = capsys.readouterr().out
    assert said.count(f"! {pipe.name} is not a regular file, and not read") == 1
    assert said.endswith("1 record written\n")


def test_a_pipe_among_event_files_that_has_the_name_of_an_import_is_told(tmp_path, capsys) -> None:
    add_steps(Log(tmp_path / "run"), 0)
    pipe = tmp_path / "run" / f"events.out.tfevents.9.x{SUFFIX}"
    os.mkfifo(pipe)
    assert main([str(tmp_path)]) == NOT_ALL
    assert f"! {pipe.name} is not a regular file, and not read" in capsys.readouterr().out


def test_an_earlier_import_that_is_damaged_is_told_and_made_again(tmp_path, capsys) -> None:
    add_steps(Log(tmp_path / "run"), 0, 1)
    imported(tmp_path)
    (file,) = (tmp_path / "run" / IMPORT_FOLDER).glob(f"*{SUFFIX}")
    all_bytes = damage(file, 0)
    capsys.readouterr()
    assert main([str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert f"! {file.name} is damaged at byte 0 of {all_bytes}, and not read from there on" in said
    assert "2 steps written" in said


def test_a_strip_of_which_no_picture_can_be_read_does_not_count_as_imported(
    tmp_path, capsys
) -> None:
    Log(tmp_path / "run").add(0, image("gt_pred", b"<svg/>"))
    assert main([str(tmp_path)]) == NOT_ALL
    assert "left out: 'gt_pred': it is not a PNG, JPEG or GIF" in capsys.readouterr().out


def test_a_folder_that_cannot_be_listed_is_told(tmp_path, capsys, monkeypatch) -> None:
    add_steps(Log(tmp_path / "a"), 0)
    (tmp_path / "b").mkdir()
    real = os.scandir

    def refuse(folder):
        # Whoever runs the tests may be allowed to list everything.
        if Path(folder) == tmp_path / "b":
            raise PermissionError(13, "Permission denied", str(folder))
        return real(folder)

    monkeypatch.setattr(os, "scandir", refuse)
    assert main([str(tmp_path)]) == NOT_ALL
    said = capsys.readouterr()
    assert f"! {tmp_path / 'b'} can't be listed: Permission denied" in said.out
    assert said.err == NOT_ALL_SAID


def test_what_is_no_regular_file_is_told_and_not_waited_for(tmp_path, capsys, monkeypatch) -> None:
    add_steps(Log(tmp_path / "run"), 0)
    names = [f"events.out.tfevents.{kind}" for kind in ("folder", "lost", "pipe", "socket")]
    folder, lost, pipe, bound = (tmp_path / "run" / name for name in names)
    folder.mkdir()
    lost.symlink_to(tmp_path / "nothing")
    os.mkfifo(pipe)
    with socket.socket(socket.AF_UNIX) as listener:
        # The path of a socket is short.
        monkeypatch.chdir(bound.parent)
        listener.bind(bound.name)
        assert main([str(tmp_path)]) == NOT_ALL
    said = capsys.readouterr()
    assert said.err == NOT_ALL_SAID
    assert said.out.splitlines()[:4] == [
        "run: 2 tags of pictures in 4 event files",
        f"  ! {lost.name} can't be read: No such file or directory",
        f"  ! {pipe.name} is not a regular file, and not read",
        f"  ! {bound.name} is not a regular file, and not read",
    ]
    assert len(records(tmp_path)) == 1


def test_a_link_to_an_event_file_is_read(tmp_path) -> None:
    log = Log(tmp_path / "elsewhere", "kept")
    add_steps(log, 0)
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "events.out.tfevents.1.a").symlink_to(log.path)
    assert len(imported(tmp_path / "logs")) == 1


def test_a_rule_file_that_is_a_pipe_is_told_and_not_waited_for(tmp_path, capsys) -> None:
    add_steps(Log(tmp_path / "run"), 0)
    os.mkfifo(tmp_path / "pairs.json")
    assert main([str(tmp_path)]) == 1
    assert "can't be read: it is not a regular file" in capsys.readouterr().err


def test_rules_are_read_once_from_a_pipe_that_the_command_names(tmp_path) -> None:
    Log(tmp_path / "run").add(0, image("a", encoded(TRUTH)), image("b", encoded(PREDICTION)))
    rules = '{"rules": [{"groundTruth": "a", "prediction": "b"}]}'
    command = '"$1" -m tb_pairs_plugin.importing "$2" --rules <(printf %s "$3")'
    subprocess.run(
        ["bash", "-c", command, "bash", sys.executable, str(tmp_path), rules],
        check=True,
        capture_output=True,
    )
    assert [record.tag for record in records(tmp_path)] == ["b"]


def test_rules_by_a_named_pipe_are_waited_for(tmp_path) -> None:
    Log(tmp_path / "run").add(0, image("a", encoded(TRUTH)), image("b", encoded(PREDICTION)))
    pipe = tmp_path / "rules"
    os.mkfifo(pipe)
    # More than a pipe holds at once.
    rules = '{"rules": [{"groundTruth": "a", "prediction": "b"}]}' + " " * 200_000
    with subprocess.Popen(
        [sys.executable, "-c", WRITE, str(pipe)], stdin=subprocess.PIPE
    ) as writer:
        try:
            assert writer.stdin is not None
            writer.stdin.write(rules.encode())
            writer.stdin.close()
            assert len(imported(tmp_path, "--rules", pipe)) == 1
        finally:
            # It would wait for ever for one who reads.
            writer.kill()


def test_rules_from_a_device_without_an_end_are_too_many(tmp_path, capsys) -> None:
    add_steps(Log(tmp_path / "run"), 0)
    imported(tmp_path, "--rules", "/dev/zero")
    assert "rule file: the file has 262145 bytes, want at most 262144" in capsys.readouterr().err


def test_one_is_said_of_one_thing(tmp_path, capsys) -> None:
    white = np.full((24, 32, 3), 255, np.uint8)
    for sample in range(2):
        log = Log(tmp_path / "run", f"events.out.tfevents.1.{sample}")
        for step, role in ((0, "gt"), (0, "pred"), (1, "gt"), (2, "pred")):
            log.add(step, image(f"{role}/{sample}", encoded(white)))
    main([str(tmp_path), "--out", str(tmp_path / "out")])
    said = capsys.readouterr().out
    assert ", and 1 sample more; swapped-word" in said
    assert "1 step written" in said
    assert "its ground truth has 1 color: with classes" in said
    assert said.endswith("\n1 record written\n")


def test_no_damage_ends_an_import(tmp_path, capsys) -> None:
    log = Log(tmp_path / "run")
    add_steps(log, 0, 1, 2)
    whole = log.path.read_bytes()
    rng = np.random.default_rng(0)
    for _ in range(60):
        data = bytearray(whole)
        for place in rng.integers(0, len(data), rng.integers(1, 6)):
            data[place] = rng.integers(0, 256)
        log.path.write_bytes(bytes(data[: rng.integers(1, len(data) + 1)]))
        shutil.rmtree(tmp_path / "run" / IMPORT_FOLDER, ignore_errors=True)
        assert main([str(tmp_path)]) in (0, NOT_ALL)
        for record in records(tmp_path):
            # What is written is whole: a checksum guards each event.
            np.testing.assert_array_equal(pixels(record), [TRUTH])


def test_pairs_of_out_have_the_names_of_their_runs(tmp_path) -> None:
    for run in ("a", "b/c"):
        add_steps(Log(tmp_path / "logs" / run), 0)
    before = snapshot(tmp_path / "logs")
    main([str(tmp_path / "logs"), "--out", str(tmp_path / "out")])
    assert snapshot(tmp_path / "logs") == before
    for run in ("a", "b/c"):
        (record,) = event_files.read(tmp_path / "out" / run)
        assert record.tag == "pred"


def test_pairs_beside_their_run_have_tags_of_their_own(tmp_path) -> None:
    """TensorBoard keeps one kind of data under a tag of a run."""
    log = Log(tmp_path / "run")
    add_steps(log, 0)
    before = log.path.read_bytes()
    for _ in range(2):
        assert main([str(tmp_path), "--out", str(tmp_path)]) == 0
    (file,) = (tmp_path / "run").glob(f"*{SUFFIX}")
    (record,) = event_files.decode(event_files.events(file.parent)[1:])
    assert record.tag == "pred (pairs)"
    assert log.path.read_bytes() == before


def test_what_tensorboard_takes_for_no_tag_is_changed(tmp_path) -> None:
    log = Log(tmp_path / "run")
    log.add(0, image('"gt"', encoded(TRUTH)), image('"pred"', encoded(PREDICTION)))
    (record,) = imported(tmp_path)
    assert record.tag == "_pred_"


def test_what_no_tag_of_a_record_may_hold_is_changed(tmp_path) -> None:
    Log(tmp_path / "run").add(
        0, image("gt\x7f", encoded(TRUTH)), image("pred\x7f", encoded(PREDICTION))
    )
    (record,) = imported(tmp_path)
    assert record.tag == "pred_"


def test_a_name_that_would_move_the_cursor_of_a_terminal_is_shown_as_text(tmp_path, capsys) -> None:
    Log(tmp_path / "run").add(0, image("\x1b[2J", encoded(TRUTH)))
    imported(tmp_path)
    said = capsys.readouterr().out
    assert "\x1b" not in said
    assert "\\x1b[2J" in said


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["nowhere"], "nowhere is not a directory, want a log directory"),
        ([".", "--rules", "."], ". is a directory, want a rule file"),
        (["gs://bucket/logs"], "is not on this machine; copy it here first"),
        ([".", "--rules", "nowhere.json"], "nowhere.json is not there, want a rule file"),
    ],
)
def test_wrong_arguments_are_told(arguments, reason, capsys) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert reason in capsys.readouterr().err


def test_a_place_that_cannot_be_written_to_ends_the_import(tmp_path, capsys) -> None:
    add_steps(Log(tmp_path / "run"), 0)
    (tmp_path / "run" / IMPORT_FOLDER).write_text("a file where the folder should be")
    assert main([str(tmp_path)]) == 1
    assert "error: the records can't be written: " in capsys.readouterr().err


def test_an_earlier_import_that_cannot_be_read_ends_the_import(tmp_path, capsys) -> None:
    add_steps(Log(tmp_path / "run"), 0)
    folder = tmp_path / "run" / IMPORT_FOLDER
    folder.mkdir()
    (folder / f"events.out.tfevents.1.a{SUFFIX}").symlink_to(tmp_path / "nothing")
    assert main([str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert said == (
        f"error: what was imported to {folder} before can't be read: No such file or directory\n"
    )


def test_without_pillow_the_way_out_is_said(tmp_path, capsys, monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "PIL.Image", None)
    assert main([str(tmp_path)]) == 1
    assert "pip install pillow" in capsys.readouterr().err


def test_a_directory_without_event_files_says_so(tmp_path, capsys) -> None:
    assert imported(tmp_path) == []
    assert f"there are no event files in {tmp_path}" in capsys.readouterr().out


def test_tensorflow_and_torch_are_not_imported(tmp_path) -> None:
    add_steps(Log(tmp_path / "run"), 0)
    code = (
        "import sys; from tb_pairs_plugin.importing.__main__ import main; main(sys.argv[1:]); "
        "print({'tensorflow', 'torch'} & set(sys.modules))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert ended.stdout.endswith("1 record written\nset()\n")


def test_tensorboard_serves_what_was_imported(tmp_path, tensorboard, load_fast) -> None:
    add_steps(Log(tmp_path / "run"), 0, 1)
    imported(tmp_path)
    server: servers.Server = tensorboard(tmp_path, load_fast=load_fast)
    answer = server.json("data/plugin/pairs/tags")
    assert answer["runs"] == [f"run/{IMPORT_FOLDER}"]
    assert [tag["tag"] for tag in answer["tags"]] == ["pred"]
    assert answer["skipped"] == []


# Not `ru_maxrss`, which counts what the process that started this one had.
PEAK = """
import pathlib, sys
from tb_pairs_plugin.importing.__main__ import main
main(sys.argv[1:])
status = pathlib.Path("/proc/self/status").read_text()
print(int(status.partition("VmHWM:")[2].split()[0]) * 1024)
"""


def peak(logdir: Path) -> int:
    ended = subprocess.run(
        [sys.executable, "-c", PEAK, str(logdir)], capture_output=True, text=True, check=True
    )
    return int(ended.stdout.splitlines()[-1])


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read as on Linux")
def test_memory_is_bounded_by_a_picture_and_not_by_the_log(tmp_path) -> None:
    rng = np.random.default_rng(0)
    noise = rng.integers(0, 256, (256, 256, 3)).astype(np.uint8)
    sizes = {}
    for name, steps in (("short", 4), ("long", 120)):
        log = Log(tmp_path / name / "run")
        for step in range(steps):
            truth = np.roll(noise, step, axis=1)
            log.add(
                step,
                image("gt", encoded(truth, compress_level=0)),
                image("pred", encoded(noisy(truth), compress_level=0)),
            )
        sizes[name] = log.path.stat().st_size
    grown = peak(tmp_path / "long") - peak(tmp_path / "short")
    assert sizes["long"] - sizes["short"] > 40 * 2**20
    # What the writer remembers of pictures is bounded, and small beside the log.
    assert grown < 12 * 2**20
