# SPDX-License-Identifier: Apache-2.0
"""A runner of MMEngine with data samples as MMSegmentation's: `mmengine_runner LOGDIR`."""

import sys
import warnings
from pathlib import Path
from typing import ClassVar

import numpy as np
import torch
from mmengine.evaluator import BaseMetric, Evaluator
from mmengine.hooks import Hook
from mmengine.model import BaseModel
from mmengine.runner import Runner
from mmengine.structures import BaseDataElement, PixelData

import tb_pairs_plugin as pairs
import tb_pairs_plugin.mmengine
from tests.frameworks.cases.checks import interrupted, refused, warned_once
from tests.writing import event_files

torch.set_num_threads(1)
rng = np.random.default_rng(0)
photos = rng.integers(0, 256, (5, 6, 7, 3), np.uint8)
labels = rng.integers(0, 3, (5, 6, 7))
labels[:, 0] = 255


class Data(torch.utils.data.Dataset):
    metainfo: ClassVar = {
        "classes": ("road", "car", "sky"),
        "palette": [(9, 8, 7), (1, 2, 3), (4, 5, 6)],
    }

    def __len__(self):
        return 5

    def __getitem__(self, index):
        truth = PixelData(data=torch.from_numpy(labels[index])[None])
        bgr = np.moveaxis(photos[index][..., ::-1], -1, 0).copy()
        return {
            "inputs": torch.from_numpy(bgr),
            "data_samples": BaseDataElement(gt_sem_seg=truth),
        }


class Described(Data):
    """A data set that says of its classes what is given."""

    def __init__(self, described):
        self.metainfo = described


class Shifted(BaseModel):
    """Predicts the next class, where a label is."""

    def __init__(self):
        super().__init__()
        self.weight = torch.nn.Parameter(torch.zeros(1))

    def forward(self, inputs, data_samples, mode="tensor"):
        if mode == "loss":
            return {"loss": self.weight.sum()}
        for sample in data_samples:
            sample.pred_sem_seg = PixelData(data=(sample.gt_sem_seg.data % 255 + 1) % 3)
        return data_samples


class NoMetric(BaseMetric):
    def process(self, data_batch, data_samples):
        self.results.append(0)

    def compute_metrics(self, results):
        return {"mIoU": 1.0}


def config_of(logdir, name):
    loader = {"dataset": Data(), "batch_size": 2, "num_workers": 0}
    return {
        "model": Shifted(),
        "work_dir": f"{logdir}/{name}",
        "train_dataloader": {**loader, "sampler": {"type": "DefaultSampler", "shuffle": True}},
        "val_dataloader": {**loader, "sampler": {"type": "DefaultSampler", "shuffle": False}},
        "test_dataloader": {**loader, "sampler": {"type": "DefaultSampler", "shuffle": False}},
        "train_cfg": {"by_epoch": True, "max_epochs": 2},
        "val_cfg": {},
        "test_cfg": {},
        "optim_wrapper": {"optimizer": {"type": "SGD", "lr": 0.0}},
        "val_evaluator": Evaluator(NoMetric()),
        "test_evaluator": Evaluator(NoMetric()),
        "visualizer": {
            "type": "Visualizer",
            "name": name,
            "vis_backends": [{"type": "LocalVisBackend"}, {"type": "TensorboardVisBackend"}],
        },
        "log_level": "ERROR",
        "experiment_name": name,
    }


class Interrupt(Hook):
    """Ends a training as Ctrl-C does."""

    def after_train_iter(self, *given, **named):
        raise KeyboardInterrupt


def runner(directory, **hook):
    return Runner(**config_of(logdir, directory), custom_hooks=[{"type": "PairsHook", **hook}])


def kinds_of(name, described):
    """Trains with a data set that describes its classes; returns the kinds of the records."""
    config = config_of(logdir, name)
    config["val_dataloader"]["dataset"] = Described(described)
    hook = {"type": "PairsHook", "name": name, "writer": logdir / "kinds" / name}
    Runner(**config, custom_hooks=[hook]).train()
    records = event_files.read(logdir / "kinds" / name)
    assert [record.step for record in records] == [1, 2]
    return [record.kind for record in records]


if __name__ == "__main__":
    logdir = Path(sys.argv[1])
    warnings.simplefilter("ignore")
    warnings.simplefilter("error", pairs.PairsWarning)
    one = runner("a", name="val/masks")
    one.train()
    one.val()
    one.test()
    truth = np.zeros((1, 8, 8), np.int64)
    for step, writer in enumerate(
        (one, one.visualizer, one.visualizer.get_backend("TensorboardVisBackend"))
    ):
        assert pairs.summary("t", truth, truth, step, writer=writer)
    refused(
        "want a TensorboardVisBackend",
        pairs.summary,
        "t",
        truth,
        truth,
        0,
        writer=one.visualizer.get_backend("LocalVisBackend"),
    )
    one.visualizer.get_backend("TensorboardVisBackend").experiment.flush()
    np.savez(logdir / "expected.npz", photos=photos, labels=labels, masks=(labels % 255 + 1) % 3)

    wrong = runner("b", name="b", prediction="pred_depth")
    with warned_once("goes on without a batch of 'b': ValueError: a data sample has", __file__):
        wrong.train()
    refused("want 'pred_depth'", wrong.val)

    # After a training that was interrupted there is none to spare.
    stopped = runner("c", name="c", prediction="pred_depth")
    stopped.register_hook(Interrupt())
    interrupted(stopped.train)
    refused("want 'pred_depth'", stopped.val)

    # What a data set says of its classes ends no training; what can be used of it is.
    names = [{"id": number, "name": name} for number, name in enumerate("abc")]
    colors = [{"id": 0, "color": "#010203"}]
    usable = {"classes": names, "ignore": [255], "name": "mask"}
    assert kinds_of("random", {"classes": list("abc"), "palette": "random"}) == [usable] * 2
    with warned_once("goes on without the classes that", __file__):
        kinds = kinds_of("file", {"classes": "classes.txt", "palette": [(1, 2, 3)]})
    assert kinds == [{**usable, "classes": colors}] * 2
    with warned_once("goes on without the colors that", __file__):
        kinds = kinds_of("short", {"classes": list("abc"), "palette": [(1, 2)]})
    assert kinds == [usable] * 2
    with warned_once("goes on without the classes of the data set of 'no mapping'", __file__):
        kinds_of("no mapping", 3)
