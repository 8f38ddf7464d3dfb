# SPDX-License-Identifier: Apache-2.0
"""Semantic segmentation with Lightning: the worst samples of each validation, by one callback."""

import sys

import lightning
import torch
from lightning.pytorch.loggers import TensorBoardLogger
from scenes import DIGIT_CLASSES
from torch.nn import functional as F
from torch.utils.data import DataLoader, TensorDataset
from torch_segmentation import SmallUNet, load

import tb_pairs_plugin as pairs
from tb_pairs_plugin.lightning import PairsCallback

EPOCHS = 8
MEAN, STD = 0.45, 0.22


class Segmentation(lightning.LightningModule):
    def __init__(self):
        super().__init__()
        self.network = SmallUNet(classes=len(DIGIT_CLASSES))
        self.weight = torch.tensor([1.0] + [3.0] * (len(DIGIT_CLASSES) - 1))

    def forward(self, images):
        return self.network(images)

    def training_step(self, batch):
        images, masks = batch
        return F.cross_entropy(self(images), masks, self.weight)

    def validation_step(self, batch):
        images, masks = batch
        scores = self(images)
        self.log("val/loss", F.cross_entropy(scores, masks, self.weight))
        return {"logits": scores}

    def configure_optimizers(self):
        return torch.optim.Adam(self.parameters(), lr=1e-2)


def loader(count, seed, shuffle=False):
    images, masks = load(count, seed)
    data = TensorDataset((images - MEAN) / STD, masks.long())
    return DataLoader(data, batch_size=20, shuffle=shuffle)


def main(log_dir):
    lightning.seed_everything(0, verbose=False)
    pictures = PairsCallback(
        "val/worst",
        mean=MEAN,
        std=STD,
        kind=pairs.Mask(classes=DIGIT_CLASSES),
        select=pairs.worst(6),
    )
    trainer = lightning.Trainer(
        max_epochs=EPOCHS,
        accelerator="cpu",
        logger=TensorBoardLogger(log_dir, name="", version=""),
        callbacks=[pictures],
        enable_checkpointing=False,
        enable_progress_bar=False,
        log_every_n_steps=4,
    )
    trainer.fit(Segmentation(), loader(160, seed=1, shuffle=True), loader(20, seed=2))


if __name__ == "__main__":
    log_dir = sys.argv[1] if len(sys.argv) > 1 else "logs/lightning_segmentation"
    main(log_dir)
    print(f"Look at the pairs with: tensorboard --logdir {log_dir}")
