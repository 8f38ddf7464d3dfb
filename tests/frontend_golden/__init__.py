# SPDX-License-Identifier: Apache-2.0
"""What the page must compute, worked out a second time in NumPy."""
