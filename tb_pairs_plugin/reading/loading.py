# SPDX-License-Identifier: Apache-2.0
"""Which program loads the logs, and so which flags messages may suggest."""

from __future__ import annotations

from dataclasses import dataclass

from tensorboard.plugins import base_plugin

from tb_pairs_plugin.record import metadata

_TENSORBOARD_DEFAULT = 10  # steps it keeps of a plugin that says nothing, and of images
_MORE_IMAGES = 100  # pictures take memory; whoever wants more can say so


@dataclass(frozen=True)
class Loading:
    """How the logs get into memory."""

    program: str
    """What keeps the steps, as a sentence names it."""

    limit: int | None
    """How many steps it keeps per run and tag; 0 is all, None is unknown."""

    keep_all: str
    """The flag of `program` that keeps all steps."""

    images_limit: int | None
    """How many pictures of the Images dashboard it keeps per run and tag, like `limit`."""

    keep_images: str
    """The flag that keeps more of them; 0 would keep all, and show none on the dashboard."""

    other_loader: str
    """The flag that makes another program load the logs; empty if there is none."""


def read_flags(context: base_plugin.TBContext) -> Loading:
    """Returns how this TensorBoard loads its logs."""
    plugin = metadata.PLUGIN_NAME
    if getattr(context.flags, "grpc_data_provider", ""):
        # Started by someone else, and so with flags that are not known here.
        return Loading(
            program="the data server",
            limit=None,
            keep_all=f"--samples-per-plugin={plugin}=all",
            images_limit=None,
            keep_images=f"--samples-per-plugin=images={_MORE_IMAGES}",
            other_loader="",
        )
    hints = context.sampling_hints or {}
    return Loading(
        program="TensorBoard",
        limit=int(hints.get(plugin, _TENSORBOARD_DEFAULT)),
        keep_all=f"--samples_per_plugin={plugin}=0",
        images_limit=int(hints.get("images", _TENSORBOARD_DEFAULT)),
        keep_images=f"--samples_per_plugin=images={_MORE_IMAGES}",
        other_loader="--load_fast=false",
    )
