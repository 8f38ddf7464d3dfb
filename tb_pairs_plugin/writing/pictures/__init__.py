# SPDX-License-Identifier: Apache-2.0
"""Pixels as bytes: the integers that are stored, the layouts, and PNG. Knows no kind."""
