# SPDX-License-Identifier: Apache-2.0
"""The routes of a real TensorBoard, over both of its data servers: right data, same answers."""

import contextlib
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tb_pairs_plugin.record import kinds, metadata
from tb_pairs_plugin.record.digest import digest
from tests import servers
from tests.reading import answers, logs
from tests.reading.logs import TAG, Pair, png

TRUTH, OTHER_TRUTH, PHOTO = png(fill=200), png(fill=201), png(fill=202)
ODD_TAG = "it's <b>ünï🎨/&?#%+ </b>"
ODD_RUN = "läuf <i>&?#%+ 🏃"
FAR_STEPS = [-5, 2**53 + 1, 2**62]
HEATMAP = metadata.RecordRole(kinds.HeatmapKind(unit="m"))


def prediction(step: int) -> bytes:
    """The prediction that is logged at a step."""
    return png(fill=step)


def write(logdir: Path) -> None:
    """Two runs of 300 records each, and one of oddities."""
    for number, run in enumerate(["unet-dice", "unet-xent"]):
        with logs.Log(logdir / run, number) as log:
            for step in range(0, 3000, 10):
                pairs = [
                    Pair(
                        "frankfurt",
                        TRUTH if step < 1000 else OTHER_TRUTH,
                        prediction(step),
                        PHOTO,
                        "night",
                        {"iou": step / 3000, "loss": None},
                    ),
                    Pair("lindau", TRUTH, prediction(step + 1), metrics={"iou": float("nan")}),
                ]
                log.pairs(
                    step,
                    pairs,
                    description="*Markdown*",
                    content=[TRUTH, PHOTO] if step == 0 else (),
                    elsewhere=[TRUTH, PHOTO],
                )
    with logs.Log(logdir / ODD_RUN, 5) as log:
        for step in FAR_STEPS:
            log.pairs(step, [Pair("<script>", TRUTH, PHOTO)], tag=ODD_TAG, role=HEATMAP)
        log.values(0, logs.value("future", [b"{}"], b'{"format": 2, "role": "record"}'))
        log.values(0, logs.value("foreign", [b"{}"], b"\x08\x01"))


@dataclass(frozen=True)
class Servers:
    """Two TensorBoards that show the same folder."""

    rust: servers.Server
    in_process: servers.Server


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    logdir = tmp_path_factory.mktemp("logs")
    write(logdir)
    with contextlib.ExitStack() as stack:
        yield Servers(
            *(
                stack.enter_context(servers.tensorboard(logdir, load_fast=load_fast))
                for load_fast in (True, False)
            )
        )


@pytest.fixture(params=["rust", "in_process"])
def server(both: Servers, request: pytest.FixtureRequest) -> servers.Server:
    found: servers.Server = getattr(both, request.param)
    return found


@pytest.mark.parametrize(
    ("route", "parameters"),
    [
        ("tags", []),
        ("series", [("tag", TAG)]),
        ("series", [("tag", ODD_TAG)]),
        ("samples", [("tag", TAG), ("run", "unet-dice")]),
        ("frames", [("tag", TAG), ("at", "0:unet-dice"), ("at", "2990:unet-xent")]),
        ("frames", [("tag", ODD_TAG), *(("at", f"{step}:{ODD_RUN}") for step in FAR_STEPS)]),
        ("frames", [("tag", TAG), ("at", "7:unet-dice"), ("at", "0:nobody")]),
        ("picture", [("tag", TAG), ("run", "unet-dice"), ("step", "0"), ("digest", digest(TRUTH))]),
        ("series", [("tag", "nothing")]),
        ("frames", [("tag", "nothing"), ("at", "0:unet-dice")]),
    ],
)
def test_both_data_servers_give_the_same_answer(
    both: Servers, route: str, parameters: list[tuple[str, str]]
) -> None:
    rust, in_process = (one.pairs(route, *parameters) for one in (both.rust, both.in_process))
    assert rust.status == in_process.status
    assert rust.body == in_process.body
    assert rust.headers.get("ETag") == in_process.headers.get("ETag")


