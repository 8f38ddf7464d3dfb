# SPDX-License-Identifier: Apache-2.0
"""What goes wrong with Lightning's `PairsCallback`, and its objects as `writer=`."""

import sys
from pathlib import Path

import lightning
import numpy as np
import torch
from lightning.pytorch.loggers import CSVLogger, TensorBoardLogger
from torch.utils.data import DataLoader, TensorDataset

import tb_pairs_plugin as pairs
from tb_pairs_plugin.lightning import PairsCallback
from tests.frameworks.cases.checks import refused, warned_once
from tests.frameworks.cases.lightning_callback import MEAN, STD, Negative, x, y
from tests.writing import event_files

logdir = Path(sys.argv[1])
torch.set_num_threads(1)
loader = DataLoader(TensorDataset((x - MEAN) / STD * 10, y), batch_size=10)


def fit(logger, *callbacks, loaders=loader, max_epochs=2, **options):
    trainer = lightning.Trainer(
        max_epochs=max_epochs,
        accelerator="cpu",
        logger=logger,
        callbacks=list(callbacks),
        enable_checkpointing=False,
        enable_progress_bar=False,
        enable_model_summary=False,
        **options,
    )
    module = Negative()
    trainer.fit(module, loader, loaders)
    return trainer, module


def board(name):
    return TensorBoardLogger(logdir, name=name, version="")


# A photograph that is not denormalized: said in the sanity check, before any training.
refused("denormalize=(mean, std)", fit, board("a"), PairsCallback("a"))
assert not event_files.read(logdir / "a")

# Without a sanity check it is a warning, once, and the training goes to its end.
says = "goes on without a batch of 'b': DataError: image[0] is float32"
with warned_once(says, __file__):
    fit(board("b"), PairsCallback("b"), num_sanity_val_steps=0)
assert not event_files.read(logdir / "b")

# Alone, `validate` has no training to spare.
trainer, module = fit(board("c"), loaders=None)
trainer.callbacks.append(PairsCallback("c"))
refused("denormalize=(mean, std)", trainer.validate, module, loader, verbose=False)

# Keys that are not there, and no logger for TensorBoard.
csv = CSVLogger(logdir / "csv")
refused("as a key, and the data loader gives 2 values", fit, board("d"), PairsCallback("d", (0, 5)))
refused("want a dict with the key 'masks'", fit, board("d"), PairsCallback("d", prediction="masks"))
refused("has no TensorBoardLogger", fit, csv, PairsCallback("d", (None, 1)))
fit(csv, PairsCallback("d", (None, 1), writer=logdir / "d"))
assert len(event_files.read(logdir / "d")) == 2

# Several data loaders have a tag each; a function of metrics gets the tensors.
callback = PairsCallback(
    "e",
    (None, 1),
    metrics={"off": lambda truth, prediction: (truth - prediction).abs().amax((1, 2, 3))},
)
trainer, module = fit(board("e"), callback, loaders=[loader, loader])
records = event_files.read(logdir / "e")
assert {record.tag for record in records} == {"e/dataloader_idx_0", "e/dataloader_idx_1"}
assert "off" in records[0].samples[0].metrics

# Data loaders may be nested, and what they say of themselves is not asked.
nested = PairsCallback("n", (None, 1))
fit(board("n"), nested, loaders={"a": [loader, loader], "b": loader})
tags = [record.tag for record in event_files.read(logdir / "n")]
assert tags == [f"n/dataloader_idx_{i}" for i in (0, 1, 2)] * 2, tags


class Fails(PairsCallback):
    """One of a user's own, whose method fails once a training runs."""

    def on_validation_epoch_end(self, trainer, pl_module):
        super().on_validation_epoch_end(trainer, pl_module)
        if not trainer.sanity_checking:
            raise OSError("no more")


with warned_once("goes on without on_validation_epoch_end() of 'o': OSError: no more", __file__):
    fit(board("o"), Fails("o", (None, 1)))
assert len(event_files.read(logdir / "o")) == 2


class Forgets(PairsCallback):
    """One of a user's own, whose method fails that Lightning gives no trainer."""

    def state_dict(self):
        raise OSError("no more")


class Saves(lightning.Callback):
    """Saves a checkpoint in the midst of a training."""

    def on_train_epoch_end(self, trainer, pl_module):
        trainer.save_checkpoint(logdir / "p.ckpt")


forgets = Forgets("p", (None, 1))
with warned_once("goes on without state_dict() of 'p': OSError: no more", __file__):
    fit(board("p"), forgets, Saves())
assert len(event_files.read(logdir / "p")) == 2
try:
    forgets.state_dict()
except OSError:
    pass
else:
    raise AssertionError("no training is under way")

# The next training of a callback comes to the same step, and writes it too.
again = PairsCallback("g", (None, 1))
for name in ("g1", "g2"):
    fit(board(name), again, check_val_every_n_epoch=2)
    assert [record.step for record in event_files.read(logdir / name)] == [4]

# So many epochs are counted from the last record, and an epoch may have several validations.
for name, every, max_epochs, options, want in (
    ("q2", 2, 7, {"check_val_every_n_epoch": 2}, [4, 8, 12]),
    ("q3", 3, 7, {"check_val_every_n_epoch": 2}, [4, 12]),
    ("q4", 2, 4, {"val_check_interval": 1}, [1, 2, 5, 6, 7, 8]),
):
    callback = PairsCallback(name, (None, 1), every_n_epochs=every)
    fit(board(name), callback, max_epochs=max_epochs, **options)
    steps = [record.step for record in event_files.read(logdir / name)]
    assert steps == want, (name, steps)

# As `writer=`, trainer and module are their logger for TensorBoard, whichever that is.
trainer, module = fit([csv, board("f")])
truth = np.zeros((1, 8, 8), np.int64)
for step, writer in enumerate((trainer, module, trainer.loggers, trainer.loggers[1])):
    assert pairs.summary("f", truth, truth, step, writer=writer)
trainer.loggers[1].experiment.flush()
assert [record.step for record in event_files.read(logdir / "f")] == [0, 1, 2, 3]
for writer in (csv, [csv], Negative(), lightning.Trainer(logger=False, accelerator="cpu")):
    refused("TensorBoard", pairs.summary, "f", truth, truth, 9, writer=writer)
