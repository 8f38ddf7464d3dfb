# SPDX-License-Identifier: Apache-2.0
"""The demo trains, logs and serves."""
