# SPDX-License-Identifier: Apache-2.0
"""Pairs of pictures that were logged for TensorBoard's Images dashboard, served as they are."""

PLUGIN_NAME = "images"  # of TensorBoard's plugin that they were logged for
