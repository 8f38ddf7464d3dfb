# SPDX-License-Identifier: Apache-2.0
"""The programs of `demo/examples` run, and end in pictures that TensorBoard serves."""
