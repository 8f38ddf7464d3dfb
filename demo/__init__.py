# SPDX-License-Identifier: Apache-2.0
"""A demonstration that trains in a few minutes and needs no data but what it installs."""
