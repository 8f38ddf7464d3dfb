# SPDX-License-Identifier: Apache-2.0
"""Semantic segmentation with Flax: class scores against ids, through a writer of clu."""

import sys

import jax
import numpy as np
import optax
from clu import metric_writers
from flax import linen as nn
from scenes import DIGIT_CLASSES, digit_scenes

import tb_pairs_plugin as pairs

EPOCHS = 12


class SmallNet(nn.Module):
    classes: int

    @nn.compact
    def __call__(self, x):
        fine = block(x, nn.Conv(16, (3, 3), strides=2))
        coarse = block(fine, nn.Conv(32, (3, 3), strides=2))
        coarse = block(coarse, nn.Conv(32, (3, 3), kernel_dilation=2))
        both = jax.numpy.concatenate([fine, resize(coarse, fine.shape)], axis=-1)
        joined = block(both, nn.Conv(24, (3, 3)))
        return resize(nn.Conv(self.classes, (1, 1))(joined), x.shape)


def block(x, convolution):
    return nn.relu(nn.GroupNorm(num_groups=8)(convolution(x)))


def resize(x, shape):
    return jax.image.resize(x, (*shape[:3], x.shape[-1]), "bilinear")


def load(count, seed):
    pictures, masks = digit_scenes(count, seed)
    return np.stack(pictures), np.stack(masks)


def main(log_dir):
    images, masks = load(160, seed=1)
    val_images, val_masks = load(6, seed=2)
    model = SmallNet(classes=len(DIGIT_CLASSES))
    optimizer = optax.adam(1e-2)
    params = model.init(jax.random.key(0), images[:1])
    state = optimizer.init(params)

    @jax.jit
    def train(params, state, images, masks):
        def measure(params):
            scores = model.apply(params, images)
            losses = optax.softmax_cross_entropy_with_integer_labels(scores, masks)
            return jax.numpy.mean(losses * jax.numpy.where(masks > 0, 3, 1))

        loss, gradients = jax.value_and_grad(measure)(params)
        updates, state = optimizer.update(gradients, state)
        return optax.apply_updates(params, updates), state, loss

    order = np.random.default_rng(0)
    writer = metric_writers.create_default_writer(log_dir)
    for epoch in range(EPOCHS):
        for batch in order.permutation(len(images)).reshape(-1, 20):
            params, state, loss = train(params, state, images[batch], masks[batch])
        writer.write_scalars(epoch, {"loss": loss})
        pairs.summary(
            "val/digits",
            val_masks,
            model.apply(params, val_images),
            step=epoch,
            image=val_images,
            kind=pairs.Mask(classes=DIGIT_CLASSES),
            writer=writer,
        )
    writer.close()


if __name__ == "__main__":
    log_dir = sys.argv[1] if len(sys.argv) > 1 else "logs/flax_segmentation"
    main(log_dir)
    print(f"Look at the pairs with: tensorboard --logdir {log_dir}")
