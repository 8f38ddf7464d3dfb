# SPDX-License-Identifier: Apache-2.0
"""Segmentation with MMEngine, with data samples as those of MMSegmentation, by one hook."""

import sys

import torch
from mmengine.evaluator import BaseMetric, Evaluator
from mmengine.model import BaseModel
from mmengine.runner import Runner
from mmengine.structures import BaseDataElement, PixelData
from torch import nn
from torch.nn import functional as F

import tb_pairs_plugin as pairs
import tb_pairs_plugin.mmengine  # makes the hook known

EPOCHS = 4


class Discs(torch.utils.data.Dataset):
    """Discs on noise, of which the colour is the class."""

    def __init__(self, count, seed):
        self.metainfo = {"classes": ("background", "blue", "green", "red")}
        self.count, self.seed = count, seed

    def __len__(self):
        return self.count

    def __getitem__(self, index):
        generator = torch.Generator().manual_seed(self.seed * 1000 + index)
        rows, columns = torch.meshgrid(torch.arange(64), torch.arange(64), indexing="ij")
        y, x = torch.randint(16, 48, (2,), generator=generator)
        disc = (rows - y) ** 2 + (columns - x) ** 2 < 14**2
        image = 100 + 30 * torch.randn(3, 64, 64, generator=generator)
        image[index % 3] += 90 * disc
        truth = PixelData(data=disc[None].long() * (index % 3 + 1))
        return {
            "inputs": image.clamp(0, 255).to(torch.uint8),
            "data_samples": BaseDataElement(gt_sem_seg=truth),
        }


class Segmentor(BaseModel):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(3, 16, 5, padding=2), nn.ReLU(), nn.Conv2d(16, 4, 5, padding=2)
        )

    def forward(self, inputs, data_samples, mode="tensor"):
        scores = self.layers(torch.stack(inputs) / 255)
        if mode == "loss":
            labels = torch.cat([sample.gt_sem_seg.data for sample in data_samples])
            return {"loss": F.cross_entropy(scores, labels)}
        for sample, one in zip(data_samples, scores, strict=True):
            sample.pred_sem_seg = PixelData(data=one.argmax(0, keepdim=True))
        return data_samples


class Accuracy(BaseMetric):
    def process(self, data_batch, data_samples):
        for sample in data_samples:
            right = sample["pred_sem_seg"]["data"] == sample["gt_sem_seg"]["data"]
            self.results.append(right.float().mean().item())

    def compute_metrics(self, results):
        return {"accuracy": sum(results) / len(results)}


def loader(count, seed, shuffle):
    sampler = {"type": "DefaultSampler", "shuffle": shuffle}
    return {"dataset": Discs(count, seed), "batch_size": 10, "num_workers": 0, "sampler": sampler}


def main(log_dir):
    runner = Runner(
        model=Segmentor(),
        work_dir=log_dir,
        train_dataloader=loader(200, 1, shuffle=True),
        val_dataloader=loader(20, 2, shuffle=False),
        train_cfg={"by_epoch": True, "max_epochs": EPOCHS},
        val_cfg={},
        optim_wrapper={"optimizer": {"type": "Adam", "lr": 1e-2}},
        val_evaluator=Evaluator(Accuracy(prefix="val")),
        default_hooks={"checkpoint": None},
        visualizer={"type": "Visualizer", "vis_backends": [{"type": "TensorboardVisBackend"}]},
        custom_hooks=[{"type": "PairsHook", "name": "val/worst", "select": pairs.worst(6)}],
        randomness={"seed": 0},
    )
    runner.train()


if __name__ == "__main__":
    log_dir = sys.argv[1] if len(sys.argv) > 1 else "logs/mmengine_segmentation"
    main(log_dir)
    print(f"Look at the pairs with: tensorboard --logdir {log_dir}")
