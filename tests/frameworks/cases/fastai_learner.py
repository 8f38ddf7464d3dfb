# SPDX-License-Identifier: Apache-2.0
"""fastai's Learner: `fastai_learner LOGDIR`.

Its pictures are normalized by fastai itself, and a model makes negatives of them.
"""

import os
import sys
import warnings
from pathlib import Path
from unittest import mock

import numpy as np
import torch
from fastai.callback.core import Callback, CancelFitException
from fastai.callback.schedule import lr_find  # noqa: F401 # a method of Learner
from fastai.callback.tensorboard import TensorBoardCallback
from fastai.data.core import Datasets
from fastai.data.transforms import Normalize
from fastai.distributed import DistributedDL
from fastai.learner import Learner
from fastai.losses import MSELossFlat
from fastai.optimizer import SGD
from fastai.torch_core import TensorImage
from fastcore.foundation import L

import tb_pairs_plugin as pairs
from tb_pairs_plugin.fastai import PairsCallback
from tb_pairs_plugin.writing import processes
from tests.frameworks import pictures
from tests.frameworks.cases.channels_first import x, y
from tests.frameworks.cases.checks import interrupted, refused, warned_once
from tests.writing import event_files

MEAN, STD = 0.4, 0.2
logdir = Path(sys.argv[1])
torch.set_num_threads(1)


class Negative(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.white = torch.nn.Parameter(torch.tensor(1.0))

    def forward(self, inputs):
        return self.white - (inputs * STD + MEAN)


def learner(*callbacks, scale=1):
    splits = [list(range(20)), list(range(20))]
    transforms = [[lambda i: TensorImage(x[i] * scale)], [lambda i: y[i]]]
    data = Datasets(L(range(20)), transforms, splits=splits)
    normalize = Normalize.from_stats([MEAN], [STD], cuda=False)
    loaders = data.dataloaders(bs=6, after_batch=[normalize], num_workers=0, device="cpu")
    one = Learner(
        loaders,
        Negative(),
        MSELossFlat(),
        SGD,
        lr=0.0,
        cbs=list(callbacks),
        path=logdir / "models",
    )
    one.remove_cbs([cb for cb in one.cbs if cb.name == "progress"])
    return one


warnings.simplefilter("ignore")
warnings.simplefilter("error", pairs.PairsWarning)
board = TensorBoardCallback(logdir / "run", trace_model=False, log_preds=False)
written = [
    PairsCallback("model", select=range(20)),
    PairsCallback("subset", (None, 1), select=pictures.SELECTED),
    PairsCallback("worst", lambda batch: {"ground_truth": batch[1]}, select=pairs.worst(2)),
]
learn = learner(board, *written)
# Three batches of six each, as fastai drops the rest of a training's; the second fit goes on.
learn.fit(1)
learn.fit(1)
# At the step of the last validation, and predictions and the search for a rate: no records.
learn.validate()
learn.get_preds()
learn.lr_find(num_it=2, show_plot=False, suggest_funcs=())
learn.export(logdir / "learner.pkl")

# Of a DistributedDL each process has its samples in a row.
DistributedDL._broadcast = lambda self, indices, rank: indices
alone = learner(PairsCallback("share", select=range(10, 20), writer=logdir / "share"))
with mock.patch.multiple(processes, find_rank=lambda: (1, 2), gather=lambda part: [part]):
    alone.validate(dl=DistributedDL(alone.dls.valid, rank=1, world_size=2))
(record,) = event_files.read(logdir / "share")
assert [sample.id for sample in record.samples] == [str(i) for i in range(10, 20)]
np.testing.assert_array_equal(
    np.rint(record.samples[0].image.values * 255), pictures.data_set()[1][10]
)

# What is wrong ends no training; alone it is an error.
photographs = learner(PairsCallback("wrong", writer=logdir / "wrong"), scale=9)
with warned_once("goes on without a batch of 'wrong': DataError: image[0] is float32", __file__):
    photographs.fit(2)
refused("want floats", photographs.validate)


class Fails(PairsCallback):
    """One of a user's own, whose method fails."""

    def before_batch(self):
        super().before_batch()
        if self.dl is self.dls.valid:
            raise OSError("no more")


own = learner(Fails("own", writer=logdir / "own"))
with warned_once("goes on without before_batch() of 'own': OSError: no more", __file__):
    own.fit(2)
assert [record.step for record in event_files.read(logdir / "own")] == [3, 6]


class Stops(PairsCallback):
    """One of a user's own that ends the training after its first epoch."""

    def after_validate(self):
        super().after_validate()
        raise CancelFitException


early = learner(Stops("early", writer=logdir / "early"))
early.fit(2)
assert [record.step for record in event_files.read(logdir / "early")] == [3]


class Interrupt(Callback):
    """Ends a training as Ctrl-C does."""

    def after_train(self):
        raise KeyboardInterrupt


# After a training that was interrupted there is none to spare.
stopped = learner(PairsCallback("stopped", writer=logdir / "wrong"), scale=9)
interrupted(stopped.fit, 2, cbs=Interrupt())
refused("want floats", stopped.validate)
assert not (logdir / "wrong").exists()

# As `writer=`: the Learner, its callback for TensorBoard, or a refusal before anything is trained.
truth = torch.zeros((1, 8, 8), dtype=torch.int64)
for step, writer in enumerate((learn, board)):
    assert pairs.summary("t", truth, truth, step, writer=writer)
refused("want fastai's TensorBoardCallback among its cbs", learner(PairsCallback("none")).fit, 1)
# Each `fit` is checked: this one's callback was there for the one before alone.
first = learner(PairsCallback("none"))
first.fit(1, cbs=TensorBoardCallback(logdir / "first", trace_model=False, log_preds=False))
refused("want fastai's TensorBoardCallback among its cbs", first.fit, 1)
unused = TensorBoardCallback(logdir)
refused("whose training has begun", pairs.summary, "t", truth, truth, 0, writer=unused)
os.environ["RANK"] = "1"
assert not pairs.summary("t", truth, truth, 0, writer=unused)
