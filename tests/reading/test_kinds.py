# SPDX-License-Identifier: Apache-2.0
"""A record is of the kind it was written as, whatever its tag's first record was."""

import subprocess
import sys
import warnings
from pathlib import Path

import numpy as np
import pytest
from werkzeug.test import TestResponse

import tb_pairs_plugin as pairs
from tb_pairs_plugin.record import kinds
from tb_pairs_plugin.writing.kinds import Kind
from tests.reading import answers
from tests.reading.logs import TAG, Pair, png
from tests.reading.providers import RUN, MemoryProvider

PAIR = Pair("s", png(fill=1), png(fill=2))

_TRAINING = """
import sys
import numpy as np
import tb_pairs_plugin as pairs
first, last, kind, logdir = int(sys.argv[1]), int(sys.argv[2]), eval(sys.argv[3]), sys.argv[4]
ids = np.arange(48, dtype=np.uint8).reshape(1, 6, 8) % 3
for step in range(first, last):
    assert pairs.summary("seg", ids, ids, step, kind=kind, writer=logdir)
"""


def train(first: int, last: int, kind: str, logdir: Path) -> None:
    """Logs steps in a process of its own."""
    command = [sys.executable, "-c", _TRAINING, str(first), str(last), kind, str(logdir)]
    subprocess.run(command, check=True, timeout=600)


def test_a_restart_that_adds_a_kind_is_read_by_it(  # type: ignore[no-untyped-def]
    tmp_path: Path, load_fast: bool, tensorboard
) -> None:
    train(0, 2, "None", tmp_path / "run")
    # A restart is later by more than the second that names of files tell apart.
    (first,) = (tmp_path / "run").iterdir()
    stamp = first.name.split(".")[3]
    first.rename(first.with_name(first.name.replace(stamp, str(int(stamp) - 60))))
    train(2, 4, 'pairs.Mask(classes=["road", "car", "sky"], ignore=2)', tmp_path / "run")
    server = tensorboard(tmp_path, load_fast=load_fast)
    image = {"name": "image", "bits": 8}
    classes = [{"id": i, "name": name} for i, name in enumerate(["road", "car", "sky"])]
    mask = {"name": "mask", "classes": classes, "ignore": [2]}

    at = [("at", f"{step}:run") for step in range(4)]
    frames = answers.read_frames(server, ("tag", "seg"), *at).frames
    assert [frame["kind"] for frame in frames] == [image, image, mask, mask]
    series = server.pairs_json("series", ("tag", "seg"))["runs"]["run"]
    assert series["kinds"] == [image, mask]
    assert series["kindAt"] == [0, 0, 1, 1]
    assert series["metrics"]["iou"] == [None, None, 1, 1]
    assert series["metrics"]["mae"] == [0, 0, None, None]
    (tag,) = server.pairs_json("tags")["tags"]
    assert tag["series"][0]["kind"] == image
    counts = server.pairs_json("counts", ("tag", "seg"), *at)["counts"]
    assert ["total" in one for one in counts] == [False, False, True, True]


def test_a_tag_of_one_kind_says_it_once(tmp_path: Path) -> None:
    ids = np.zeros((1, 4, 5), int)
    for step in range(2):
        pairs.summary("seg", ids, ids, step, kind=pairs.Mask(classes=["a"]), writer=tmp_path / "r")
    series = answers.app(tmp_path).json("series", ("tag", "seg"))["runs"]["r"]
    assert "kinds" not in series
    assert "kindAt" not in series


def test_a_kind_is_told_though_the_steps_were_read_before_it_came() -> None:
    """The answer is not asked for again while the numbers stay, so it may not be told later."""
    provider = MemoryProvider()
    app = answers.App(provider)
    provider.log(1, [PAIR])
    app.frames(("tag", TAG), ("at", f"1:{RUN}"))
    provider.log(2, [PAIR], kind=kinds.ImageKind(16))
    series = app.json("series", ("tag", TAG))["runs"][RUN]
    assert [one["name"] for one in series["kinds"]] == ["mask", "image"]
    assert series["kindAt"] == [0, 1]


