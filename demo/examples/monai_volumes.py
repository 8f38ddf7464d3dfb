# SPDX-License-Identifier: Apache-2.0
"""Segmentation of volumes with MONAI: slices of each validation, by one handler."""

import sys

import torch
from monai.data import DataLoader
from monai.engines import SupervisedEvaluator, SupervisedTrainer
from monai.handlers import ValidationHandler
from monai.losses import DiceCELoss
from monai.networks.nets import UNet
from monai.transforms import AsDiscreted
from monai.utils import set_determinism

import tb_pairs_plugin as pairs
from tb_pairs_plugin.monai import PairsHandler

EPOCHS = 8
SIZE = 32


def volumes(count, seed):
    """Balls in noise, of two intensities, as a scanner might see them: one class each."""
    generator = torch.Generator().manual_seed(seed)
    places = torch.stack(torch.meshgrid(*[torch.arange(SIZE)] * 3, indexing="ij"))
    samples = []
    for _ in range(count):
        label = torch.zeros(SIZE, SIZE, SIZE)
        for kind in (1, 2):
            center = torch.randint(8, 24, (3, 1, 1, 1), generator=generator)
            label[((places - center) ** 2).sum(0) < 49] = kind
        image = 100 * label + 30 * torch.randn(label.shape, generator=generator)
        samples.append({"image": image[None] / 100, "label": label[None]})
    return samples


def main(log_dir):
    set_determinism(0)
    network = UNet(3, 1, 3, channels=(8, 16, 32), strides=(2, 2))
    evaluator = SupervisedEvaluator(
        device="cpu",
        val_data_loader=DataLoader(volumes(4, seed=2), batch_size=2),
        network=network,
        postprocessing=AsDiscreted(["pred", "label"], argmax=[True, False], to_onehot=3),
    )
    trainer = SupervisedTrainer(
        device="cpu",
        max_epochs=EPOCHS,
        train_data_loader=DataLoader(volumes(12, seed=1), batch_size=2),
        network=network,
        optimizer=torch.optim.Adam(network.parameters(), 2e-2),
        loss_function=DiceCELoss(to_onehot_y=True, softmax=True),
        train_handlers=[ValidationHandler(interval=1, validator=evaluator)],
    )
    PairsHandler(
        "val/balls",
        trainer=trainer,
        slices=4,
        window=(-1, 3),
        kind=pairs.Mask(classes=["background", "soft", "hard"]),
        select=pairs.worst(4),
        writer=log_dir,
    ).attach(evaluator)
    trainer.run()


if __name__ == "__main__":
    log_dir = sys.argv[1] if len(sys.argv) > 1 else "logs/monai_volumes"
    main(log_dir)
    print(f"Look at the pairs with: tensorboard --logdir {log_dir}")
