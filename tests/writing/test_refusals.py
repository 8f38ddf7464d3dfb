# SPDX-License-Identifier: Apache-2.0
"""Wrong arguments: a ValueError that says what was got and what is wanted, and nothing written."""

import datetime
import re

import numpy as np
import pytest

import tb_pairs_plugin as pairs

MASKS = np.zeros((2, 8, 9), np.int64)
LABELS = np.zeros((2, 8, 9), np.uint8)
PHOTOS = np.zeros((2, 8, 9, 3), np.uint8)
FLOATS = np.zeros((2, 8, 9, 1), np.float32)

CASES = {
    # Shapes.
    "rank 2": ({"ground_truth": MASKS[0]}, "ground_truth has shape (8, 9), want [k, h, w, c]"),
    "rank 5": ({"ground_truth": PHOTOS[None]}, "(1, 2, 8, 9, 3), want [k, h, w, c]"),
    "rank 0": ({"ground_truth": 3}, "ground_truth has shape (), want"),
    "one picture or a batch": (
        {"ground_truth": PHOTOS[0], "prediction": PHOTOS[:1]},
        "one picture [h, w, c] or a batch [k, h, w]; pass x[None] for one picture, x[..., None]",
    ),
    "one picture or a batch, channels first": (
        {
            "ground_truth": np.zeros((3, 8, 9), np.uint8),
            "prediction": np.zeros((3, 8, 9), np.uint8),
            "data_format": "channels_first",
        },
        "one picture [c, h, w] or a batch [k, h, w]; pass x[None] for one picture, x[:, None]",
    ),
    "element of rank 1": ({"ground_truth": [np.zeros(4, int)] * 2}, "ground_truth[0] has shape"),
    "element of rank 4": ({"ground_truth": [PHOTOS, PHOTOS]}, "want [h, w, c] or [h, w]"),
    "channels first": (
        {"ground_truth": np.zeros((2, 3, 8, 9), np.uint8)},
        "9 channels, want 1 to 4; data_format='channels_first' where the channels come first",
    ),
    "channels first of a mask": (
        {"ground_truth": np.zeros((2, 1, 8, 9), np.int64)},
        "want one class id per pixel; data_format='channels_first' where the channels come first",
    ),
    "channels first of a heatmap": (
        {"ground_truth": np.zeros((2, 1, 8, 9)), "kind": pairs.Heatmap()},
        "want one number per pixel; data_format='channels_first' where the channels come first",
    ),
    "channels first in a list": (
        {"ground_truth": [np.zeros((3, 8, 9), np.uint8)]},
        "ground_truth[0] has shape (3, 8, 9), 9 channels, want 1 to 4; data_format='channels_first",
    ),
    "channels first of scores": (
        {"prediction": np.zeros((2, 19, 8, 9))},
        "prediction[0] is float64 of shape (19, 8, 9) against a mask of (8, 9), want scores "
        "[h, w, classes]; data_format='channels_first' reads [classes, h, w]",
    ),
    "scores of uint8 labels": (
        {"ground_truth": LABELS, "prediction": np.zeros((2, 3, 8, 9), np.float32)},
        "prediction has floats of shape (3, 8, 9) for a picture of 8 x 9 pixels, which look like "
        "scores of 3 classes: pass kind=pairs.Mask(), data_format='channels_first'; an image needs "
        "data_format='channels_first' only",
    ),
    "many scores of uint8 labels": (
        {"ground_truth": LABELS[:, None], "prediction": np.zeros((2, 19, 8, 9), np.float16)},
        "scores of 19 classes: pass kind=pairs.Mask(), data_format='channels_first'",
    ),
    "scores of uint8 labels in lists": (
        {"ground_truth": list(LABELS), "prediction": [np.zeros((3, 8, 9), np.float32)] * 2},
        "scores of 3 classes: pass kind=pairs.Mask(), data_format='channels_first'",
    ),
    "many scores of uint8 labels at the end": (
        {"ground_truth": LABELS[..., None], "prediction": np.zeros((2, 8, 9, 19), np.float32)},
        "scores of 19 classes: pass kind=pairs.Mask()",
    ),
    "channels last": (
        {"ground_truth": PHOTOS, "data_format": "channels_first"},
        "8 channels, want 1 to 4; data_format='channels_last' where the channels come last",
    ),
    "colours without a kind": (
        {"ground_truth": PHOTOS.astype(np.int64)},
        "want one class id per pixel; one-hot labels become ids by one_hot=True; "
        "colours are kind=pairs.Image()",
    ),
    "a volume": (
        {"ground_truth": np.zeros((2, 8, 9, 10, 1))},
        "(2, 8, 9, 10, 1), want [k, h, w, c], [k, h, w] or a sequence of k arrays; of volumes pass "
        "slices",
    ),
    "5 channels": ({"ground_truth": np.zeros((2, 8, 9, 5), np.uint8)}, "5 channels, want 1 to 4"),
    "0 channels": ({"ground_truth": np.zeros((2, 8, 9, 0), np.uint8)}, "0 channels, want 1 to 4"),
    "channels of a mask": (
        {"ground_truth": np.zeros((2, 8, 9, 3), np.int64)},
        "3 channels, want one class id per pixel; one-hot labels become ids by one_hot=True",
    ),
    "channels of a heatmap": (
        {"ground_truth": PHOTOS, "kind": pairs.Heatmap()},
        "3 channels, want one number per pixel",
    ),
    "colours predicted for a mask": (
        {"ground_truth": MASKS, "prediction": PHOTOS},
        "prediction[0] is uint8 with 3 channels, want class ids [h, w], or scores",
    ),
    "one probability for a mask": (
        {"ground_truth": MASKS, "prediction": FLOATS},
        "a probability becomes a mask by a threshold, x > 0.5",
    ),
    "fewer predictions": ({"prediction": MASKS[:1]}, "prediction has 1 elements, want 2"),
    "fewer inputs": ({"image": PHOTOS[:1]}, "image has 1 elements, want 2"),
    "no pixels": ({"ground_truth": np.zeros((2, 0, 9), int)}, "0 x 9 pixels, want at least 1 x 1"),
    # Values.
    "floats for a mask": (
        {"ground_truth": FLOATS, "kind": pairs.Mask()},
        "ground_truth[0] is float32, want integers or booleans for a mask: x.long() or "
        "x.astype(int) where it holds class ids, x > 0.5 where it holds probabilities",
    ),
    "an input of integers beyond white": (
        {"image": MASKS + 256},
        "want 0 to 255: white is 65535 in uint16 and 255 in all other integers; pass "
        "x.astype(np.uint16)",
    ),
    "floats of 0 to 255": (
        {"ground_truth": FLOATS + 255, "prediction": FLOATS},
        "ground_truth[0] is float32 with values from 255 to 255, want floats in [0, 1]: divide by",
    ),
    "input floats of 0 to 255": ({"image": FLOATS + 255}, "image[0] is float32 with values from"),
    "a normalized input": (
        {"image": FLOATS - 2.1},
        "image[0] is float32 with values from -2.1 to -2.1, want floats in [0, 1]: "
        "denormalize=(mean, std) undoes the normalization",
    ),
    "an input of Hounsfield units": (
        {"image": np.full((2, 8, 9), -1000, np.int16)},
        "image[0] is int16 with values from -1000 to -1000, want 0 to 255: white is 65535 in "
        "uint16 and 255 in all other integers; pass pairs.normalize(x)",
    ),
    "integers beyond an image": (
        {"ground_truth": np.full((2, 8, 9), 256, np.uint16), "kind": pairs.Image()},
        "want 0 to 255 for pairs.Image(bits=8)",
    ),
    "complex": ({"ground_truth": MASKS.astype(complex)}, "got ndarray of complex128, want"),
    "masked ids": (
        {"ground_truth": np.ma.masked_equal(MASKS, 0)},
        "ground_truth: got a masked array of int64 with masked values, want x.filled",
    ),
    "text": ({"ground_truth": "mask.png"}, "want an array"),
    "None": ({"prediction": None}, "prediction"),
    "too many ids": (
        {
            "ground_truth": np.arange(65537).reshape(1, 1, -1),
            "prediction": np.zeros((1, 1, 65537), int),
        },
        "65537 different class ids, want at most 65536",
    ),
    "huge ids": ({"ground_truth": np.full((2, 8, 9), 2**60)}, "want less than 2^53"),
    # The rest.
    "data format": ({"data_format": "NCHW"}, "want 'channels_last' or 'channels_first'"),
    "kind": ({"kind": "mask"}, "kind is 'mask', want pairs.Image(), pairs.Mask()"),
    "kind as a class": ({"kind": pairs.Mask}, "want an instance: Mask()"),
    "ids twice": ({"ids": ["a", "a"]}, "ids has 'a' twice, want ids that differ"),
    "ids without an order": ({"ids": {"a", "b"}}, "ids is a set, which has no order"),
    "id that is true": ({"ids": [True, 2]}, "ids has True, want texts or integers, such as str(x)"),
    "select that is true": ({"select": [True]}, "select has True, want texts or integers"),
    "max_outputs that is true": ({"max_outputs": True}, "max_outputs is True, want an integer"),
    "max_outputs as a text": ({"max_outputs": "3"}, "max_outputs is '3', want an integer"),
    "an id that is empty": (
        {"ids": ["", "b"]},
        "ids has '', want a text that is not blank; without ids samples are named by their pos",
    ),
    "an id of nothing to see": ({"ids": ["a", " \u200b"]}, "want a text that is not blank"),
    "an id with a control character": (
        {"ids": ["a", "b\x00"]},
        "ids has 'b\\x00', want a text without control characters",
    ),
    "one id": ({"ids": ["a"]}, "ids has 1 elements, want 2"),
    "ids as a text": ({"ids": "ab"}, "ids is 'ab', want a sequence"),
    "id that is none": ({"ids": [1.5, 2]}, "ids has 1.5, want texts or integers"),
    "captions": ({"captions": ["a"]}, "captions has 1 elements, want 2"),
    "caption that is no text": ({"captions": [1, 2]}, "captions has 1, want texts"),
    "half a surrogate": ({"captions": ["a", "\ud800"]}, "half a surrogate pair"),
    "metrics": ({"metrics": {"a": [1.0]}}, "metrics['a'] has 1 elements, want 2"),
    "metrics that is no mapping": ({"metrics": [1, 2]}, "metrics is [1, 2], want a mapping"),
    "metric without a name": (
        {"metrics": {"": [1, 2]}},
        "metrics has the name '', want a text that is not blank",
    ),
    "metric of a blank name": ({"metrics": {" \u00a0": [1, 2]}}, "want a text that is not blank"),
    "metric of two lines": (
        {"metrics": {"a\nb": [1, 2]}},
        "metrics has the name 'a\\nb', want a text without control characters",
    ),
    "metric of a name that is no text": ({"metrics": {1: [1, 2]}}, "the name 1, want a text"),
    "metric of a matrix": ({"metrics": {"a": np.zeros((2, 2))}}, "shape (2, 2), want rank 1"),
    "metric that is no number": ({"metrics": {"a": ["x", "y"]}}, "metrics['a']: got 'x', want"),
    "attributes": ({"attributes": {"a": ["x"]}}, "attributes['a'] has 1 elements, want 2"),
    "attributes that are no mapping": ({"attributes": ["x", "y"]}, "want a mapping of names to k"),
    "attribute without a name": ({"attributes": {"": [1, 2]}}, "want a text that is not blank"),
    "attribute of a blank name": ({"attributes": {"\t": [1, 2]}}, "want a text that is not blank"),
    "attribute with a control character": (
        {"attributes": {"a\x1b": [1, 2]}},
        "attributes has the name 'a\\x1b', want a text without control characters",
    ),
    "attribute of a name that is no text": ({"attributes": {1: [1, 2]}}, "the name 1, want a text"),
    "attribute as a text": ({"attributes": {"a": "xy"}}, "attributes['a'] is 'xy', want a seq"),
    "attribute that is a list": (
        {"attributes": {"a": [[1], [2]]}},
        "attributes['a'] has [1], want texts, bools or numbers, such as str(x)",
    ),
    "attribute that is a date": (
        {"attributes": {"a": [datetime.date(2026, 1, 2)] * 2}},
        "attributes['a'] has datetime.date(2026, 1, 2), want texts, bools or numbers",
    ),
    "infinite attribute": ({"attributes": {"a": [1.0, np.inf]}}, "has inf, want finite numbers"),
    "attribute beyond 2^53": ({"attributes": {"a": [2**53, 1]}}, "at most 2^53 - 1, or texts: str"),
    "attribute of half a surrogate": ({"attributes": {"a": ["x", "\ud800"]}}, "half a surrogate"),
    "more attributes than are read": (
        {"attributes": {str(i): [1, 2] for i in range(1025)}},
        "attributes has 1025 names, want at most 1024",
    ),
    "max_outputs": ({"max_outputs": 1.5}, "max_outputs is 1.5, want an integer"),
    "description": ({"description": 3}, "description is 3, want a text or None"),
    "select": ({"select": 3}, "select is 3, want indices or ids, a predicate"),
    "select by nothing": ({"select": pairs.worst(1, by="dice")}, "sorts by dice, want one of iou"),
    "select without metrics": (
        {"select": pairs.worst(1), "metrics": False},
        "sorts by the first metric, want metrics; there are none",
    ),
    "step": ({"step": 1.5}, "step is 1.5, want an integer"),
    "step as a text": ({"step": "1"}, "step is '1', want an integer"),
    "step beyond any float": ({"step": 10**400}, "less than 2^63"),
    "classes beyond what is read": (
        {"kind": pairs.Mask(["x" * 5_000_000])},
        "the classes of a tag take",
    ),
    "metric beyond any float": (
        {"metrics": {"a": [10**400, 1]}},
        "metrics['a'] has a number beyond the range of floats",
    ),
    "captions beyond what is read": (
        {"captions": ["c" * 9_000_000] * 2},
        "captions, metrics, attributes and class ids of a record take 180",
    ),
    "step beyond int64": ({"step": 2**63}, "want an integer of more than -2^63 and less than 2^63"),
    "step at the end of int64": ({"step": -(2**63)}, "of more than -2^63 and less than 2^63"),
    # Tags.
    "empty name": ({"name": ""}, "the tag is empty"),
    "blank name": ({"name": " "}, "the tag is ' ', want a text that is not blank"),
    "reserved name": ({"name": "__pairs__/a"}, "want one that does not begin with"),
    "name with a quote": ({"name": 'a"b'}, "want one without double quote"),
    "name with a backslash": ({"name": "a\\b"}, "want one without double quote"),
    "name with a tab": ({"name": "a\tb"}, "want one without double quote"),
    "name with a newline": ({"name": "a\nb"}, "want one without double quote"),
    "name with a control character": ({"name": "a\x1fb"}, "want one without double quote"),
    "name with a control character that is served": (
        {"name": "a\x7fb"},
        "the tag is 'a\\x7fb', want a text without control characters",
    ),
    "name that is no text": ({"name": 3}, "name is 3, want a text"),
    "arguments in another order": (
        {"name": MASKS},
        "name is a ndarray of shape (2, 8, 9), want a text; the order is name, ground_truth, ",
    ),
    "output of a model in a mapping": (
        {"prediction": {"out": MASKS, "aux": MASKS}},
        "prediction: got dict of 'out', 'aux', want an array of booleans, integers or floats; pass "
        "one of its values, such as x[key]",
    ),
    "a long value": ({"select": "a" * 300}, f"select is '{'a' * 79}…, want indices or ids"),
}


