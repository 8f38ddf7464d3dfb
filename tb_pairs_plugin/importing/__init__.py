# SPDX-License-Identifier: Apache-2.0
"""Logs that exist already, written again as pairs: `python -m tb_pairs_plugin.importing LOGDIR`."""