def test_tags_tell_runs_kinds_and_what_is_skipped(server: servers.Server) -> None:
    assert server.pairs_json("tags") == {
        "runs": ["unet-dice", "unet-xent", ODD_RUN],
        "tags": [
            {
                "tag": ODD_TAG,
                "series": [
                    {
                        "runs": [2],
                        "description": "",
                        "kind": {"name": "heatmap", "bits": 16, "range": None, "unit": "m"},
                    }
                ],
            },
            {
                "tag": TAG,
                "series": [
                    {
                        "runs": [0, 1],
                        "description": "*Markdown*",
                        "kind": {
                            "name": "mask",
                            "classes": [{"id": 1, "name": "road", "color": "#804080"}],
                            "ignore": [255],
                        },
                    }
                ],
            },
        ],
        "skipped": [
            {
                "run": ODD_RUN,
                "tag": "foreign",
                "reason": "not JSON: Expecting value: line 1 column 1 (char 0)",
            },
            {
                "run": ODD_RUN,
                "tag": "future",
                "reason": "format 2 is newer than this plugin reads (1)",
            },
        ],
        "kept": {"program": "TensorBoard", "limit": 300, "flag": "--samples_per_plugin=pairs=0"},
    }


def test_all_of_300_steps_are_kept_with_no_flag(server: servers.Server) -> None:
    answer = server.pairs_json("series", ("tag", TAG))
    for run in ("unet-dice", "unet-xent"):
        series = answer["runs"][run]
        assert series["steps"] == [str(step) for step in range(0, 3000, 10)]
        assert series["logged"] == 300
        assert len(series["wallTimes"]) == 300
        assert series["samples"] == ["frankfurt", "lindau"]
        assert series["metrics"]["iou"] == [step / 3000 for step in range(0, 3000, 10)]
        assert series["metrics"]["loss"] == [None] * 300


def test_samples_give_every_number_and_when_the_ground_truth_changed(
    server: servers.Server,
) -> None:
    answer = server.pairs_json("samples", ("tag", TAG), ("run", "unet-xent"))
    assert list(answer["runs"]) == ["unet-xent"]
    samples = answer["runs"]["unet-xent"]
    assert samples["samples"] == ["frankfurt", "lindau"]
    assert samples["metrics"]["iou"] == [
        [step / 3000 for step in range(0, 3000, 10)],
        ["NaN"] * 300,
    ]
    assert samples["changed"] == {"frankfurt": ["1000"]}


def test_every_step_of_every_run_shows_its_own_pictures(server: servers.Server) -> None:
    at = [(step, run) for step in range(0, 3000, 100) for run in ("unet-dice", "unet-xent")]
    bundle = answers.read_frames(
        server, ("tag", TAG), *(("at", f"{step}:{run}") for step, run in at)
    )
    assert bundle.header["omitted"] == 0
    assert [(int(frame["step"]), frame["run"]) for frame in bundle.frames] == at
    for (step, _), frame in zip(at, bundle.frames, strict=True):
        first, second = frame["samples"]
        assert (first["id"], first["caption"]) == ("frankfurt", "night")
        assert first["metrics"] == {"iou": step / 3000, "loss": None}
        assert second["metrics"] == {"iou": "NaN"}
        shown = [bundle.blobs[picture["digest"]] for picture in frame["pictures"]]
        truth = TRUTH if step < 1000 else OTHER_TRUTH
        assert shown[first["groundTruth"]] == truth
        assert shown[first["prediction"]] == prediction(step)
        assert shown[first["input"]] == PHOTO
        assert shown[second["groundTruth"]] == TRUTH
        assert shown[second["prediction"]] == prediction(step + 1)
        assert "input" not in second
        assert not any("error" in picture for picture in frame["pictures"])


def test_frames_leave_out_what_is_not_asked_for(server: servers.Server) -> None:
    bundle = answers.read_frames(
        server,
        ("tag", TAG),
        ("at", "0:unet-dice"),
        ("sample", "frankfurt"),
        ("part", "groundTruth"),
        ("part", "prediction"),
        ("have", digest(TRUTH)),
    )
    (frame,) = bundle.frames
    (sample,) = frame["samples"]
    assert (sample["groundTruth"], sample["prediction"]) == (0, 1)
    assert "input" not in sample
    assert [one["digest"] for one in frame["pictures"]] == [digest(TRUTH), digest(prediction(0))]
    assert list(bundle.blobs) == [digest(prediction(0))]


