# SPDX-License-Identifier: Apache-2.0
"""What is installed is whole."""
