# SPDX-License-Identifier: Apache-2.0
"""Torn, flipped, foreign and lying event files: what is whole is shown, the rest is told."""

import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tensorboard.compat.proto import summary_pb2, tensor_pb2, types_pb2

from tb_pairs_plugin.pairing.proposals import make_record_tag
from tb_pairs_plugin.record import metadata
from tests import servers
from tests.reading import answers, logs
from tests.reading.logs import TAG, Pair, png

TRUTH = png(fill=1)
STEPS = 6


def prediction(step: int) -> bytes:
    return png(fill=step + 10)


def write(run: Path, number: int = 0, steps: range = range(STEPS)) -> Path:
    """A whole event file, its ground truth stored once."""
    with logs.Log(run, number) as log:
        for step in steps:
            log.pairs(
                step,
                [Pair("s", TRUTH, prediction(step), metrics={"iou": step / 10})],
                content=[TRUTH] if step == steps[0] else (),
                elsewhere=[TRUTH],
            )
    return log.path


def torn(run: Path) -> None:
    path = write(run)
    path.write_bytes(path.read_bytes()[:-40])


def flipped(run: Path) -> None:
    path = write(run)
    data = bytearray(path.read_bytes())
    data[len(data) * 2 // 3] ^= 0x10
    path.write_bytes(data)


def foreign(run: Path) -> None:
    path = write(run)
    path.with_name(path.name + ".1").write_bytes(random.Random(0).randbytes(10_000))


def empty(run: Path) -> None:
    path = write(run)
    path.with_name(path.name + ".0").write_bytes(b"")


def with_value(*values: summary_pb2.Summary.Value) -> Callable[[Path], None]:
    """A whole run, and values that are not what they should be."""

    def made(run: Path) -> None:
        write(run)
        with logs.Log(run, 1) as log:
            log.values(STEPS, *values)

    return made


def tensor(tag: str, made: tensor_pb2.TensorProto, data_class: int) -> summary_pb2.Summary.Value:
    """A value that claims to be a record, or its metrics, and holds any tensor."""
    value = logs.value(tag, [], logs.MASK.to_bytes(), data_class=data_class)
    value.tensor.CopyFrom(made)
    return value


def floats(*shape: int) -> tensor_pb2.TensorProto:
    made = tensor_pb2.TensorProto(dtype=types_pb2.DT_FLOAT, float_val=[1.0])
    for size in shape:
        made.tensor_shape.dim.add(size=size)
    return made


MANIFEST, BLOB = logs.record([Pair("s", TRUTH, prediction(STEPS))])[1][0], TRUTH
METRICS = metadata.make_metrics_tag(TAG)
ROLE = logs.MASK.to_bytes()

DAMAGES: dict[str, Callable[[Path], None]] = {
    "torn": torn,
    "flipped": flipped,
    "foreign": foreign,
    "empty": empty,
    "rank 0": with_value(logs.value(TAG, MANIFEST, ROLE, data_class=logs.BLOBS)),
    "rank 2": with_value(logs.value(TAG, [MANIFEST, BLOB], ROLE, shape=[1, 2])),
    "too few elements": with_value(logs.value(TAG, [MANIFEST], ROLE, shape=[3])),
    "too many elements": with_value(logs.value(TAG, [MANIFEST, BLOB, BLOB], ROLE, shape=[1])),
    "negative size": with_value(logs.value(TAG, [MANIFEST], ROLE, shape=[-1])),
    "endless size": with_value(logs.value(TAG, [MANIFEST], ROLE, shape=[2**40])),
    "no elements": with_value(logs.value(TAG, [], ROLE)),
    "no class": with_value(logs.value("other", [MANIFEST], ROLE, data_class=0)),
    "wrong class": with_value(logs.value("other", [MANIFEST], ROLE, data_class=logs.TENSOR)),
    "floats for blobs": with_value(tensor(TAG, floats(2), logs.BLOBS)),
    "floats for metrics": with_value(tensor(METRICS, floats(), logs.TENSOR)),
    "metrics that are no tensor": with_value(
        logs.value(METRICS, [b"a"], ROLE, data_class=logs.TENSOR, shape=[2, 3])
    ),
    "metrics of an endless size": with_value(logs.value(METRICS, b"{}", ROLE, shape=[2**40])),
    "metrics that are no metrics": with_value(logs.value(METRICS, b"[]", ROLE)),
    "record of a newer format": with_value(logs.value(TAG, [b'{"format": 2}'], ROLE)),
    "tag of a newer format": with_value(logs.value("new", [b"{}"], b'{"format": 2}')),
    "tag of no format": with_value(logs.value("new", [b"{}"], b"\xff\xff")),
    "content under a wrong name": with_value(
        logs.value(
            metadata.make_content_tag(["0" * 32]),
            [b"x"],
            metadata.ContentRole(("0" * 32,)).to_bytes(),
        )
    ),
    "record under a reserved name": with_value(logs.value("__pairs__/x", [MANIFEST], ROLE)),
}
# Where the in-process loader stops reading, or where the step itself is what is damaged.
LOST = {"torn": 1, "flipped": STEPS}


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("logs")
    for name, damage in DAMAGES.items():
        damage(folder / name)
    return folder


@pytest.fixture(scope="module", params=[True, False], ids=["rust", "in-process"])
def server(logdir: Path, request: pytest.FixtureRequest) -> Iterator[servers.Server]:
    with servers.tensorboard(logdir, load_fast=request.param) as started:
        yield started


def test_all_runs_are_listed(server: servers.Server) -> None:
    tags = server.json("data/plugin/pairs/tags")
    assert set(tags["runs"]) == set(DAMAGES)
    assert {(one["run"], one["tag"]) for one in tags["skipped"]} >= {
        ("tag of a newer format", "new"),
        ("tag of no format", "new"),
    }


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_is_whole_is_shown(server: servers.Server, damage: str) -> None:
    answer = server.pairs("series", ("tag", TAG), ("run", damage))
    assert answer.status == 200, answer.text
    steps = server.json(f"data/plugin/pairs/series?tag={TAG}")["runs"][damage]["steps"]
    whole = [step for step in steps if int(step) < STEPS]
    assert whole == [str(step) for step in range(STEPS)][: len(whole)] or damage == "flipped"
    assert len(whole) >= STEPS - LOST.get(damage, 0)
    at = [("at", f"{step}:{damage}") for step in steps]
    answer = server.pairs("frames", ("tag", TAG), *at)
    assert answer.status == 200, answer.text
    bundle = answers.unpack(answer.body)
    for step, frame in zip(steps, bundle.frames, strict=True):
        if "claims to hold" in frame.get("error", ""):
            # The in-process loader would make a name for each of 2^40 blobs.
            assert damage == "endless size"
        elif int(step) < STEPS:
            shown = [bundle.blobs[picture["digest"]] for picture in frame["pictures"]]
            assert shown == [TRUTH, prediction(int(step))]
            assert not any("error" in picture for picture in frame["pictures"])


@pytest.mark.parametrize("damage", [name for name in DAMAGES if "metrics" in name])
def test_damaged_metrics_cost_no_other_step_its_numbers(
    server: servers.Server, damage: str
) -> None:
    series = server.pairs_json("series", ("tag", TAG), ("run", damage))["runs"][damage]
    means = dict(zip(series["steps"], series["metrics"]["iou"], strict=True))
    whole = {str(step): step / 10 for step in range(STEPS)}
    assert means in (whole, whole | {str(STEPS): None})


def test_nothing_is_logged_as_unexpected(server: servers.Server) -> None:
    for damage in DAMAGES:
        for route in ("series", "samples"):
            server.pairs(route, ("tag", TAG), ("run", damage))
        server.pairs("frames", ("tag", TAG), ("at", f"{STEPS}:{damage}"))
    assert "unexpected error" not in server.log
    assert "Traceback" not in server.log


def test_a_step_written_twice_is_shown_once_and_whole(tmp_path: Path, load_fast: bool) -> None:
    for number, fill in enumerate((1, 2)):
        with logs.Log(tmp_path / "run", number) as log:
            for step in range(4):
                log.pairs(step, [Pair("s", TRUTH, png(fill=100 * fill + step))])
    with servers.tensorboard(tmp_path, load_fast=load_fast) as server:
        series = server.json(f"data/plugin/pairs/series?tag={TAG}")["runs"]["run"]
        assert series["steps"] == ["0", "1", "2", "3"]
        at = [("at", f"{step}:run") for step in range(4)]
        bundle = answers.unpack(server.pairs("frames", ("tag", TAG), *at).body)
        for step, frame in enumerate(bundle.frames):
            truth, shown = (bundle.blobs[picture["digest"]] for picture in frame["pictures"])
            assert truth == TRUTH
            assert shown in (png(fill=100 + step), png(fill=200 + step))


def test_run_names_that_the_data_server_cannot_serve_hide_no_others(
    tmp_path: Path, load_fast: bool
) -> None:
    odd = ['quo"te', "back\\slash", "tab\tbed", "unit\x1fseparated"]
    for number, name in enumerate([*odd, "good"]):
        write(tmp_path / name, number)
    with servers.tensorboard(tmp_path, load_fast=load_fast) as server:
        assert set(server.json("data/plugin/pairs/tags")["runs"]) == {*odd, "good"}
        answer = server.pairs(
            "frames", ("tag", TAG), *(("at", f"1:{run}") for run in (*odd, "good"))
        )
        *others, good = answers.unpack(answer.body).frames
        assert not any("error" in picture for picture in good["pictures"])
        for frame in others:
            faults = [frame.get("error"), *(p.get("error") for p in frame.get("pictures", []))]
            whole = not any(faults)
            assert whole or any(str(fault).startswith("TensorBoard can't") for fault in faults)


def test_every_character_that_a_tag_may_hold_is_served(tmp_path: Path) -> None:
    refused = set()
    with logs.Log(tmp_path / "run") as log:
        for character in [*map(chr, range(0xA1)), "\u2028", "\ufeff", "\U0001f3a8"]:
            tag = f"a{character}b"
            try:
                metadata.check_tag(tag)
            except ValueError:
                refused.add(character)
                assert make_record_tag(tag) == "a_b"
            else:
                log.pairs(1, [Pair("s", TRUTH, prediction(1))], tag=tag)
    assert refused == {*map(chr, range(0x20)), '"', "\\"}
    with servers.tensorboard(tmp_path, load_fast=True) as server:
        tags = [one["tag"] for one in server.json("data/plugin/pairs/tags")["tags"]]
        assert len(tags) == 0xA1 + 3 - len(refused)
        for tag in tags:
            frame, *_ = answers.read_frames(server, ("tag", tag), ("at", "1:run")).frames
            assert "error" not in frame, tag
            assert not any("error" in picture for picture in frame["pictures"]), tag


MUTATIONS = 60


def test_mutated_event_files_never_get_an_unexpected_answer(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    original = write(tmp_path / "original" / "run").read_bytes()
    chance = random.Random(1)
    for number in range(MUTATIONS):
        data = bytearray(original)
        for _ in range(chance.randint(1, 8)):
            position = chance.randrange(len(data))
            action = chance.randrange(3)
            if action == 0:
                data[position] = chance.randrange(256)
            elif action == 1:
                del data[position : position + chance.randrange(1, 50)]
            else:
                data[position:position] = chance.randbytes(chance.randrange(1, 50))
        run = tmp_path / str(number) / "run"
        run.mkdir(parents=True)
        (run / "events.out.tfevents.1.host").write_bytes(data)
        app = answers.app(run.parent)
        assert app.get("tags").status_code == 200
        for route in ("series", "samples"):
            assert app.get(route, ("tag", TAG)).status_code in (200, 404)
        at = [("at", f"{step}:run") for step in range(STEPS)]
        assert app.get("frames", ("tag", TAG), *at).status_code in (200, 404)
        shutil.rmtree(run)
    assert "unexpected error" not in caplog.text
