# SPDX-License-Identifier: Apache-2.0
"""From values to what a record stores: integers, layouts, PNG, and what is stored once."""
