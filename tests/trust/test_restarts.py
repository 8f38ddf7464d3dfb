# SPDX-License-Identifier: Apache-2.0
"""Restarts that take steps back leave what came before whole."""

from collections.abc import Callable
from pathlib import Path

from tensorboard.compat.proto import event_pb2

from tests import servers
from tests.reading import answers, logs
from tests.reading.logs import TAG, Pair, png

TRUTH, OTHER = png(fill=1), png(fill=2)


def restart(log: logs.Log, step: int) -> None:
    """Begins a file as a process does that goes on from `step`."""
    session = event_pb2.SessionLog(status=event_pb2.SessionLog.START)
    log.write(event_pb2.Event(wall_time=log.wall_time, step=step, session_log=session))


def test_content_that_was_stored_again_and_taken_back_is_still_found(
    tmp_path: Path, load_fast: bool, tensorboard: Callable[..., servers.Server]
) -> None:
    run = tmp_path / "run"
    with logs.Log(run, 0) as log:
        restart(log, 0)
        log.pairs(1, [Pair("s", TRUTH, png(fill=3))], content=[TRUTH])
    with logs.Log(run, 1) as log:
        restart(log, 2)
        pairs = [Pair("s", TRUTH, png(fill=4)), Pair("t", OTHER, png(fill=5))]
        log.pairs(5, pairs, content=[TRUTH, OTHER])
    with logs.Log(run, 2) as log:
        restart(log, 5)
    server = tensorboard(tmp_path, load_fast=load_fast)
    (frame,) = answers.unpack(server.pairs("frames", ("tag", TAG), ("at", "1:run")).body).frames
    assert not [picture for picture in frame["pictures"] if "error" in picture]


def test_a_good_copy_is_found_behind_a_damaged_one(tmp_path: Path) -> None:
    run = tmp_path / "run"
    with logs.Log(run, 0) as log:
        log.pairs(1, [Pair("s", TRUTH, png(fill=3))], content=[TRUTH])
        digests = (logs.digest(OTHER), logs.digest(TRUTH))
        role = logs.metadata.ContentRole(digests).to_bytes()
        log.values(
            2, logs.value(logs.metadata.make_content_tag(digests), [OTHER, b"damaged"], role)
        )
    (frame,) = answers.app(tmp_path).frames(("tag", TAG), ("at", "1:run")).frames
    assert not [picture for picture in frame["pictures"] if "error" in picture]


def test_a_good_copy_is_found_however_many_steps_refer_to_a_damaged_one(tmp_path: Path) -> None:
    with logs.Log(tmp_path / "run") as log:
        role = logs.metadata.ContentRole((logs.digest(TRUTH),)).to_bytes()
        tag = logs.metadata.make_content_tag([logs.digest(TRUTH)])
        log.values(1, logs.value(tag, [b"damaged"], role))
        for step in range(1, 6):
            log.pairs(step, [Pair("s", TRUTH, png(fill=step + 9))], elsewhere=[TRUTH])
        log.pairs(6, [Pair("s", TRUTH, png(fill=20))])
    at = [("at", f"{step}:run") for step in range(1, 7)]
    for frame in answers.app(tmp_path).frames(("tag", TAG), *at).frames:
        assert not [picture for picture in frame["pictures"] if "error" in picture]
