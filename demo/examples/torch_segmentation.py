# SPDX-License-Identifier: Apache-2.0
"""Semantic segmentation with PyTorch: class scores against ids, through a SummaryWriter."""

import sys

import torch
from scenes import DIGIT_CLASSES, digit_scenes
from torch import nn
from torch.nn import functional as F
from torch.utils.tensorboard import SummaryWriter

import tb_pairs_plugin as pairs

EPOCHS = 20


class SmallUNet(nn.Module):
    def __init__(self, classes):
        super().__init__()
        self.fine = self.block(1, 16, stride=2)
        self.middle = self.block(16, 32, stride=2)
        self.coarse = self.block(32, 32, dilation=2)
        self.join = self.block(48, 24)
        self.head = nn.Conv2d(24, classes, 1)

    @staticmethod
    def block(inputs, outputs, stride=1, dilation=1):
        convolution = nn.Conv2d(inputs, outputs, 3, stride, padding=dilation, dilation=dilation)
        return nn.Sequential(convolution, nn.BatchNorm2d(outputs), nn.ReLU())

    def forward(self, x):
        fine = self.fine(x)
        coarse = F.interpolate(self.coarse(self.middle(fine)), size=fine.shape[2:])
        return F.interpolate(self.head(self.join(torch.cat([fine, coarse], 1))), x.shape[2:])


def load(count, seed):
    pictures, masks = digit_scenes(count, seed)
    images = torch.stack([torch.from_numpy(picture) for picture in pictures])
    return images.permute(0, 3, 1, 2), torch.stack([torch.from_numpy(mask) for mask in masks])


def main(log_dir):
    torch.manual_seed(0)
    train_images, train_masks = load(400, seed=1)
    val_images, val_masks = load(6, seed=2)
    model = SmallUNet(classes=len(DIGIT_CLASSES))
    weight = torch.tensor([1.0] + [3.0] * (len(DIGIT_CLASSES) - 1))
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-2)

    with SummaryWriter(log_dir) as writer:
        for epoch in range(EPOCHS):
            model.train()
            for batch in torch.randperm(len(train_images)).split(20):
                loss = F.cross_entropy(
                    model(train_images[batch]), train_masks[batch].long(), weight
                )
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
            writer.add_scalar("loss", loss, epoch)

            model.eval()
            with torch.no_grad():
                scores = model(val_images)  # [6, 5, 64, 64]
            pairs.summary(
                "val/digits",
                val_masks,
                scores,
                step=epoch,
                image=val_images,
                kind=pairs.Mask(classes=DIGIT_CLASSES),
                data_format="channels_first",
                writer=writer,
            )


if __name__ == "__main__":
    log_dir = sys.argv[1] if len(sys.argv) > 1 else "logs/torch_segmentation"
    main(log_dir)
    print(f"Look at the pairs with: tensorboard --logdir {log_dir}")
