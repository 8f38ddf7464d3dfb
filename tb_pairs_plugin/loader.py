# SPDX-License-Identifier: Apache-2.0
"""The entry point that TensorBoard imports when it starts.

An error while this module is imported, or in `fix_flags`, would keep TensorBoard itself from
starting, so nothing is imported here but what TensorBoard has imported already.
"""

from __future__ import annotations

import argparse
import logging

from tensorboard.plugins import base_plugin

# Why so many: docs/decisions/0002-steps-kept.md
STEPS_KEPT = 300  # per run and tag

_PLUGIN_NAME = "pairs"

logger = logging.getLogger(__name__)


class PairsLoader(base_plugin.TBLoader):  # type: ignore[misc]
    """Makes the plugin or, where that fails, one whose tab says why."""

    def define_flags(self, parser: argparse.ArgumentParser) -> None:
        """Adds the flag that names a rule file; another plugin may have taken its name."""
        try:
            parser.add_argument_group("pairs plugin").add_argument(
                "--pairs_rules",
                metavar="FILE",
                type=str,
                default="",
                help="Rules that say which existing pictures are pairs (default: pairs.json in "
                "the log directory). What is wrong in it is said in the Pairs tab.",
            )
        except Exception as error:
            logger.warning("Pairs can't add the flag --pairs_rules: %s", error)

    def fix_flags(self, flags: argparse.Namespace) -> None:
        """Asks TensorBoard to keep more than ten steps, unless the user said how many."""
        try:
            flags.samples_per_plugin.setdefault(_PLUGIN_NAME, STEPS_KEPT)
        except Exception as error:
            logger.warning("Pairs can't ask TensorBoard to keep more than ten steps: %s", error)

    def load(self, context: base_plugin.TBContext) -> base_plugin.TBPlugin | None:
        """Returns the plugin, or None where it is loaded already."""
        if _PLUGIN_NAME in (context.plugin_name_to_instance or {}):
            logger.warning("The plugin %r is installed twice; this one is not used.", _PLUGIN_NAME)
            return None
        try:
            from tb_pairs_plugin import plugin

            return plugin.PairsPlugin(context)
        except Exception as error:
            logger.exception("The Pairs plugin can't start; its tab will say so.")
            return _explain(error)


def _explain(error: Exception) -> base_plugin.TBPlugin | None:
    try:
        from tb_pairs_plugin import fallback

        return fallback.BrokenPlugin(
            f"The Pairs plugin could not start: {type(error).__name__}: {error}. "
            "Install tb_pairs_plugin again, then restart TensorBoard; "
            "its console shows where the error is."
        )
    except Exception:
        logger.exception("The Pairs plugin can't even say so.")
        return None
