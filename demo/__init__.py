# SPDX-License-Identifier: Apache-2.0
"""A demonstration that trains in about a minute and needs no data but what it installs."""
