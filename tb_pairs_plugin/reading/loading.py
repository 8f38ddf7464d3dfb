# SPDX-License-Identifier: Apache-2.0
"""Which program loads the logs, and so which flags messages may suggest."""

from __future__ import annotations

from dataclasses import dataclass

from tensorboard.plugins import base_plugin

from tb_pairs_plugin.record import metadata

_TENSORBOARD_DEFAULT = 10  # steps it keeps of a plugin that says nothing


@dataclass(frozen=True)
class Loading:
    """How the logs get into memory."""

    program: str
    """What keeps the steps, as a sentence names it."""

    limit: int | None
    """How many steps it keeps per run and tag; 0 is all, None is unknown."""

    keep_all: str
    """The flag of `program` that keeps all steps."""

    other_loader: str
    """The flag that makes another program load the logs; empty if there is none."""


def read_flags(context: base_plugin.TBContext) -> Loading:
    """Returns how this TensorBoard loads its logs."""
    plugin = metadata.PLUGIN_NAME
    if getattr(context.flags, "grpc_data_provider", ""):
        # Started by someone else, and so with flags that are not known here.
        return Loading("the data server", None, f"--samples-per-plugin={plugin}=all", "")
    limit = int((context.sampling_hints or {}).get(plugin, _TENSORBOARD_DEFAULT))
    return Loading("TensorBoard", limit, f"--samples_per_plugin={plugin}=0", "--load_fast=false")
