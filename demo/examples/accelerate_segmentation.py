# SPDX-License-Identifier: Apache-2.0
"""Semantic segmentation with accelerate: through its tracker, which writes on the main process."""

import sys

import torch
from accelerate import Accelerator
from scenes import DIGIT_CLASSES
from torch.nn import functional as F
from torch.utils.data import DataLoader, TensorDataset
from torch_segmentation import SmallUNet, load

import tb_pairs_plugin as pairs

EPOCHS = 8


def main(log_dir):
    torch.manual_seed(0)
    accelerator = Accelerator(cpu=True, log_with="tensorboard", project_dir=log_dir)
    accelerator.init_trackers("run")
    model = SmallUNet(classes=len(DIGIT_CLASSES))
    weight = torch.tensor([1.0] + [3.0] * (len(DIGIT_CLASSES) - 1))
    images, masks = load(160, seed=1)
    model, optimizer, loader = accelerator.prepare(
        model,
        torch.optim.Adam(model.parameters(), lr=1e-2),
        DataLoader(TensorDataset(images, masks.long()), batch_size=20, shuffle=True),
    )
    val_images, val_masks = load(6, seed=2)
    for epoch in range(EPOCHS):
        model.train()
        for images, masks in loader:
            loss = F.cross_entropy(model(images), masks, weight)
            optimizer.zero_grad()
            accelerator.backward(loss)
            optimizer.step()
        accelerator.log({"loss": loss.item()}, step=epoch)

        model.eval()
        with torch.no_grad():
            scores = model(val_images)
        pairs.summary(
            "val/digits",
            val_masks,
            scores,
            step=epoch,
            image=val_images,
            kind=pairs.Mask(classes=DIGIT_CLASSES),
            data_format="channels_first",
            writer=accelerator.get_tracker("tensorboard"),
        )
    accelerator.end_training()


if __name__ == "__main__":
    log_dir = sys.argv[1] if len(sys.argv) > 1 else "logs/accelerate_segmentation"
    main(log_dir)
    print(f"Look at the pairs with: tensorboard --logdir {log_dir}")
