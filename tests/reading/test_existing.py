# SPDX-License-Identifier: Apache-2.0
"""Pictures that the libraries logged for the Images dashboard, offered as pairs."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

import tb_pairs_plugin as pairs
from tb_pairs_plugin.importing.__main__ import main as run_importer
from tb_pairs_plugin.pairing import rules
from tests import servers
from tests.importing import logs
from tests.importing.logs import Log, image, tensor
from tests.importing.pictures import encoded, grid, noisy, photo
from tests.reading import answers, providers
from tests.reading.answers import Bundle
from tests.reading.existing_pixels import pixels

TRUTH, INPUT = photo(1), photo(2)
PREDICTION = noisy(TRUTH)
BATCH = [photo(seed) for seed in range(3)]
PREDICTIONS = [noisy(one) for one in BATCH]
EXISTING = ("source", "images")
LOCAL = {"program": "TensorBoard", "limit": 10, "flag": "--samples_per_plugin=images=100"}
# Someone else started it, with flags that are not known.
REMOTE = {"program": "the data server", "limit": None, "flag": "--samples-per-plugin=images=100"}


def write_torch(folder: Path) -> None:
    from torch.utils.tensorboard import SummaryWriter

    tags = {"val/gt": TRUTH, "val/pred": PREDICTION, "val/image": INPUT, "val/attention": INPUT}
    logs.write_torch(folder, tags, range(0, 30, 10))
    strip = np.concatenate([TRUTH, PREDICTION], axis=1)
    with SummaryWriter(str(folder), filename_suffix=".more") as writer:
        writer.add_image("Left: GT;  Right: Predicted (0)", strip, 5, dataformats="HWC")
        writer.add_image("val/comparison", strip, 5, dataformats="HWC")
        writer.add_images("target", np.stack(BATCH), 5, dataformats="NHWC")
        writer.add_images("output", np.stack(PREDICTIONS), 5, dataformats="NHWC")
        # Logged once, and good for all later steps.
        writer.add_image("test_view_1/ground_truth", TRUTH, 1, dataformats="HWC")
        for step in (1, 2):
            writer.add_image("test_view_1/render", PREDICTION, step, dataformats="HWC")


def write_tensorboardx(folder: Path) -> None:
    from tensorboardX import SummaryWriter

    with SummaryWriter(str(folder)) as writer:
        writer.add_image("val/gt", grid(BATCH), 3, dataformats="HWC")
        writer.add_image("val/pred", grid(PREDICTIONS), 3, dataformats="HWC")


def write_tensorflow(folder: Path) -> None:
    import tensorflow as tf

    with tf.summary.create_file_writer(str(folder)).as_default():
        tf.summary.image("val/target", np.stack(BATCH), 7, max_outputs=3)
        tf.summary.image("val/output", np.stack(PREDICTIONS), 7, max_outputs=3)


def write_tensorflow_1(folder: Path) -> None:
    import tensorflow as tf

    with tf.Graph().as_default(), tf.compat.v1.Session() as session:
        for tag, value in (("val/target", BATCH), ("val/output", PREDICTIONS)):
            tf.compat.v1.summary.image(tag, tf.constant(np.stack(value)), max_outputs=2)
        writer = tf.compat.v1.summary.FileWriter(str(folder))
        writer.add_summary(session.run(tf.compat.v1.summary.merge_all()), 9)
        writer.close()


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("logs")
    write_torch(folder / "torch")
    write_tensorboardx(folder / "tensorboardx")
    write_tensorflow(folder / "tensorflow")
    write_tensorflow_1(folder / "tensorflow_1")
    other = Log(folder / "other")
    gif = encoded(TRUTH[..., :1], "GIF", save_all=True, append_images=[Image.new("L", (32, 24))])
    other.add(0, image("depth_gt", gif, (10, 10)), image("depth_pred", encoded(PREDICTION, "JPEG")))
    other.add(0, tensor("seg_gt", encoded(TRUTH[..., :1])), tensor("seg_pred", b"no picture"))
    return folder


@pytest.fixture(scope="module", params=["data server", "in process", "remote data server"])
def server(logdir: Path, request: pytest.FixtureRequest) -> Iterator[servers.Server]:
    if request.param == "remote data server":
        starting = servers.remote_tensorboard(logdir)
    else:
        starting = servers.tensorboard(logdir, load_fast=request.param == "data server")
    with starting as started:
        yield started


def read_frames(server: servers.Server, tag: str, at: str, *more: tuple[str, str]) -> Bundle:
    return answers.read_frames(server, ("tag", tag), ("at", at), EXISTING, *more)


def test_pairs_are_listed_with_their_source(
    server: servers.Server, request: pytest.FixtureRequest
) -> None:
    is_remote = "remote" in request.node.callspec.id
    catalog = server.pairs_json("tags")
    listed = {
        (entry["tag"], catalog["runs"][run]): series
        for entry in catalog["tags"]
        for series in entry["series"]
        for run in series["runs"]
    }
    assert set(listed) == {
        ("Left: GT;  Right: Predicted", "torch"),
        ("val/pred", "torch"),
        ("output", "torch"),
        ("test_view_1/render", "torch"),
        ("val/pred", "tensorboardx"),
        ("val/output", "tensorflow"),
        ("val/output", "tensorflow_1"),
        ("depth_pred", "other"),
        ("seg_pred", "other"),
    }
    assert {**listed["val/pred", "torch"], "runs": []} == {
        "runs": [],
        "description": "",
        "kind": {"name": "image", "bits": 8},
        "source": {
            "source": "images",
            "rule": "swapped-word",
            "confidence": "high",
            "asRule": {
                "groundTruth": "val/gt",
                "prediction": "val/pred",
                "input": "val/image",
            },
            **(REMOTE if is_remote else LOCAL),
        },
    }
    strip = listed["Left: GT;  Right: Predicted", "torch"]["source"]["asRule"]
    assert strip == {
        "strip": r"Left:\ GT;\ \ Right:\ Predicted\ \((?P<sample>\d+)\)",
        "panes": ["groundTruth", "prediction"],
        "axis": "x",
    }
    existing = catalog["existing"]
    left = {one["tag"]: one["reason"] for one in existing["left"]}
    assert set(left) == {"val/attention", "val/comparison"}
    assert left["val/comparison"].startswith("its name says neither")


def test_torch_add_image(server: servers.Server) -> None:
    series = server.pairs_json("series", ("tag", "val/pred"), ("run", "torch"), EXISTING)
    run = series["runs"]["torch"]
    assert (run["steps"], run["samples"]) == (["0", "10", "20"], ["0"])
    assert run["source"] == {"source": "images", "loaded": 3, "unpaired": 0}
    bundle = read_frames(server, "val/pred", "10:torch")
    (sample,) = bundle.frames[0]["samples"]
    np.testing.assert_array_equal(pixels(bundle, sample, "groundTruth"), TRUTH)
    np.testing.assert_array_equal(pixels(bundle, sample, "prediction"), PREDICTION)
    np.testing.assert_array_equal(pixels(bundle, sample, "input"), INPUT)


def test_a_batch_is_samples_of_one_tag(server: servers.Server) -> None:
    for run, step, count in (("tensorflow", 7, 3), ("tensorflow_1", 9, 2)):
        series = server.pairs_json("series", ("tag", "val/output"), ("run", run), EXISTING)
        ids = [str(place) for place in range(count)]
        assert series["runs"][run]["samples"] == ids
        bundle = read_frames(server, "val/output", f"{step}:{run}")
        for sample, truth, prediction in zip(
            bundle.frames[0]["samples"], BATCH[:count], PREDICTIONS, strict=False
        ):
            np.testing.assert_array_equal(pixels(bundle, sample, "groundTruth"), truth)
            np.testing.assert_array_equal(pixels(bundle, sample, "prediction"), prediction)
        only = read_frames(server, "val/output", f"{step}:{run}", ("sample", "1"))
        assert [sample["id"] for sample in only.frames[0]["samples"]] == ["1"]
        assert len(only.blobs) == 2


def test_a_strip_is_sent_whole_with_its_panes(server: servers.Server) -> None:
    bundle = read_frames(server, "Left: GT;  Right: Predicted", "5:torch")
    (sample,) = bundle.frames[0]["samples"]
    strip = sample.pop("strip")
    assert sample == {"id": "0"}
    np.testing.assert_array_equal(
        pixels(bundle, strip, "picture"), np.concatenate([TRUTH, PREDICTION], axis=1)
    )
    assert strip == {"picture": 0, "panes": ["groundTruth", "prediction"], "axis": "x"}


def test_a_ground_truth_that_was_logged_once_is_carried_on_and_said(
    server: servers.Server,
) -> None:
    name = "test_view_1/render"
    bundle = read_frames(server, name, "1:torch", ("at", "2:torch"))
    captions = [frame["samples"][0].get("caption") for frame in bundle.frames]
    assert captions == [None, "ground truth of step 1"]
    np.testing.assert_array_equal(
        pixels(bundle, bundle.frames[1]["samples"][0], "groundTruth", 1), TRUTH
    )


def test_sizes_are_those_of_the_pictures_and_the_first_frame_is_said(
    server: servers.Server,
) -> None:
    bundle = read_frames(server, "depth_pred", "0:other")
    (sample,) = bundle.frames[0]["samples"]
    truth, prediction = (
        bundle.frames[0]["pictures"][sample[role]] for role in ("groundTruth", "prediction")
    )
    assert (truth["width"], truth["height"], truth["mediaType"]) == (32, 24, "image/gif")
    assert (prediction["width"], prediction["height"], prediction["mediaType"]) == (
        32,
        24,
        "image/jpeg",
    )
    assert sample["caption"] == "first of 2 frames"


def test_what_is_no_picture_is_said_beside_the_others(server: servers.Server) -> None:
    bundle = read_frames(server, "seg_pred", "0:other")
    (sample,) = bundle.frames[0]["samples"]
    picture = bundle.frames[0]["pictures"][sample["prediction"]]
    assert picture["error"] == "the picture is no PNG, JPEG or GIF"
    assert "error" not in bundle.frames[0]["pictures"][sample["groundTruth"]]


def test_blobs_that_the_page_has_are_left_out(server: servers.Server) -> None:
    whole = read_frames(server, "val/pred", "0:torch")
    digests = sorted(whole.blobs)
    part = read_frames(server, "val/pred", "0:torch", ("have", digests[0]))
    assert sorted(part.blobs) == digests[1:]
    assert part.frames == whole.frames


def test_only_the_blobs_of_the_parts_that_are_asked_for_are_sent(server: servers.Server) -> None:
    whole = read_frames(server, "val/pred", "10:torch")
    part = read_frames(server, "val/pred", "10:torch", ("blob", "prediction"))
    assert part.frames == whole.frames
    (sample,) = part.frames[0]["samples"]
    np.testing.assert_array_equal(pixels(part, sample, "prediction"), PREDICTION)
    assert len(part.blobs) == 1
    # All parts of a strip are one picture.
    strip = read_frames(server, "Left: GT;  Right: Predicted", "5:torch", ("blob", "prediction"))
    assert len(strip.blobs) == 1


def test_one_picture_by_its_digest_and_the_newest_of_a_tag(server: servers.Server) -> None:
    whole = read_frames(server, "val/pred", "0:torch")
    name, blob = next(iter(whole.blobs.items()))
    at = (("tag", "val/pred"), ("run", "torch"), ("step", "0"), EXISTING)
    answer = server.pairs("picture", *at, ("digest", name))
    assert (answer.body, answer.headers["Content-Type"]) == (blob, "image/png")
    missing = server.pairs("picture", *at, ("digest", "0" * 32))
    assert (missing.status, missing.text) == (404, f"that step has no picture {'0' * 32}")
    newest = server.pairs("image", ("tag", "depth_gt"), ("run", "other"))
    assert newest.headers["Content-Type"] == "image/gif"
    absent = server.pairs("image", ("tag", "depth_gt"), ("run", "torch"))
    assert absent.status == 404


def test_rules_of_the_page_come_first(server: servers.Server) -> None:
    rule = {"strip": "val/comparison", "panes": ["prediction", "groundTruth"]}
    rules = ("rules", json.dumps({"rules": [rule]}))
    catalog = server.pairs_json("tags", rules)
    assert "val/comparison" in [entry["tag"] for entry in catalog["tags"]]
    assert "val/comparison" not in [one["tag"] for one in catalog["existing"]["left"]]
    bundle = read_frames(server, "val/comparison", "5:torch", rules)
    (sample,) = bundle.frames[0]["samples"]
    assert sample["strip"]["panes"] == ["prediction", "groundTruth"]
    # They are asked for, so nobody else has them.
    refused = server.pairs("series", ("tag", "val/comparison"), EXISTING)
    assert refused.status == 404


def test_a_pair_says_the_grid_of_its_rule(server: servers.Server) -> None:
    grid = {"width": 32, "height": 24, "padding": 0}
    rule = {"strip": "val/comparison", "panes": ["prediction", "groundTruth"], "grid": grid}
    catalog = server.pairs_json("tags", ("rules", json.dumps({"rules": [rule]})))
    (entry,) = (entry for entry in catalog["tags"] if entry["tag"] == "val/comparison")
    assert entry["series"][0]["source"]["asRule"] == {**rule, "axis": "x"}


def test_what_is_wrong_in_the_rules_is_said(server: servers.Server) -> None:
    catalog = server.pairs_json("tags", ("rules", '{"rules": [{"strip": "a"}]}'))
    assert catalog["existing"]["problems"] == ["rules[0].panes is missing, want a list"]
    assert len(catalog["tags"]) > 5


def test_colors_that_a_rule_names_are_classes(server: servers.Server) -> None:
    classes = [{"id": 4, "name": "road", "color": "#804080"}, {"id": 0, "color": "#000000"}]
    roles = {"groundTruth": "val/gt", "prediction": "val/pred", "input": "val/image"}
    rule = {**roles, "classes": classes, "ignore": [0]}
    rules = ("rules", json.dumps({"rules": [rule]}))
    catalog = server.pairs_json("tags", rules)
    kind, other = [
        series["kind"]
        for entry in catalog["tags"]
        for series in entry["series"]
        if entry["tag"] == "val/pred"
    ]
    assert (
        kind
        == other
        == {
            "name": "mask",
            "classes": [*({**one} for one in classes), {"id": 1, "name": "(color of no class)"}],
            "ignore": [0, 1],
        }
    )
    bundle = read_frames(server, "val/pred", "0:torch", rules)
    (sample,) = bundle.frames[0]["samples"]
    picture = bundle.frames[0]["pictures"][sample["prediction"]]
    assert (picture["palette"], picture["ids"]) == (["#804080", "#000000"], [4, 0, 1])
    assert "palette" not in bundle.frames[0]["pictures"][sample["input"]]


def test_a_tag_without_records_is_no_record(server: servers.Server) -> None:
    assert server.pairs("series", ("tag", "val/pred")).status == 404
    refused = server.pairs("series", ("tag", "val/pred"), ("source", "scalars"))
    assert (refused.status, refused.text) == (400, "source is 'scalars', want images or none")


def test_a_log_of_pictures_alone_makes_the_tab_active(server: servers.Server) -> None:
    assert server.json("data/plugins_listing")["pairs"]["enabled"]


def test_the_rule_file_of_the_log_counts_as_it_is_now(tmp_path: Path) -> None:
    logs.write_torch(tmp_path / "run", {"a": TRUTH, "b": PREDICTION}, range(1))
    app = answers.App(answers.load(tmp_path), logdir=str(tmp_path))
    assert app.json("tags")["tags"] == []
    file = tmp_path / "pairs.json"
    file.write_text('{"rules": [{"groundTruth": "a", "prediction": "b"}, 3]}')
    catalog = app.json("tags")
    assert [entry["tag"] for entry in catalog["tags"]] == ["b"]
    assert catalog["existing"]["problems"] == ["pairs.json: rules[1] is 3, want an object"]
    file.unlink()
    assert app.json("tags")["tags"] == []
    os.mkfifo(file)
    (problem,) = app.json("tags")["existing"]["problems"]
    assert problem == f"{file} can't be read: it is not a regular file"


def test_counts_say_how_many_samples_there_are_and_what_is_not_there(tmp_path: Path) -> None:
    logs.write_torch(tmp_path / "run", {"gt": TRUTH, "pred": PREDICTION}, range(1))
    logs.write_torch(tmp_path / "other", {"loss": TRUTH}, range(1))
    at = [("at", "0:run"), ("at", "7:run"), ("at", "0:other")]
    answer = answers.app(tmp_path).json("counts", ("tag", "pred"), EXISTING, *at)
    assert answer["counts"] == [
        {"run": "run", "step": "0", "samples": 1},
        {"run": "run", "step": "7", "error": "the run 'run' has no step 7 of this pair"},
        {"run": "other", "step": "0", "error": "the run 'other' does not have this pair"},
    ]
    assert answer["omitted"] == 0


def test_a_rule_file_by_flag(tmp_path: Path) -> None:
    logs.write_torch(tmp_path / "run", {"a": TRUTH, "b": PREDICTION}, range(1))
    file = tmp_path / "elsewhere.json"
    file.write_text('{"rules": [{"groundTruth": "a", "prediction": "b"}]}')
    flag = f"--pairs_rules={file}"
    with servers.tensorboard(tmp_path, load_fast=False, flags=(flag,)) as server:
        assert [entry["tag"] for entry in server.pairs_json("tags")["tags"]] == ["b"]
        file.unlink()
        (problem,) = server.pairs_json("tags")["existing"]["problems"]
        assert problem == f"{file} can't be read: No such file or directory"


def test_records_stand_before_what_they_were_imported_from(tmp_path: Path) -> None:
    logs.write_torch(tmp_path / "run", {"gt": TRUTH, "pred": PREDICTION}, range(2))
    logs.write_torch(tmp_path / "new", {"gt": TRUTH, "pred": PREDICTION}, range(2))
    assert run_importer([str(tmp_path)]) == 0
    logs.write_torch(tmp_path / "later", {"gt": TRUTH, "pred": PREDICTION}, range(2))
    catalog = answers.app(tmp_path).json("tags")
    listed = {
        entry["tag"]: sorted(
            catalog["runs"][run] for series in entry["series"] for run in series["runs"]
        )
        for entry in catalog["tags"]
    }
    assert listed == {
        "pred": ["new/imported_pairs", "run/imported_pairs"],
        "pred (images)": ["later"],
    }


def test_a_log_without_such_pictures_answers_as_before(tmp_path: Path) -> None:
    pairs.summary("t", TRUTH[None], PREDICTION[None], 0, writer=tmp_path)
    catalog = answers.app(tmp_path).json("tags")
    assert "existing" not in catalog
    assert "source" not in catalog["tags"][0]["series"][0]


def test_listing_reads_no_picture(tmp_path: Path) -> None:
    class Provider(providers.MemoryProvider):
        """Knows of pictures, and fails when one is read."""

        def list_blob_sequences(self, ctx: Any = None, **query: Any) -> Any:
            assert query["run_tag_filter"].tags is None
            self.calls[query["plugin_name"]] += 1
            return real.list_blob_sequences(ctx, **query)

        def list_runs(self, ctx: Any = None, **query: Any) -> Any:
            return real.list_runs(ctx, **query)

        def read_blob_sequences(self, ctx: Any = None, **query: Any) -> Any:
            raise AssertionError("listing reads a series")

    logs.write_torch(tmp_path / "run", {"gt": TRUTH, "pred": PREDICTION}, range(2))
    real = answers.load(tmp_path)
    provider = Provider()
    catalog = answers.App(provider).json("tags")
    assert [entry["tag"] for entry in catalog["tags"]] == ["pred"]
    assert provider.calls == {"pairs": 1, "images": 1}


def test_names_are_matched_once_for_runs_of_the_same_tags(monkeypatch: pytest.MonkeyPatch) -> None:
    class Provider(providers.MemoryProvider):
        """Has runs of two kinds: half of them have the same tags, the others tags of their own."""

        def list_blob_sequences(self, ctx: Any = None, **query: Any) -> Any:
            own = {str(i): {f"{i}/gt": None, f"{i}/pred": None} for i in range(100)}
            alike = {f"alike {i}": {"gt": None, "pred": None} for i in range(100)}
            return own | alike if query["plugin_name"] == "images" else {}

    asked: list[frozenset[str]] = []

    def propose_by(file: Any, tags: Any) -> Any:
        asked.append(frozenset(tags))
        return original(file, tags)

    original = rules.propose_by
    monkeypatch.setattr(rules, "propose_by", propose_by)
    app = answers.App(Provider())
    first = app.json("tags")
    assert len(first["tags"]) == 101
    assert len(asked) == len(set(asked)) == 101
    assert app.json("tags") == first
    assert len(asked) == 101
