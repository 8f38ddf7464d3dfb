# SPDX-License-Identifier: Apache-2.0
"""Where summaries go: one module per kind of writer, which alone knows that writer."""
