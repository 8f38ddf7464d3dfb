# SPDX-License-Identifier: Apache-2.0
"""`python -m tb_pairs_plugin.importing LOGDIR`: pairs out of a log that exists already."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from tb_pairs_plugin.importing import decoding, report
from tb_pairs_plugin.importing.counted import counted
from tb_pairs_plugin.importing.importer import Importer, ImportingError, Progress, Work
from tb_pairs_plugin.pairing import rule_file
from tb_pairs_plugin.pairing.proposals import IMPORT_FOLDER
from tb_pairs_plugin.pairing.rule_file import RuleFile

# Exit status where something of the log could not be read, so that not all of it was imported.
NOT_ALL = 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Imports; returns the exit status.

    0 where all that is in the log was imported, 1 where the import can't go on, 2 for wrong
    arguments, `NOT_ALL` where something could not be read.
    """
    given = _parse(arguments)
    try:
        return _import(given)
    except (ImportingError, decoding.DecodeError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("stopped; the same command goes on from here", file=sys.stderr)
        return 1


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tb_pairs_plugin.importing",
        description="Writes the pairs that are in the pictures of a log as records for the Pairs "
        "tab, all steps of them. What is there already is not touched; a second run writes what is "
        "new.",
    )
    parser.add_argument("logdir", type=Path, metavar="LOGDIR", help="the log directory")
    parser.add_argument(
        "--out",
        type=Path,
        metavar="DIR",
        help="write to a folder per run in DIR, under the names of the runs; LOGDIR itself adds a "
        f"file to each run (default: a folder {IMPORT_FOLDER} in each run)",
    )
    parser.add_argument(
        "--rules",
        type=Path,
        metavar="FILE",
        help=f"rule file (default: {rule_file.NAME} in LOGDIR, if it is there)",
    )
    parser.add_argument("--dry-run", action="store_true", help="say what would be done, only")
    given = parser.parse_args(arguments)
    if "://" in str(given.logdir) or ":/" in str(given.logdir)[2:]:
        parser.error(f"{given.logdir} is not on this machine; copy it here first")
    if not given.logdir.is_dir():
        parser.error(f"{given.logdir} is not a directory, want a log directory")
    if given.rules is not None and given.rules.is_dir():
        parser.error(f"{given.rules} is a directory, want a rule file")
    if given.rules is not None and not given.rules.exists():
        parser.error(f"{given.rules} is not there, want a rule file")
    return given


def _import(given: argparse.Namespace) -> int:
    decoding.require()
    importer = Importer(given.logdir, given.out, _rules(given), given.dry_run, _progress())
    runs = written = 0
    is_whole = True
    said: set[str] = set()
    for run in importer.runs():
        runs += 1
        for problem in run.rule_problems:
            if problem not in said:
                said.add(problem)
                print(f"rule file: {problem}", file=sys.stderr)
        for line in report.format_lines(run, given.dry_run):
            print(line)
        written += sum(one.written for one in run.series)
        is_whole &= run.is_whole
    for error in importer.unlisted:
        is_whole = False
        print(report.shown(f"! {error.filename} can't be listed: {error.strerror}"))
    done = "would be written" if given.dry_run else "written"
    print(
        f"{counted(written, 'record')} {done}"
        if runs
        else f"there are no event files in {given.logdir}"
    )
    if is_whole:
        return 0
    would = "would be" if given.dry_run else "was"
    print(f'not all {would} imported: see the lines with "!" and "left out"', file=sys.stderr)
    return NOT_ALL


def _rules(given: argparse.Namespace) -> RuleFile:
    path = given.rules or given.logdir / rule_file.NAME
    try:
        return rule_file.parse(rule_file.read(path, is_named=given.rules is not None))
    except FileNotFoundError:
        return RuleFile()
    except OSError as error:
        raise ImportingError(f"the rule file {path} can't be read: {error.strerror}") from None


def _progress() -> Progress:
    try:
        from tqdm import tqdm
    except ImportError:
        return lambda work, run: work

    def show(work: Sequence[Work], run: str) -> Iterable[Work]:
        # None: only on a terminal.
        bar: Iterable[Work] = tqdm(work, desc=run, unit="record", leave=False, disable=None)
        return bar

    return show


if __name__ == "__main__":
    sys.exit(main())
