# SPDX-License-Identifier: Apache-2.0
"""Small records of each kind, and the arrays that were logged, to compare the page with."""

import time
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from tensorboard.compat.proto import event_pb2
from tensorboard.plugins.hparams import api
from tensorboard.summary.writer.event_file_writer import EventFileWriter

import tb_pairs_plugin as pairs

HEIGHT, WIDTH = 12, 16
COLORS = {0: (16, 32, 48), 1: (192, 128, 64), 2: (32, 224, 160), 3: (224, 64, 192)}
NAMES = {0: "road", 1: "car", 2: "tree", 3: "sky"}
MASK = pairs.Mask(classes=NAMES, colors=COLORS)
STEPS = (0, 10, 20, 30, 40)

Pixels = NDArray[np.uint8]


def log_hparams(run: Path, values: dict[str, Any]) -> None:
    """Writes a session of the HParams dashboard, as its API makes it, into a file of its own."""
    writer = EventFileWriter(str(run), filename_suffix=".hparams")
    summary = api.hparams_pb(values)
    writer.add_event(event_pb2.Event(step=0, wall_time=time.time(), summary=summary))
    writer.close()


def photo(seed: int, height: int = HEIGHT, width: int = WIDTH) -> Pixels:
    """Random colours, `[height, width, 3]`."""
    return np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8)


def mask(seed: int, classes: int = 4) -> Pixels:
    """Blocks of 2 x 2 random class ids, `[HEIGHT, WIDTH]`."""
    blocks = np.random.default_rng(seed).integers(0, classes, (HEIGHT // 2, WIDTH // 2), np.uint8)
    return np.asarray(np.kron(blocks, np.ones((2, 2), np.uint8)))


def spoiled(truth: Pixels, share: float, seed: int, classes: int = 4) -> Pixels:
    """`truth` with another class in `share` of the pixels, those of a smaller share among them."""
    order = np.random.default_rng(seed).permutation(truth.size)
    wrong = truth.reshape(-1).copy()
    chosen = order[: round(share * truth.size)]
    wrong[chosen] = (wrong[chosen] + 1) % classes
    return wrong.reshape(truth.shape)


def colored(ids: NDArray[Any], colors: dict[int, tuple[int, int, int]] = COLORS) -> Pixels:
    """A mask in the colours of its classes, `[h, w, 3]`."""
    table = np.zeros((256, 3), np.uint8)
    for one, color in colors.items():
        table[one] = color
    return np.asarray(table[ids])


def mean_iou(truth: Pixels, prediction: Pixels) -> float:
    """The mean IoU over the classes present, worked out here."""
    scores = []
    for one in NAMES:
        wanted, got = truth == one, prediction == one
        if (wanted | got).any():
            scores.append((wanted & got).sum() / (wanted | got).sum())
    return float(np.mean(scores))


def blend(base: NDArray[Any], over: NDArray[Any], opacity: float) -> NDArray[np.float64]:
    """`over` on `base`."""
    return np.asarray(base * (1 - opacity) + over * opacity, np.float64)


def level(fraction: NDArray[np.float64]) -> NDArray[np.float64]:
    """Bytes, half up."""
    return np.asarray(np.floor(255 * np.clip(fraction, 0, 1) + 0.5))


class Masks:
    """Two runs of a segmentation that gets better, but for sample `s2`, which goes wrong at 30.

    Run `b` has no step 20. `truth` and `input` are `[4, h, w(, 3)]`, `prediction[run][step]` is
    `[4, h, w]`.
    """

    tag = "val/masks"
    ids = ("s0", "s1", "s2", "s3")
    captions = ("night, rain", "day", "dusk", "day, fog")
    truth = np.stack([mask(seed) for seed in range(4)])
    input = np.stack([photo(100 + seed) for seed in range(4)])
    # The share of pixels that is wrong, by sample, at each of STEPS.
    wrong: ClassVar = {
        "a": ((0.5, 0.4, 0.3, 0.2, 0.1), (0.4, 0.3, 0.2, 0.1, 0.0), (0.1, 0.1, 0.1, 0.6, 0.5),
              (0.6, 0.5, 0.4, 0.3, 0.3)),
        "b": ((0.6, 0.5, 0.4, 0.3, 0.2), (0.4, 0.3, 0.2, 0.2, 0.2), (0.3, 0.3, 0.2, 0.2, 0.1),
              (0.6, 0.5, 0.5, 0.2, 0.1)),
    }  # fmt: skip
    prediction: ClassVar = {
        run: {
            step: np.stack([spoiled(mask(i), shares[i][at], 1000 + i) for i in range(4)])
            for at, step in enumerate(STEPS)
        }
        for run, shares in wrong.items()
    }

    @classmethod
    def write(cls, logdir: Path) -> None:
        """Writes both runs."""
        for run, steps in cls.prediction.items():
            for step, prediction in steps.items():
                if run == "b" and step == 20:
                    continue
                pairs.summary(
                    cls.tag,
                    cls.truth,
                    prediction,
                    step,
                    image=cls.input,
                    ids=cls.ids,
                    captions=cls.captions,
                    kind=MASK,
                    writer=logdir / run,
                )

    @classmethod
    def on_input(cls, ids: NDArray[Any], sample: int) -> NDArray[np.float64]:
        """What a pane of `ids` shows in the first view: no class is the background here."""
        return blend(cls.input[sample], colored(ids), 0.6)

    @classmethod
    def iou(cls, run: str, step: int, sample: int) -> float:
        """The mean IoU over the classes present."""
        return mean_iou(cls.truth[sample], cls.prediction[run][step][sample])
