# SPDX-License-Identifier: Apache-2.0
"""Lightning in two processes that each hold half of the model (FSDP): `lightning_sharded LOGDIR`.

A forward pass of one process alone would wait for the other for ever.
"""

import sys
import warnings

import lightning
import torch
from lightning.pytorch.strategies import ModelParallelStrategy
from torch.distributed.fsdp import fully_shard
from torch.distributed.tensor import DTensor
from torch.utils.data import DataLoader, TensorDataset

import tb_pairs_plugin as pairs
from tb_pairs_plugin.lightning import PairsCallback
from tests.frameworks.cases.channels_first import x, y

warnings.simplefilter("ignore")
warnings.simplefilter("error", pairs.PairsWarning)


class Negative(lightning.LightningModule):
    def __init__(self):
        super().__init__()
        self.forward_passes = 0

    def configure_model(self):
        channels = x.shape[1]
        self.layer = torch.nn.Conv2d(channels, channels, 1)
        with torch.no_grad():
            self.layer.weight.copy_(-torch.eye(channels)[:, :, None, None])
            self.layer.bias.fill_(1)
        fully_shard(self.layer, mesh=self.device_mesh["data_parallel"])
        assert all(isinstance(one, DTensor) for one in self.parameters())

    def forward(self, inputs):
        self.forward_passes += 1
        return self.layer(inputs)

    def training_step(self, batch):
        return (self(batch[0]) - batch[1]).abs().mean()

    def validation_step(self, batch):
        return {"preds": self(batch[0])}

    def configure_optimizers(self):
        return torch.optim.SGD(self.parameters(), lr=0.0)


if __name__ == "__main__":
    torch.set_num_threads(1)
    trainer = lightning.Trainer(
        max_epochs=1,
        accelerator="cpu",
        devices=2,
        strategy=ModelParallelStrategy(data_parallel_size=2, tensor_parallel_size=1),
        callbacks=[
            PairsCallback("model", prediction="preds", select=range(20), writer=sys.argv[1])
        ],
        logger=False,
        enable_checkpointing=False,
        enable_progress_bar=False,
        enable_model_summary=False,
        num_sanity_val_steps=1,
    )
    model, data = Negative(), TensorDataset(x, y)
    trainer.fit(model, DataLoader(data, batch_size=10), DataLoader(data, batch_size=5))
    # One batch of training, one of the sanity check, two of validation: each of a process.
    assert model.forward_passes == 4
