# SPDX-License-Identifier: Apache-2.0
"""From arrays of any framework to one event in an event file; see `docs/architecture.md`."""
