# SPDX-License-Identifier: Apache-2.0
"""Lightning's `PairsCallback`: `lightning_callback LOGDIR [PROCESSES]`.

The inputs are normalized, as photographs are for a network.
"""

import sys
import warnings

import lightning
import torch
from lightning.pytorch.loggers import CSVLogger, TensorBoardLogger
from torch.utils.data import DataLoader, IterableDataset, TensorDataset

import tb_pairs_plugin as pairs
from tb_pairs_plugin.lightning import PairsCallback
from tests.frameworks import pictures
from tests.frameworks.cases.channels_first import x, y

MEAN, STD = 0.4, 0.2
warnings.simplefilter("ignore")
warnings.simplefilter("error", pairs.PairsWarning)


class Negative(lightning.LightningModule):
    def __init__(self):
        super().__init__()
        self.white = torch.nn.Parameter(torch.tensor(1.0))

    def forward(self, inputs):
        return self.white - (inputs * STD + MEAN)

    def training_step(self, batch):
        return (self(batch[0]) - batch[1]).abs().mean()

    def validation_step(self, batch, batch_idx=0, dataloader_idx=0):
        return {"loss": 0, "preds": self(batch[0])}

    def test_step(self, batch):
        """Returns nothing: the callback makes a forward pass."""

    def configure_optimizers(self):
        return torch.optim.SGD(self.parameters(), lr=0.0)


class Uneven(IterableDataset):
    """Gives all samples to the first process, and none to others."""

    def __iter__(self):
        return iter(() if trainer.global_rank else data)


def callbacks():
    options = {"mean": MEAN, "std": STD, "every_n_epochs": 7}
    return [
        PairsCallback("model", select=range(20), **options),
        PairsCallback("subset", (None, 1), select=pictures.SELECTED, every_n_epochs=7),
        PairsCallback(
            "worst",
            lambda batch: {"ground_truth": batch[1]},
            "preds",
            select=pairs.worst(2),
            every_n_epochs=7,
        ),
    ]


def trainer(logdir, processes):
    return lightning.Trainer(
        max_epochs=8,
        accelerator="cpu",
        devices=processes,
        strategy="ddp" if processes > 1 else "auto",
        callbacks=callbacks(),
        logger=[
            CSVLogger(logdir + "/csv"),
            TensorBoardLogger(logdir, name="run", version=""),
        ],
        enable_checkpointing=False,
        enable_progress_bar=False,
        enable_model_summary=False,
    )


if __name__ == "__main__":
    logdir, processes = sys.argv[1], int((sys.argv[2:] or "1")[0])
    torch.set_num_threads(1)
    data = TensorDataset((x - MEAN) / STD, y)
    loader = DataLoader(data, batch_size=6)
    training = DataLoader(data, batch_size=20 // processes)
    trainer = trainer(logdir, processes)
    model = Negative()
    trainer.fit(model, training, loader)
    # At the step of the last validation: there is one record of it.
    trainer.validate(model, loader)
    trainer.callbacks = [PairsCallback("alone", mean=MEAN, std=STD, select=range(19))]
    # An odd number: the sampler of two processes repeats one.
    trainer.test(model, DataLoader(torch.utils.data.Subset(data, range(19)), batch_size=6))
    # A process without a batch is not waited for.
    trainer.callbacks = [PairsCallback("uneven", (None, 1))]
    trainer.validate(model, DataLoader(Uneven(), batch_size=6))
