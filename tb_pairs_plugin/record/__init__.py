# SPDX-License-Identifier: Apache-2.0
"""What writing and reading agree on; specified by `docs/format.md`. Standard library only."""
