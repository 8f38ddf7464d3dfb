# SPDX-License-Identifier: Apache-2.0
"""Logs that the libraries wrote, imported: the right pixels in the right role, and nothing else."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tb_pairs_plugin.importing.__main__ import main
from tb_pairs_plugin.pairing.proposals import IMPORT_FOLDER
from tests.importing import logs
from tests.importing.logs import Log, image, tensor
from tests.importing.pictures import encoded, grid, noisy, photo
from tests.writing import event_files
from tests.writing.event_files import Record

TRUTH, PHOTO = photo(1), photo(2)
PREDICTION = noisy(TRUTH)


def imported(logdir: Path, *arguments: Any) -> list[Record]:
    """Imports a log directory and returns the records that it wrote."""
    assert main([str(logdir), *map(str, arguments)]) == 0
    return records(logdir)


def records(logdir: Path) -> list[Record]:
    return [
        record
        for folder in sorted(path for path in logdir.rglob(IMPORT_FOLDER) if path.is_dir())
        for record in event_files.read(folder)
    ]


def pixels(record: Record, role: str = "ground_truth") -> list[np.ndarray]:
    found = [getattr(sample, role) for sample in record.samples]
    return [one.values for one in found]


def snapshot(folder: Path) -> dict[Path, tuple[bytes, int]]:
    return {
        path: (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_torch_add_image(tmp_path) -> None:
    tags = {"val/gt": TRUTH, "val/pred": PREDICTION, "val/image": PHOTO, "val/attention": PHOTO}
    logs.write_torch(tmp_path / "run", tags, range(0, 30, 10))
    before = snapshot(tmp_path)
    found = imported(tmp_path)
    assert [(record.tag, record.step, record.sequence) for record in found] == [
        ("val/pred", 0, 1),
        ("val/pred", 10, 2),
        ("val/pred", 20, 3),
    ]
    for record in found:
        assert record.wall_time == 100.0 + record.step
        assert record.kind == {"name": "image", "bits": 8}
        assert record.metrics["metrics"] == {}
        np.testing.assert_array_equal(pixels(record), [TRUTH])
        np.testing.assert_array_equal(pixels(record, "prediction"), [PREDICTION])
        np.testing.assert_array_equal(pixels(record, "image"), [PHOTO])
    assert {path: snapshot(tmp_path)[path] for path in before} == before


def test_torch_add_images_is_one_picture_and_a_rule_divides_it(tmp_path) -> None:
    from torch.utils.tensorboard import SummaryWriter

    # More than stand in a row.
    truths = [photo(seed) for seed in range(9)]
    with SummaryWriter(str(tmp_path / "run")) as writer:
        for tag, samples in (("target", truths), ("output", [noisy(one) for one in truths])):
            writer.add_images(tag, np.stack(samples), 5, dataformats="NHWC")
    (record,) = imported(tmp_path)
    (whole,) = pixels(record)
    np.testing.assert_array_equal(whole[:24], np.concatenate(truths[:8], axis=1))
    np.testing.assert_array_equal(whole[24:, :32], truths[8])

    rule = {"groundTruth": "target", "prediction": "output", "grid": {"width": 32, "height": 24}}
    (tmp_path / "pairs.json").write_text(json.dumps({"rules": [rule]}))
    out = tmp_path / "out"
    imported(tmp_path, "--out", out)
    (record,) = event_files.read(out)
    assert [sample.id for sample in record.samples] == [str(i) for i in range(9)]
    np.testing.assert_array_equal(pixels(record), truths)


def test_the_samples_of_make_grid_are_told_apart(tmp_path) -> None:
    truths = [photo(seed) for seed in range(10)]
    predictions = [noisy(one) for one in truths]
    tags = {"val/inputs": grid(truths), "val/reconstructions": grid(predictions)}
    logs.write_torch(tmp_path / "run", tags, range(2))
    for record in imported(tmp_path):
        np.testing.assert_array_equal(pixels(record), truths)
        np.testing.assert_array_equal(pixels(record, "prediction"), predictions)


def test_masks_in_grids_are_divided_by_the_lines_of_the_photographs(tmp_path) -> None:
    photos = [photo(seed) for seed in range(4)]
    masks = [np.zeros_like(one[..., :1]) for one in photos]
    tags = {"image": grid(photos), "mask": grid(masks), "prediction": grid(masks)}
    logs.write_torch(tmp_path / "run", tags, range(1))
    (record,) = imported(tmp_path)
    assert len(record.samples) == 4
    np.testing.assert_array_equal(pixels(record, "image"), photos)


def test_tensorboardx(tmp_path) -> None:
    tensorboardx = pytest.importorskip("tensorboardX")
    with tensorboardx.SummaryWriter(str(tmp_path / "run")) as writer:
        for tag, picture in (("y_true", TRUTH), ("y_pred", PREDICTION)):
            writer.add_image(tag, picture, 3, dataformats="HWC")
    (record,) = imported(tmp_path)
    np.testing.assert_array_equal(pixels(record), [TRUTH])
    np.testing.assert_array_equal(pixels(record, "prediction"), [PREDICTION])


def test_tensorflow_2_has_all_samples_under_one_tag(tmp_path) -> None:
    tf = pytest.importorskip("tensorflow")
    truths = [photo(seed) for seed in range(3)]
    predictions = [noisy(one) for one in truths]
    with tf.summary.create_file_writer(str(tmp_path / "run")).as_default():
        for step in range(3):
            tf.summary.image("val/target", np.stack(truths), step, max_outputs=3)
            tf.summary.image("val/output", np.stack(predictions), step, max_outputs=3)
    found = imported(tmp_path)
    assert len(found) == 3
    for record in found:
        assert [sample.id for sample in record.samples] == ["0", "1", "2"]
        np.testing.assert_array_equal(pixels(record), truths)
        np.testing.assert_array_equal(pixels(record, "prediction"), predictions)


def test_tensorflow_1_has_a_tag_a_sample(tmp_path) -> None:
    tf = pytest.importorskip("tensorflow")
    truths = np.stack([photo(seed) for seed in range(2)])
    with tf.Graph().as_default(), tf.compat.v1.Session() as session:
        for tag, value in (("label_images", truths), ("predicted_images", 255 - truths)):
            tf.compat.v1.summary.image(tag, tf.constant(value), max_outputs=2)
        merged = tf.compat.v1.summary.merge_all()
        writer = tf.compat.v1.summary.FileWriter(str(tmp_path / "run"))
        for step in range(2):
            writer.add_summary(session.run(merged), step)
        writer.close()
    found = imported(tmp_path)
    assert [(record.tag, record.step) for record in found] == [
        ("predicted_images", 0),
        ("predicted_images", 1),
    ]
    for record in found:
        assert [sample.id for sample in record.samples] == ["0", "1"]
        np.testing.assert_array_equal(pixels(record), truths)
        np.testing.assert_array_equal(pixels(record, "prediction"), 255 - truths)


STRIPS = {
    "Left: GT bounding boxes;  Right: Predicted proposals": "gt pred",
    "Left: mask prediction;   Right: mask GT (0)": "pred gt",
    "Top: GT bounding boxes; Bottom: 20 Highest Scoring Results": "gt pred below",
    "Detections_Left_Groundtruth_Right/0": "pred gt",
    "Eval Images/img": "gt pred",
    "val/image_gt_pred": "image gt pred",
    "val_frankfurt_000294_leftImg8bit.png": "gt pred",
    "train/inputs_targets_predictions": "image gt pred",
}


@pytest.mark.parametrize(("tag", "panes"), STRIPS.items(), ids=STRIPS)
def test_strips_are_cut_in_the_order_of_their_toolkit(tag, panes, tmp_path) -> None:
    by_name = {"gt": TRUTH, "pred": PREDICTION, "image": PHOTO}
    made = [by_name[name] for name in panes.split() if name in by_name]
    axis = 0 if "below" in panes else 1
    logs.write_torch(tmp_path / "run", {tag: np.concatenate(made, axis=axis)}, range(2))
    found = imported(tmp_path)
    assert len(found) == 2
    for record in found:
        np.testing.assert_array_equal(pixels(record), [TRUTH])
        np.testing.assert_array_equal(pixels(record, "prediction"), [PREDICTION])
        assert (record.samples[0].image is not None) == ("image" in panes)


def test_a_strip_whose_panes_do_not_look_alike_is_no_pair(tmp_path, capsys) -> None:
    logs.write_torch(tmp_path / "run", {"val/gt_pred": photo(5, 24, 64)}, range(3))
    assert imported(tmp_path) == []
    assert "its panes don't look alike" in capsys.readouterr().out


def test_an_animation_gives_its_first_frame_and_sizes_are_those_of_the_pictures(
    tmp_path, capsys
) -> None:
    from PIL import Image

    frames = [Image.fromarray(np.full((9, 7), value, np.uint8)) for value in (40, 200)]

    def animation(first: int) -> bytes:
        ordered = frames[first:] + frames[:first]
        stream = io.BytesIO()
        ordered[0].save(stream, "GIF", save_all=True, append_images=ordered[1:])
        return stream.getvalue()

    log = Log(tmp_path / "run")
    for tag, first in (("input_0_HWD", 0), ("input_1_HWD", 0), ("output_HWD", 1)):
        log.add(3, image(f"{tag}/image", animation(first), (10, 10)))
    (record,) = imported(tmp_path)
    ((truth,), (prediction,)) = pixels(record), pixels(record, "prediction")
    assert (truth.shape[:2], truth.max(), prediction.max()) == ((9, 7), 40, 200)
    assert "the first of 2 frames is taken" in capsys.readouterr().out


def test_the_metadata_of_a_tag_may_stand_in_its_first_event_only(tmp_path) -> None:
    log = Log(tmp_path / "run")
    for step in range(3):
        plugin = "" if step else "images"
        log.add(step, tensor("gt", encoded(TRUTH), plugin=plugin))
        log.add(step, tensor("pred", encoded(PREDICTION), plugin=plugin))
    assert [record.step for record in imported(tmp_path)] == [0, 1, 2]


def test_values_of_other_plugins_are_no_pictures(tmp_path) -> None:
    log = Log(tmp_path / "run")
    log.add(0, *(tensor(tag, encoded(TRUTH), plugin="mine") for tag in ("gt", "pred")))
    assert imported(tmp_path) == []


def test_a_ground_truth_that_was_logged_once_goes_with_all_later_steps(tmp_path, capsys) -> None:
    log = Log(tmp_path / "run")
    log.add(7, image("view/ground_truth", encoded(TRUTH)))
    for step in (3, 7, 30):
        log.add(step, image("view/render", encoded(PREDICTION)))
    found = imported(tmp_path)
    assert [record.step for record in found] == [7, 30]
    for record in found:
        np.testing.assert_array_equal(pixels(record), [TRUTH])
    said = capsys.readouterr().out
    assert "what was logged once stands at all later steps" in said
    assert "1 step of the prediction without a ground truth" in said


def test_pictures_of_two_sizes_and_of_other_channels_are_paired(tmp_path) -> None:
    small = TRUTH[::2, ::2]
    grey = photo(4, channels=1)
    tags = {"hr": TRUTH, "sr": PREDICTION, "lr": small, "mask": grey, "pred_mask": TRUTH}
    log = Log(tmp_path / "run")
    log.add(0, *(image(tag, encoded(picture)) for tag, picture in tags.items()))
    by_tag = {record.tag: record for record in imported(tmp_path)}
    np.testing.assert_array_equal(pixels(by_tag["sr"], "image"), [small])
    np.testing.assert_array_equal(pixels(by_tag["pred_mask"]), [grey])
    np.testing.assert_array_equal(pixels(by_tag["pred_mask"], "prediction"), [TRUTH])


CLASSES = [
    {"id": 0, "name": "road", "color": "#804080"},
    {"id": 1, "name": "car", "color": "#00008e"},
]


def test_colors_become_classes_where_a_rule_file_says_so(tmp_path, capsys) -> None:
    palette = np.array([[128, 64, 128], [0, 0, 142], [9, 200, 9]], np.uint8)
    ids = np.indices((8, 8)).sum(0) % 2
    prediction = ids.copy()
    prediction[0, :4] = 2
    tags = {"labels/1": palette[ids], "preds/1": palette[prediction]}
    logs.write_torch(tmp_path / "run", tags, range(1))
    rule = {"groundTruth": "labels/(.*)", "prediction": "preds/(.*)", "classes": CLASSES}
    rules = tmp_path / "my.json"
    rules.write_text(json.dumps({"rules": [rule]}))
    (record,) = imported(tmp_path, "--rules", rules)
    np.testing.assert_array_equal(pixels(record), [ids[..., None]])
    np.testing.assert_array_equal(pixels(record, "prediction"), [prediction[..., None]])
    assert [one.get("name") for one in record.kind["classes"]] == [
        "road",
        "car",
        "(color of no class)",
    ]
    assert record.kind["ignore"] == [2]
    assert record.samples[0].metrics["accuracy"] == pytest.approx(60 / 64)
    assert "Classes were recovered from the colors" in record.description
    assert "up to 6.2% of a picture has the color of no class" in capsys.readouterr().out


def test_few_colors_are_offered_as_classes_and_never_taken_for_them(tmp_path, capsys) -> None:
    import torch
    from torch.utils.tensorboard import SummaryWriter

    ids = torch.tensor(np.indices((6, 6)).sum(0) % 2)
    with SummaryWriter(str(tmp_path / "run")) as writer:
        for tag in ("mask", "prediction"):
            # torch multiplies all but uint8 by 255.
            writer.add_image(tag, ids[None], 0)
    (record,) = imported(tmp_path)
    assert record.kind["name"] == "image"
    assert "its ground truth has 2 colors" in capsys.readouterr().out


def test_a_rule_file_that_is_wrong_is_told_and_stops_nothing(tmp_path, capsys) -> None:
    logs.write_torch(tmp_path / "run", {"gt": TRUTH, "pred": PREDICTION}, range(1))
    (tmp_path / "pairs.json").write_text('{"rules": [{"prediction": "("}]}')
    assert len(imported(tmp_path)) == 1
    said = capsys.readouterr().err
    assert said.startswith("rule file: rules[0].prediction is not a regular expression")


def test_what_is_paired_and_what_is_not_is_said_with_the_reason(tmp_path, capsys) -> None:
    names = ["val/gt", "val/pred", "val/image", "err/pred_error", "test/gt", "x/pred", "Figure"]
    logs.write_torch(tmp_path / "run", dict.fromkeys(names, TRUTH), range(2))
    (tmp_path / "pairs.json").write_text('{"ignore": ["Fig.*"]}')
    imported(tmp_path)
    lines = capsys.readouterr().out.splitlines()
    assert lines[:3] == [
        "run: 7 tags of pictures in 1 event file",
        "  + val/pred: ground truth val/gt, input val/image; swapped-word, high confidence",
        "      2 steps written",
    ]
    assert lines[3:] == [
        "  - Figure: the rule file says to ignore it",
        "  - err/pred_error: 'err' says that it is made from others, or from the model",
        "  - test/gt: 'gt' says ground truth, and no prediction goes with it",
        "  - x/pred: 'pred' says prediction, and no ground truth goes with it",
        "2 records written",
    ]


def test_a_dry_run_says_the_same_and_writes_nothing(tmp_path, capsys) -> None:
    tags = {"gt": TRUTH, "pred": PREDICTION, "gt_pred": photo(3, 24, 64), "other": PHOTO}
    logs.write_torch(tmp_path / "run", tags, range(2))
    before = snapshot(tmp_path)
    assert imported(tmp_path, "--dry-run") == []
    assert snapshot(tmp_path) == before
    said = capsys.readouterr().out
    imported(tmp_path)
    assert capsys.readouterr().out == said.replace("would be written", "written")
