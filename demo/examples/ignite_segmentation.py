# SPDX-License-Identifier: Apache-2.0
"""Semantic segmentation with ignite: the worst samples of each validation, by one handler."""

import sys

import torch
from ignite.engine import Events, create_supervised_evaluator, create_supervised_trainer
from scenes import DIGIT_CLASSES
from torch import nn
from torch.utils.data import DataLoader, TensorDataset
from torch_segmentation import SmallUNet, load

import tb_pairs_plugin as pairs
from tb_pairs_plugin.ignite import PairsHandler

EPOCHS = 12


def loader(count, seed, shuffle=False):
    images, masks = load(count, seed)
    return DataLoader(TensorDataset(images, masks.long()), batch_size=20, shuffle=shuffle)


def main(log_dir):
    torch.manual_seed(0)
    model = SmallUNet(classes=len(DIGIT_CLASSES))
    weight = torch.tensor([1.0] + [3.0] * (len(DIGIT_CLASSES) - 1))
    trainer = create_supervised_trainer(
        model, torch.optim.Adam(model.parameters(), lr=1e-2), nn.CrossEntropyLoss(weight)
    )
    evaluator = create_supervised_evaluator(model)
    validation = loader(20, seed=2)
    trainer.add_event_handler(Events.EPOCH_COMPLETED, lambda: evaluator.run(validation))
    PairsHandler(
        "val/worst",
        trainer=trainer,
        kind=pairs.Mask(classes=DIGIT_CLASSES),
        select=pairs.worst(6),
        writer=log_dir,
    ).attach(evaluator)
    trainer.run(loader(160, seed=1, shuffle=True), max_epochs=EPOCHS)


if __name__ == "__main__":
    log_dir = sys.argv[1] if len(sys.argv) > 1 else "logs/ignite_segmentation"
    main(log_dir)
    print(f"Look at the pairs with: tensorboard --logdir {log_dir}")