@pytest.mark.parametrize("case", CASES)
def test_refused(case, tmp_path):
    given, message = CASES[case]
    arguments = {"name": "a", "ground_truth": MASKS, "prediction": MASKS, "step": 1} | given
    with pytest.raises(ValueError, match=re.escape(message)):
        pairs.summary(**arguments, writer=tmp_path / "run")
    assert not list(tmp_path.glob("run/*"))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: pairs.Image(bits=12), "bits is 12, want 8 or 16"),
        (lambda: pairs.Image(bits=32), "bits is 32, want 8 or 16"),
        (lambda: pairs.Image(bits=8.0), "bits is 8.0, want 8 or 16"),
        (lambda: pairs.Heatmap(range=(0, 10**400)), "want None, 'minmax'"),
        (lambda: pairs.Heatmap(unit="\ud800"), "unit holds half a surrogate pair"),
        (lambda: pairs.Mask(classes=["\ud800"]), "a name of classes holds half a surrogate pair"),
        (lambda: pairs.Mask(classes=["x"] * 65537), "65537 class ids, want at most 65536"),
        (lambda: pairs.Mask(ignore=range(65537)), "65537 class ids, want at most 65536"),
        (
            lambda: pairs.Mask(colors=[(float("inf"), 0, 0)]),
            "want '#rrggbb', (r, g, b) of integers",
        ),
        (lambda: pairs.Mask(colors=[(None, 0, 0)]), "want '#rrggbb', (r, g, b) of integers"),
        (lambda: pairs.Heatmap(bits=1), "bits is 1, want 8, 16 or 32"),
        (lambda: pairs.Heatmap(range="max"), "range is 'max', want None, 'minmax'"),
        (lambda: pairs.Heatmap(range=(-1e308, 1e308)), "with low < high and a finite width"),
        (lambda: pairs.Heatmap(range=(1, 0)), "want None, 'minmax'"),
        (lambda: pairs.Heatmap(range=(0, float("nan"))), "want None, 'minmax'"),
        (lambda: pairs.Heatmap(range=("percentile", 5, 101)), "within 0 to 100"),
        (lambda: pairs.Heatmap(unit=3), "unit is 3, want a text or None"),
        (lambda: pairs.Mask(classes=3), "classes is 3, want a sequence or a mapping"),
        (lambda: pairs.Mask(classes=[1, 2]), "classes has the name 1, want a text or None"),
        (
            lambda: pairs.Mask(classes=["a\tb"]),
            "classes has the name 'a\\tb', want a text without control characters",
        ),
        (lambda: pairs.Mask(classes={"a": "b"}), "classes has the class id 'a', want an integer"),
        (
            lambda: pairs.Mask(colors=["red"]),
            "colors has 'red', want '#rrggbb', (r, g, b) of integers",
        ),
        (lambda: pairs.Mask(colors=[(1, 2, 300)]), "of integers from 0 to 255"),
        (lambda: pairs.Mask(ignore="255"), "ignore is '255', want a class id"),
        (lambda: pairs.Mask(ignore=1.5), "ignore is 1.5, want a class id"),
        (lambda: pairs.Mask(ignore=[1.5]), "ignore has the class id 1.5, want an integer"),
        (lambda: pairs.Mask(ignore=True), "ignore is True, want a class id"),
        (lambda: pairs.Mask(ignore=np.array(1.5)), "ignore is array(1.5), want a class id"),
        (lambda: pairs.Mask(classes={True: "a"}), "classes has the class id True, want an integer"),
        (lambda: pairs.Mask(classes={"a", "b"}), "classes is a set, which has no order"),
        (lambda: pairs.Mask(colors=[(1.2, 0.0, 0.0)]), "or of floats from 0 to 1"),
        (lambda: pairs.Mask(colors=[(31.0, 120.0, 180.0)]), "or of floats from 0 to 1"),
        (lambda: pairs.Mask(colors=[("31", "120", "180")]), "colors has ('31', '120', '180')"),
        (lambda: pairs.Mask(colors=[(True, False, True)]), "colors has (True, False, True)"),
        (lambda: pairs.Mask(colors=[(-0.1, 0.0, 0.0)]), "or of floats from 0 to 1"),
        (lambda: pairs.Mask(colors=[(0, 0, 0, 255)]), "colors has (0, 0, 0, 255)"),
        (
            lambda: pairs.Mask(colors=[(float("nan"), 0, 0)]),
            "want '#rrggbb', (r, g, b) of integers",
        ),
        (lambda: pairs.Heatmap(range=(False, True)), "want None, 'minmax'"),
        (lambda: pairs.Heatmap(range=("0", "1")), "want None, 'minmax'"),
        (lambda: pairs.worst("4"), "n is '4', want an integer"),
        (lambda: pairs.worst(True), "n is True, want an integer"),
        (lambda: pairs.best(1.5), "n is 1.5, want an integer"),
        (lambda: pairs.every(2.5), "n_steps is 2.5, want an integer"),
        (lambda: pairs.every("2"), "n_steps is '2', want an integer"),
        (lambda: pairs.worst(-1), "n is -1, want an integer of at least 0"),
        (lambda: pairs.best(1, by=3), "by is 3, want the name of a metric"),
        (lambda: pairs.every(0), "n_steps is 0, want an integer of at least 1"),
        (lambda: pairs.normalize(np.zeros((2, 2))), "x has rank 2, want 4"),
        (lambda: pairs.normalize(PHOTOS, per="row"), "per is 'row', want 'channel', 'picture'"),
        (lambda: pairs.channel_grid(MASKS), "shape (2, 8, 9), want rank 4"),
        (lambda: pairs.channel_grid(PHOTOS, columns=0), "columns is 0, want an integer"),
        (lambda: pairs.channel_grid(PHOTOS, columns=1.5), "columns is 1.5, want an integer"),
        (lambda: pairs.channel_grid(PHOTOS, gap=-1), "gap is -1, want an integer of at least 0"),
        (lambda: pairs.channel_grid(PHOTOS, fill=0.5), "fill is 0.5, want a value of uint8"),
        (lambda: pairs.channel_grid(PHOTOS, fill=-1), "fill is -1, want a value of uint8"),
        (lambda: pairs.channel_grid(PHOTOS, fill="x"), "fill is 'x', want a value of uint8"),
    ],
)
def test_refused_by_other_functions(make, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        make()
