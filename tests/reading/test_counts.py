# SPDX-License-Identifier: Apache-2.0
"""The counts that are served are those of NumPy, over all samples; what is wrong is a sentence."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest

import tb_pairs_plugin as pairs
from tb_pairs_plugin.reading import counts
from tests.reading import answers, logs
from tests.reading.logs import TAG, Pair, png
from tests.reading.providers import RUN, MemoryProvider
from tests.record import strategies

TRUTH, PREDICTION = png(fill=1), png(fill=2)


def assert_counts(found: dict, truth: np.ndarray, prediction: np.ndarray, ignore: int) -> None:  # type: ignore[type-arg]
    used = truth != ignore
    truth, prediction = truth[used], prediction[used]
    for position, id_ in enumerate(found["ids"]):
        hits = int(((truth == id_) & (prediction == id_)).sum())
        assert found["truePositive"][position] == hits
        assert found["falsePositive"][position] == int((prediction == id_).sum()) - hits
        assert found["falseNegative"][position] == int((truth == id_).sum()) - hits
    assert found["ids"] == np.union1d(truth, prediction).tolist()
    confusions = found["confusions"]
    for was, said, often in zip(
        confusions["truth"], confusions["predicted"], confusions["pixels"], strict=True
    ):
        assert often == int(((truth == was) & (prediction == said)).sum())
    assert sum(confusions["pixels"]) == int((truth != prediction).sum())


def test_counts_are_of_all_samples(tmp_path: Path, load_fast: bool, tensorboard) -> None:  # type: ignore[no-untyped-def]
    rng = np.random.default_rng(0)
    truth = rng.choice([0, 1, 2, 255], (60, 20, 30))
    predictions = {run: rng.choice([0, 1, 2, 3], truth.shape) for run in "ab"}
    for run, prediction in predictions.items():
        pairs.summary(
            "seg", truth, prediction, 7, kind=pairs.Mask(ignore=255), writer=str(tmp_path / run)
        )
    server = tensorboard(tmp_path, load_fast=load_fast)
    parameters = [("tag", "seg"), ("at", "7:a"), ("at", "7:b"), ("at", "8:a"), ("sample", "59")]
    answer = server.pairs_json("counts", *parameters)
    assert answer["tag"] == "seg"
    assert answer["omitted"] == 0
    first, second, missing = answer["counts"]
    assert missing == {"run": "a", "step": "8", "error": "the run 'a' has no step 8 of this tag"}
    for found, prediction in ((first, predictions["a"]), (second, predictions["b"])):
        assert found["samples"] == found["total"]["counted"] == 60
        assert_counts(found["total"], truth, prediction, 255)
        assert list(found["each"]) == ["59"]
        assert_counts(found["each"]["59"], truth[59], prediction[59], 255)


def test_a_record_without_counts_says_none(tmp_path: Path) -> None:
    with logs.Log(tmp_path / "run") as log:
        log.pairs(1, [Pair("s", TRUTH, PREDICTION)])
    answer = answers.app(tmp_path).json("counts", ("tag", TAG), ("at", "1:run"), ("sample", "s"))
    assert answer["counts"] == [{"run": "run", "step": "1", "samples": 1}]


def written(run: Path, place: int, *tables: bytes) -> None:
    """Writes a record of one sample with tables of counts, that are said to be at `place`."""
    manifest, elements = logs.record([Pair("s", TRUTH, PREDICTION)])
    manifest = dataclasses.replace(manifest, counts=place)
    with logs.Log(run) as log:
        log.values(
            1, logs.value(TAG, [manifest.to_bytes(), *elements[1:], *tables], logs.MASK.to_bytes())
        )


ROW = strategies.counts.ClassCounts((0,), (4,), (0,), (0,))
TABLE = strategies.packed((ROW,))


@pytest.mark.parametrize(
    ("place", "tables", "error"),
    [
        (3, [], "the manifest says element 3, the record has 3"),
        (3, [b""], "0 bytes"),
        (3, [TABLE[:-1]], "cut off"),
        (3, [strategies.packed(())], "0 rows, want 1"),
        (3, [strategies.packed((ROW, ROW))], "2 rows, want 1"),
        (1, [], "not JSON"),
        (3, [strategies.packed((dataclasses.replace(ROW, counted=2),))], "of 2 samples"),
    ],
)
def test_damaged_counts_are_a_sentence(
    tmp_path: Path, place: int, tables: list[bytes], error: str
) -> None:
    written(tmp_path / "run", place, *tables)
    app = answers.app(tmp_path)
    (found,) = app.json("counts", ("tag", TAG), ("at", "1:run"))["counts"]
    assert error in found["error"]
    assert "total" not in found
    # The pictures are shown all the same.
    (frame,) = app.frames(("tag", TAG), ("at", "1:run")).frames
    assert "error" not in frame


def test_counts_that_are_right_are_read(tmp_path: Path) -> None:
    written(tmp_path / "run", 3, TABLE, TABLE)
    app = answers.app(tmp_path)
    (found,) = app.json("counts", ("tag", TAG), ("at", "1:run"), ("sample", "s"))["counts"]
    assert (
        found["total"]
        == found["each"]["s"]
        == {
            **{"counted": 1, "ids": [0], "truePositive": [4]},
            **{"falsePositive": [0], "falseNegative": [0]},
        }
    )


def test_an_answer_of_counts_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counts, "MAX_NUMBERS", 2 * ROW.size)
    for run in "abc":
        written(tmp_path / run, 3, TABLE, TABLE)
    at = [("at", f"1:{run}") for run in "abc"]
    answer = answers.app(tmp_path).json("counts", ("tag", TAG), *at)
    assert len(answer["counts"]) == 2
    assert answer["omitted"] == 1


def log_counted(provider: MemoryProvider, step: int, right: dict[str, int], time: float) -> None:
    """Logs samples, each with so many right pixels; none is wrong."""
    made = [Pair(name, TRUTH, PREDICTION) for name in right]
    manifest, elements = logs.record(made)
    rows = tuple(counts.ClassCounts((0,), (number,), (0,), (0,)) for number in right.values())
    total = counts.ClassCounts((0,), (sum(right.values()),), (0,), (0,), counted=len(rows))
    manifest = dataclasses.replace(manifest, counts=len(elements))
    tables = [strategies.packed((total,)), strategies.packed(rows)]
    provider.put(step, [manifest.to_bytes(), *elements[1:], *tables], wall_time=time)


def test_counts_of_a_step_that_is_written_again_are_of_its_own_samples() -> None:
    provider = MemoryProvider()
    app = answers.App(provider)
    ask = [("tag", TAG), ("at", f"1:{RUN}"), *(("sample", name) for name in "abc")]
    log_counted(provider, 1, {"a": 1, "b": 2}, time=1)
    app.json("counts", *ask)
    app.frames(*ask)
    log_counted(provider, 1, {"b": 3, "c": 4}, time=2)
    (found,) = app.json("counts", *ask)["counts"]
    assert {name: one["truePositive"] for name, one in found["each"].items()} == {
        "b": [3],
        "c": [4],
    }
    assert found["total"]["truePositive"] == [7]


def test_tables_that_an_answer_has_no_room_for_are_not_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(counts, "MAX_NUMBERS", 3 * ROW.size)
    provider = MemoryProvider()
    for step in range(200):
        log_counted(provider, step, {"a": 1}, time=step)
    app = answers.App(provider)
    at = [("at", f"{step}:{RUN}") for step in range(200)]
    answer = app.json("counts", ("tag", TAG), *at, ("sample", "a"))
    # Each record has the sums, and one sample.
    assert (len(answer["counts"]), answer["omitted"]) == (1, 199)
    manifests, tables = 200, provider.calls["read_blob"] - 200
    assert tables < manifests / 4


@pytest.mark.parametrize(
    ("parameters", "status"),
    [
        ([("tag", TAG)], 400),
        ([("at", "1:run")], 400),
        ([("tag", "none"), ("at", "1:run")], 404),
        ([("tag", "__pairs__/metrics/" + TAG), ("at", "1:run")], 404),
        ([("tag", TAG), ("at", "x")], 400),
    ],
)
def test_requests_of_counts_that_are_refused(
    tmp_path: Path, parameters: list[tuple[str, str]], status: int
) -> None:
    written(tmp_path / "run", 3, TABLE, TABLE)
    assert answers.app(tmp_path).refused("counts", *parameters)[0] == status
