# SPDX-License-Identifier: Apache-2.0
"""What logging, serving and showing pairs cost, as ratios to the tools people use today.

Every module is a command, `python -m benchmarks.writing` and so on. `python -m benchmarks.all` runs
them all and writes the tables of `docs/performance.md`.
"""
