# SPDX-License-Identifier: Apache-2.0
"""A training that was restarted: what is counted, and what is marked as outdated."""

from pathlib import Path

import pytest

from tb_pairs_plugin.reading.restarts import History, WrittenStep
from tests import servers
from tests.reading import answers, logs
from tests.reading.logs import TAG, Pair, png

TRUTH = png(fill=7)


def write(logdir: Path, *processes: range) -> None:
    """Writes the steps of processes that follow each other; each shows which one it was."""
    for number, steps in enumerate(processes):
        with logs.Log(logdir / "run", number) as log:
            for step in steps:
                log.pairs(step, [Pair("s", TRUTH, png(fill=100 * number + step))])


@pytest.mark.parametrize(
    ("processes", "logged"),
    [
        # It goes on where it ended.
        ((range(4), range(4, 6)), 6),
        # It repeats the end.
        ((range(4), range(2, 4)), 4),
        # It repeats the end, and goes on.
        ((range(4), range(2, 6)), 6),
        # It starts over.
        ((range(4), range(4)), 4),
        # It went back, and did not come as far yet: where both are kept, both are shown.
        ((range(6), range(3, 4)), (4, 6)),
        # Twice, the second time further back.
        ((range(6), range(4, 7), range(2, 8)), 8),
    ],
)
def test_steps_written_again_count_once_and_are_marked_where_the_first_are_shown(
    tmp_path: Path, load_fast: bool, processes: tuple[range, ...], logged: int | tuple[int, int]
) -> None:
    write(tmp_path, *processes)
    with servers.tensorboard(tmp_path, load_fast=load_fast) as server:
        series = server.json(f"data/plugin/pairs/series?tag={TAG}")["runs"]["run"]
        steps = [int(step) for step in series["steps"]]
        bundle = answers.unpack(
            server.pairs("frames", ("tag", TAG), *(("at", f"{step}:run") for step in steps)).body
        )
    assert series["logged"] == (logged if isinstance(logged, int) else logged[not load_fast])
    assert len(steps) == series["logged"]
    for step, frame in zip(steps, bundle.frames, strict=True):
        shown = bundle.blobs[frame["pictures"][1]["digest"]]
        (number,) = (
            number
            for number, written in enumerate(processes)
            if step in written and shown == png(fill=100 * number + step)
        )
        later = processes[number + 1 :]
        outdated = any(written.start <= step for written in later)
        assert (str(step) in series["beforeRestart"]) == outdated, step


def test_the_data_server_has_nothing_of_before_a_restart(tmp_path: Path) -> None:
    write(tmp_path, range(4), range(2, 6))
    with servers.tensorboard(tmp_path, load_fast=True) as server:
        series = server.json(f"data/plugin/pairs/series?tag={TAG}")["runs"]["run"]
    assert series["beforeRestart"] == []


@pytest.mark.parametrize(
    ("records", "logged"),
    [
        ([], 0),
        # Sampled: the numbers tell how many there were.
        ([(0, 0, 1), (80, 9, 81), (99, 10, 100)], 100),
        ([(50, 1, 51), (60, 2, 11), (70, 3, 21), (75, 4, 6)], 51 + 21 + 6),
        # The first process' records at and after step 55 were written again.
        ([(50, 1, 51), (90, 2, 91), (55, 3, 1), (95, 4, 41)], 51 + 41),
        # No numbers are known: the steps tell where it began again.
        ([(0, 0, None), (1, 1, None), (1, 2, None)], 0),
    ],
)
def test_the_count_follows_from_what_is_kept(
    records: list[tuple[int, float, int | None]], logged: int
) -> None:
    assert History(WrittenStep(*record) for record in records).logged == logged


def test_a_writer_that_logs_backwards_was_not_restarted() -> None:
    history = History(WrittenStep(10 - time, time, time + 1) for time in range(5))
    assert history.logged == 5
    assert not any(history.is_outdated(10 - time, time) for time in range(5))