def test_of_more_kinds_than_are_told_no_step_is_said_to_be_of_a_wrong_one() -> None:
    """As where a range is fixed anew for each record."""
    provider = MemoryProvider()
    own = [kinds.HeatmapKind(range=(0, step + 1)) for step in range(20)]
    for step, kind in enumerate(own):
        provider.log(step, [PAIR], kind=kind)
    series = answers.App(provider).json("series", ("tag", TAG))["runs"][RUN]
    told = [None if at is None else series["kinds"][at] for at in series["kindAt"]]
    assert told[:16] == [one.to_json() for one in own[:16]]
    assert told[16:] == [None] * 4


def test_a_kind_that_cannot_be_read_is_not_said_to_be_another() -> None:
    provider = MemoryProvider()
    for step in range(2):
        provider.log(step, [PAIR], kind=kinds.ImageKind(16))
    provider.put(0, [b"{"])
    series = answers.App(provider).json("series", ("tag", TAG))["runs"][RUN]
    assert series["kindAt"] == [None, None]


def test_a_kind_that_could_not_be_read_for_a_moment_is_told_when_it_can() -> None:
    provider = MemoryProvider()
    app = answers.App(provider)
    provider.log(1, [PAIR])
    provider.log(2, [PAIR], kind=kinds.ImageKind(16))

    def fail(key: str) -> None:
        raise OSError("stale file handle")

    def ask(held: str = "") -> TestResponse:
        return app.get("series", ("tag", TAG), headers={"If-None-Match": held} if held else {})

    provider.before_blob = fail
    without = ask()
    assert without.json["runs"][RUN].get("kindAt") == [0, None]
    held = without.headers["ETag"]
    assert ask(held).status_code == 304
    provider.before_blob = lambda key: None
    told = ask(held)
    assert told.json["runs"][RUN]["kindAt"] == [0, 1]
    assert told.headers["ETag"] != held
    assert ask(told.headers["ETag"]).status_code == 304


@pytest.mark.parametrize(
    ("first", "then", "name"),
    [
        (pairs.Mask(classes=["a"]), pairs.Mask(classes=["b"]), "classes"),
        (pairs.Mask(), pairs.Mask(ignore=255), "ignore"),
        (pairs.Image(), pairs.Image(bits=16), "bits"),
        (pairs.Heatmap(), pairs.Heatmap(bits=8), "bits"),
        (pairs.Heatmap(), pairs.Heatmap(range=(0, 2)), "range"),
        (pairs.Heatmap(unit="m"), pairs.Heatmap(unit="km"), "unit"),
        (pairs.Heatmap(colormap="turbo"), pairs.Heatmap(), "colormap"),
    ],
    ids=lambda value: value if isinstance(value, str) else type(value).__name__,
)
def test_a_kind_that_changes_in_one_process_is_said_and_written(
    tmp_path: Path, first: Kind, then: Kind, name: str
) -> None:
    values = np.zeros((1, 4, 5), np.uint8)
    tag = f"{name} {type(first).__name__}"
    pairs.summary(tag, values, values, 0, kind=first, writer=tmp_path / "r")
    with pytest.warns(pairs.PairsWarning, match=f"with another {name} than"):
        pairs.summary(tag, values, values, 1, kind=then, writer=tmp_path / "r")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        pairs.summary(tag, values, values, 2, kind=then, writer=tmp_path / "r")
    app = answers.app(tmp_path)
    frames = app.frames(("tag", tag), ("at", "0:r"), ("at", "1:r")).frames
    assert [frame["kind"] for frame in frames] == [
        one.to_record().to_json() for one in (first, then)
    ]
    assert app.json("series", ("tag", tag))["runs"]["r"]["kindAt"] == [0, 1, 1]


def test_a_description_that_changes_is_said(tmp_path: Path) -> None:
    values = np.zeros((1, 4, 5), int)
    pairs.summary("described", values, values, 0, description="a", writer=tmp_path)
    with pytest.warns(pairs.PairsWarning, match="another description"):
        assert pairs.summary("described", values, values, 1, description="b", writer=tmp_path)


def test_another_kind_altogether_is_refused_in_one_process(tmp_path: Path) -> None:
    values = np.zeros((1, 4, 5), np.uint8)
    pairs.summary("t", values, values, 0, writer=tmp_path)
    with pytest.raises(ValueError, match=r"written as pairs\.Mask, want pairs\.Image as before"):
        pairs.summary("t", values, values, 1, kind=pairs.Mask(), writer=tmp_path)
