# SPDX-License-Identifier: Apache-2.0
"""SegFormer from scratch with the Trainer of transformers: the worst samples of each evaluation."""

import os
import sys

import torch
from transformers import (
    SegformerConfig,
    SegformerForSemanticSegmentation,
    Trainer,
    TrainingArguments,
)

import tb_pairs_plugin as pairs
from tb_pairs_plugin.transformers import PairsTrainerCallback

EPOCHS = 10
CLASSES = ["background", "red", "green", "blue"]


def data_set(count, seed):
    """Discs on noise, of which the colour is the class."""
    generator = torch.Generator().manual_seed(seed)
    rows, columns = torch.meshgrid(torch.arange(64), torch.arange(64), indexing="ij")
    samples = []
    for index in range(count):
        kind = index % (len(CLASSES) - 1)
        y, x = torch.randint(16, 48, (2,), generator=generator)
        disc = (rows - y) ** 2 + (columns - x) ** 2 < 14**2
        image = 0.4 + 0.1 * torch.randn(3, 64, 64, generator=generator)
        image[kind] += 0.4 * disc
        labels = disc.long() * (kind + 1)
        samples.append({"pixel_values": image.clamp(0, 1), "labels": labels})
    return samples


def main(log_dir):
    torch.manual_seed(0)
    config = SegformerConfig(
        id2label=dict(enumerate(CLASSES)),
        hidden_sizes=[16, 32, 32, 32],
        num_attention_heads=[1, 1, 1, 1],
        depths=[1, 1, 1, 1],
        decoder_hidden_size=32,
        hidden_dropout_prob=0.0,
        drop_path_rate=0.0,
        classifier_dropout_prob=0.0,
    )
    os.environ["TENSORBOARD_LOGGING_DIR"] = log_dir
    trainer = Trainer(
        SegformerForSemanticSegmentation(config),
        TrainingArguments(
            log_dir,
            num_train_epochs=EPOCHS,
            per_device_train_batch_size=10,
            learning_rate=5e-3,
            eval_strategy="epoch",
            save_strategy="no",
            report_to="tensorboard",
            use_cpu=True,
            disable_tqdm=True,
        ),
        train_dataset=data_set(200, seed=1),
        eval_dataset=data_set(20, seed=2),
    )
    # The logits have a quarter of the resolution of the labels; the callback brings them up.
    trainer.add_callback(PairsTrainerCallback("val/worst", select=pairs.worst(6), writer=trainer))
    trainer.train()


if __name__ == "__main__":
    log_dir = sys.argv[1] if len(sys.argv) > 1 else "logs/transformers_segmentation"
    main(log_dir)
    print(f"Look at the pairs with: tensorboard --logdir {log_dir}")
