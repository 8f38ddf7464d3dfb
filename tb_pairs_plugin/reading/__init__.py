# SPDX-License-Identifier: Apache-2.0
"""From TensorBoard's data to the answers of `http_api.md`. Never NumPy or TensorFlow."""
