# SPDX-License-Identifier: Apache-2.0
"""Stereo depth with PyTorch: one number per pixel, with pixels of unknown depth."""

import sys

import numpy as np
import skimage
import torch
from torch import nn
from torch.nn import functional as F

import tb_pairs_plugin as pairs

EPOCHS = 91
STRIPS = 4
MAX_DISPARITY = 64  # pixels


class StereoNet(nn.Module):
    """Compares features of both views at each shift, and takes the expected shift."""

    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(3, 16, 5, stride=2, padding=2),
            nn.ReLU(),
            nn.Conv2d(16, 16, 3, stride=2, padding=1),
            nn.ReLU(),
            nn.Conv2d(16, 16, 3, padding=1),
        )
        shifts = MAX_DISPARITY // 4
        self.regularize = nn.Sequential(
            nn.Conv2d(shifts, 32, 3, padding=1), nn.ReLU(), nn.Conv2d(32, shifts, 3, padding=1)
        )
        self.register_buffer("disparities", 4.0 * torch.arange(shifts).view(1, -1, 1, 1))

    def forward(self, left, right):
        ours, theirs = (F.normalize(self.features(view), dim=1) for view in (left, right))
        similarity = torch.stack(
            [
                (ours * F.pad(theirs, (shift, 0))[..., : ours.shape[3]]).sum(1)
                for shift in range(self.disparities.shape[1])
            ],
            dim=1,
        )
        weights = (10 * similarity + self.regularize(similarity)).softmax(1)
        disparity = (weights * self.disparities).sum(1, keepdim=True)
        return F.interpolate(disparity, left.shape[2:], mode="bilinear")[:, 0]


def load_strips():
    """Returns strips of a stereo photo: left and right [n, 3, h, w], disparity [n, h, w]."""
    left, right, disparity = skimage.data.stereo_motorcycle()

    def strips(values):
        return torch.stack(
            [torch.from_numpy(part) for part in np.split(values[:496, :736], STRIPS)]
        )

    views = [strips(view).permute(0, 3, 1, 2) / 255 for view in (left, right)]
    return *views, strips(disparity)


def main(log_dir):
    torch.manual_seed(0)
    left, right, disparity = load_strips()  # inf where the scanner saw nothing
    known = disparity.isfinite()
    model = StereoNet()
    optimizer = torch.optim.Adam(model.parameters(), lr=5e-3)

    for epoch in range(EPOCHS):
        predicted = model(left, right)
        loss = F.l1_loss(predicted[known], disparity[known])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

        if epoch % 10 == 0:
            pairs.summary(
                "train/disparity",
                disparity,
                predicted,
                step=epoch,
                image=left,
                kind=pairs.Heatmap(range=(0, MAX_DISPARITY), colormap="turbo", unit="px"),
                data_format="channels_first",
                writer=log_dir,
            )


if __name__ == "__main__":
    log_dir = sys.argv[1] if len(sys.argv) > 1 else "logs/depth"
    main(log_dir)
    print(f"Look at the pairs with: tensorboard --logdir {log_dir}")
