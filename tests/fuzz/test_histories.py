# SPDX-License-Identifier: Apache-2.0
"""Whatever happens to a log, all that was written and is left is shown, whole and in its place."""

import logging
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from tensorboard.backend.event_processing import data_provider, plugin_event_multiplexer

from tests.fuzz import budget
from tests.fuzz.history import KINDS, History, Purge, Sample, Shown
from tests.reading import answers
from tests.writing import event_files

pytestmark = pytest.mark.timeout(budget.SECONDS)

RUNS = ["a", "b/c"]
LIMITS = [0, 1, 2, 3, 300]

runs = st.sampled_from(RUNS)
tags = st.sampled_from(sorted(KINDS))
steps = st.integers(0, 6)
samples = st.lists(
    st.builds(
        Sample,
        id=st.sampled_from(["x", "y", "z"]),
        truth=st.integers(0, 2),
        input=st.none() | st.integers(0, 1),
        caption=st.sampled_from([None, "night", "<b>\u202e"]),
        score=st.sampled_from([0.0, 0.25, float("inf"), float("nan")]),
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda sample: sample.id,
)


class Thinned(data_provider.MultiplexerDataProvider):  # type: ignore[misc]
    """Keeps, of each series by itself, the last step and any of the others."""

    def __init__(self, multiplexer: Any, logdir: str, dice: int) -> None:
        super().__init__(multiplexer, logdir)
        self._dice = dice

    def read_blob_sequences(self, *args: Any, **options: Any) -> Any:
        return self._thin(super().read_blob_sequences(*args, **options), self._dice)

    def read_tensors(self, *args: Any, **options: Any) -> Any:
        return self._thin(super().read_tensors(*args, **options), self._dice >> 3)

    def _thin(self, found: Any, dice: int) -> Any:
        return {
            run: {
                tag: [
                    datum
                    for place, datum in enumerate(data)
                    if datum is data[-1] or dice >> place % 16 & 1
                ]
                for tag, data in by_tag.items()
            }
            for run, by_tag in found.items()
        }


def seen(bundle: answers.Bundle, frame: dict[str, Any], tag: str) -> tuple[Shown, ...]:
    """A frame as a user sees it; a picture that can't be had is a failure."""

    def values(place: int | None) -> bytes | None:
        if place is None:
            return None
        entry = frame["pictures"][place]
        assert "error" not in entry, entry["error"]
        kind = {"mask": "mask"}.get(tag, "image")
        shown = event_files.values(bundle.blobs[entry["digest"]], entry, kind)
        return bytes(shown.astype(entry["dtype"]).tobytes())

    return tuple(
        Shown(
            id=one["id"],
            caption=one.get("caption") or None,
            score=str(float(one["metrics"]["score"])),
            truth=values(one["groundTruth"]) or b"",
            prediction=values(one["prediction"]) or b"",
            input=values(one.get("input")),
        )
        for one in frame["samples"]
    )


class Histories(RuleBasedStateMachine):
    """Processes that log, die, come back and take steps back; servers that look at any time."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="pairs-fuzz-"))
        self.history = History(self.folder)
        self.console_errors = LoggedErrors()
        logging.getLogger("tb_pairs_plugin").addHandler(self.console_errors)
        self.multiplexer = plugin_event_multiplexer.EventMultiplexer(
            tensor_size_guidance={"pairs": 0}
        )
        logdir = str(self.history.logdir)
        self.live = answers.App(data_provider.MultiplexerDataProvider(self.multiplexer, logdir), 0)

    @rule(run=runs, tag=tags, step=steps, samples=samples)
    def write(self, run: str, tag: str, step: int, samples: list[Sample]) -> None:
        self.history.write(run, tag, step, samples)

    @rule(run=runs, tag=tags, first=steps, count=st.integers(2, 6), samples=samples)
    def write_on(self, run: str, tag: str, first: int, count: int, samples: list[Sample]) -> None:
        for step in range(first, first + count):
            self.history.write(run, tag, step, samples)

    @rule(run=runs)
    def restart(self, run: str) -> None:
        self.history.start(run)

    @rule(run=runs, purge=steps)
    def restart_and_take_back(self, run: str, purge: int) -> None:
        self.history.start(run, purge)

    @precondition(lambda self: self.history.files)
    @rule(data=st.data(), place=st.integers(0, 9), share=st.floats(0, 1))
    def cut(self, data: st.DataObject, place: int, share: float) -> None:
        run = data.draw(st.sampled_from(sorted(self.history.files)))
        self.history.cut(run, place, share)

    @rule(limit=st.sampled_from(LIMITS))
    def look(self, limit: int) -> None:
        """A server that starts now shows all that is left, or as much as it was told to keep."""
        app = answers.app(self.history.logdir, limit)
        for run in RUNS:
            for tag in KINDS:
                self.check(app, run, tag, limit)

    @rule(dice=st.integers(0, 2**16 - 1))
    def look_at_some(self, dice: int) -> None:
        """Sampling may keep of metrics and of records whatever it likes."""
        multiplexer = answers.load(self.history.logdir, 0)._multiplexer
        app = answers.App(Thinned(multiplexer, str(self.history.logdir), dice), 0)
        for run in RUNS:
            for tag in KINDS:
                for step in self.steps(app, run, tag):
                    self.check_step(app, run, tag, step, sampled=True)

    @rule()
    def look_again(self) -> None:
        """A server that runs all the time shows nothing but what was written so."""
        self.multiplexer.AddRunsFromDirectory(str(self.history.logdir))
        self.multiplexer.Reload()
        for run in RUNS:
            for tag in KINDS:
                written = [
                    (one.step, one.shown)
                    for of, one in self.history.ever
                    if (of, one.tag) == (run, tag)
                ]
                for step in self.steps(self.live, run, tag):
                    bundle = self.live.frames(("tag", tag), ("at", f"{step}:{run}"))
                    (frame,) = bundle.frames
                    faults = [
                        picture for picture in frame.get("pictures", ()) if "error" in picture
                    ]
                    if "error" not in frame and not faults:
                        assert (step, seen(bundle, frame, tag)) in written

    def steps(self, app: answers.App, run: str, tag: str) -> list[int]:
        answer = app.get("series", ("tag", tag), ("run", run))
        if answer.status_code == 404:
            return []
        assert answer.status_code == 200, answer.text
        return [int(step) for step in answer.json["runs"][run]["steps"]]

    def check(self, app: answers.App, run: str, tag: str, limit: int) -> None:
        visible = self.history.visible(run, tag)
        shown = self.steps(app, run, tag)
        assert shown == sorted(set(shown))
        assert set(shown) <= {one.step for one in visible}
        if limit in (0, 300):
            assert set(shown) == {one.step for one in visible}
        left = self.history.left(run)
        purges = [place for place, event in enumerate(left) if isinstance(event, Purge)]
        if visible and visible[-1] in left[purges[-1] + 1 if purges else 0 :]:
            assert visible[-1].step in shown
        # Where fewer values are kept than processes have stored the same content, a restart may
        # take back the only one of them that is kept.
        may_miss = bool(purges) and 0 < limit < len(self.history.files[run])
        for step in shown:
            self.check_step(app, run, tag, step, may_miss=may_miss)

    def check_step(
        self,
        app: answers.App,
        run: str,
        tag: str,
        step: int,
        *,
        sampled: bool = False,
        may_miss: bool = False,
    ) -> None:
        bundle = app.frames(("tag", tag), ("at", f"{step}:{run}"))
        (frame,) = bundle.frames
        if sampled and "has no step" in frame.get("error", ""):
            return
        if may_miss and any("error" in picture for picture in frame.get("pictures", ())):
            return
        assert "error" not in frame, frame["error"]
        visible = [one.shown for one in self.history.visible(run, tag) if one.step == step]
        assert seen(bundle, frame, tag) in visible

    @invariant()
    def nothing_is_unexpected(self) -> None:
        assert self.console_errors.heard == []

    def teardown(self) -> None:
        logging.getLogger("tb_pairs_plugin").removeHandler(self.console_errors)
        self.history.end()
        shutil.rmtree(self.folder)


class LoggedErrors(logging.Handler):
    """What the server logs as an error."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(self.format(record))


TestHistories = Histories.TestCase
TestHistories.settings = settings(
    max_examples=budget.cases(15, 3000),
    stateful_step_count=budget.cases(15, 30),
    suppress_health_check=list(HealthCheck),
    print_blob=True,
)