def test_steps_beyond_float_precision_are_exact(server: servers.Server) -> None:
    steps = [str(step) for step in FAR_STEPS]
    answer = server.pairs_json("series", ("tag", ODD_TAG))
    assert answer["runs"][ODD_RUN]["steps"] == steps
    bundle = answers.read_frames(
        server, ("tag", ODD_TAG), *(("at", f"{step}:{ODD_RUN}") for step in steps)
    )
    assert [frame["step"] for frame in bundle.frames] == steps
    assert not any("error" in frame for frame in bundle.frames)


def test_a_picture_is_served_for_ever_by_its_digest(server: servers.Server) -> None:
    answer = server.pairs(
        "picture", ("tag", TAG), ("run", "unet-dice"), ("step", "0"), ("digest", digest(PHOTO))
    )
    assert (answer.status, answer.body) == (200, PHOTO)
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, max-age=31536000"


@pytest.mark.parametrize(
    "route",
    [
        "tags",
        f"series?tag={urllib.parse.quote(TAG)}",
        f"samples?tag={urllib.parse.quote(TAG)}",
        f"frames?tag={urllib.parse.quote(TAG)}&at=0:unet-dice",
        "index.js",
    ],
)
def test_an_answer_that_the_browser_holds_is_not_sent_again(
    server: servers.Server, route: str
) -> None:
    first = server.pairs(route)
    assert first.status == 200
    assert "no-cache" in first.headers["Cache-Control"]
    again = server.get(
        f"data/plugin/pairs/{route}", headers={"If-None-Match": first.headers["ETag"]}
    )
    assert (again.status, again.body) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Content-Type"] == first.headers["Content-Type"]
    # TensorBoard warns of what its own rules for responses forbid.
    assert "this warning will become an error" not in server.log


@pytest.mark.parametrize("load_fast", [True, False], ids=["rust", "in_process"])
def test_everything_works_under_a_path_prefix(tmp_path: Path, load_fast: bool) -> None:
    with logs.Log(tmp_path / "run") as log:
        log.pairs(1, [Pair("s", TRUTH, PHOTO)])
    with servers.tensorboard(
        tmp_path, load_fast=load_fast, flags=("--path_prefix=/a/b",)
    ) as server:
        assert server.url.endswith("/a/b/")
        assert server.pairs_json("tags")["runs"] == ["run"]
        assert not answers.read_frames(server, ("tag", TAG), ("at", "1:run")).frames[0].get("error")
        assert server.pairs("index.js").status == 200
        assert server.pairs("chunks/none.js").status == 404


def test_sampled_steps_all_have_their_frames(tmp_path: Path, load_fast: bool) -> None:
    with logs.Log(tmp_path / "run") as log:
        for step in range(120):
            log.pairs(
                step, [Pair("s", TRUTH, prediction(step))], content=[TRUTH] if not step else ()
            )
    with servers.tensorboard(
        tmp_path, load_fast=load_fast, flags=("--samples_per_plugin=pairs=20",)
    ) as server:
        assert server.pairs_json("tags")["kept"]["limit"] == 20
        series = server.pairs_json("series", ("tag", TAG))["runs"]["run"]
        assert len(series["steps"]) == 20
        assert series["logged"] == 120
        bundle = answers.read_frames(
            server, ("tag", TAG), *(("at", f"{step}:run") for step in series["steps"])
        )
        for step, frame in zip(series["steps"], bundle.frames, strict=True):
            shown = [bundle.blobs[picture["digest"]] for picture in frame["pictures"]]
            assert shown == [TRUTH, prediction(int(step))]


def test_new_steps_and_rewritten_steps_appear(tmp_path: Path, load_fast: bool) -> None:
    with logs.Log(tmp_path / "run") as log:
        for step in (1, 2):
            log.pairs(step, [Pair("s", TRUTH, prediction(step))])
        with servers.tensorboard(tmp_path, load_fast=load_fast) as server:
            answers.read_frames(server, ("tag", TAG), ("at", "1:run"), ("at", "2:run"))
            log.pairs(3, [Pair("s", TRUTH, prediction(3))])
            server.wait_for_reload()
            (frame,) = answers.read_frames(server, ("tag", TAG), ("at", "3:run")).frames
            assert frame["pictures"][1]["digest"] == digest(prediction(3))
