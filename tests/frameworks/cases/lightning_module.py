# SPDX-License-Identifier: Apache-2.0
"""Lightning: a module that writes in `validation_step`, through its logger."""

import sys
import warnings

import lightning
import torch
from lightning.pytorch.loggers import TensorBoardLogger
from torch.utils.data import DataLoader, TensorDataset

import tb_pairs_plugin as pairs
from tests.frameworks import pictures

warnings.simplefilter("ignore")
x, y = (torch.from_numpy(part) for part in (pictures.data_set()[0], pictures.targets()[0]))


class Negative(lightning.LightningModule):
    def __init__(self):
        super().__init__()
        self.white = torch.nn.Parameter(torch.tensor(1.0))

    def forward(self, inputs):
        return self.white - inputs

    def training_step(self, batch):
        return (self(batch[0]) - batch[1]).abs().mean()

    def validation_step(self, batch):
        if self.trainer.sanity_checking:
            return
        inputs, wanted = batch
        step = self.current_epoch
        writer = self.logger.experiment if step else self.logger
        assert pairs.summary("model", wanted, self(inputs), step, image=inputs, writer=writer)

    def configure_optimizers(self):
        return torch.optim.SGD(self.parameters(), lr=0.0)


trainer = lightning.Trainer(
    max_epochs=8,
    check_val_every_n_epoch=1,
    accelerator="cpu",
    logger=TensorBoardLogger(sys.argv[1], name="", version=""),
    enable_checkpointing=False,
    enable_progress_bar=False,
    enable_model_summary=False,
)
loader = DataLoader(TensorDataset(x, y), batch_size=20)
trainer.fit(Negative(), loader, loader)
