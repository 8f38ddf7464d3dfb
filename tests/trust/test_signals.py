# SPDX-License-Identifier: Apache-2.0
"""The handler of a signal may log and flush, whatever it interrupts, and nothing waits for itself.

A signal comes between any two lines. So the handler is called at each line of this package, and of
the standard library's threads and locks below it, not by a timer that meets some of them.
"""

from pathlib import Path

from tests.trust.trainings import steps, train
from tests.writing import event_files

INTERRUPT = """
import faulthandler
faulthandler.dump_traceback_later(300, exit=True)
from tb_pairs_plugin.writing import workers
# Each call asks the threads for help, which only large pictures are worth otherwise.
workers._SMALL_WORK = 0

FILES = "tb_pairs_plugin", "concurrent/futures/", "/threading.py", "/functools.py"

def interrupt(call, handle, files=FILES, number=None):
    # Calls `handle` at each line that `call` comes to the first time, or at one of them only.
    seen = set()

    def trace(frame, what, _):
        file = frame.f_code.co_filename
        if not any(one in file for one in files):
            return None
        if what == "line" and (file, frame.f_lineno) not in seen:
            seen.add((file, frame.f_lineno))
            if number in (None, len(seen)):
                handle()
        return trace

    sys.settrace(trace)
    call()
    sys.settrace(None)
    return len(seen)

random = np.random.default_rng(0)
images = random.integers(0, 256, (3, 16, 16, 3), np.uint8)
classes = random.integers(0, 5, (3, 16, 16), np.uint8)
depth = random.random((3, 16, 16), np.float32)
mask = pairs.Mask(classes=list("abcde"))

def log_all(step, where):
    place = f"{logdir}/{where}/kinds"
    return [
        log(step, where=f"{logdir}/{where}/a"),
        pairs.summary("image", images, images + step % 256, step, writer=place),
        pairs.summary("mask", classes, classes, step, writer=place, kind=mask,
                      select=pairs.worst(2, by="iou")),
        pairs.summary("depth", depth, depth + step, step, writer=place,
                      kind=pairs.Heatmap(range=(0, 1))),
    ]
"""


def count_kinds(directory: Path) -> int:
    return len(event_files.read(directory / "kinds"))


def test_the_handler_may_log_whatever_it_interrupts(tmp_path: Path) -> None:
    output, stderr = train(
        INTERRUPT
        + """
handled = {"both": [], "handler": []}

def handle():
    step = 100 + sum(map(len, handled.values()))
    # To files of its own and, in turn, to those that are written to.
    where = list(handled)[step % 2]
    handled[where].append(log_all(step, where))

interrupt(lambda: print(*(log_all(step, "both") for step in range(1, 4))), handle)
for kept in handled.values():
    print(len(kept), sum(one[0] for one in kept), sum(sum(one[1:]) for one in kept))
print("training ended")
""",
        tmp_path,
    )
    logged, both, handler, _ = output.splitlines()
    assert logged == " ".join(["[True, True, True, True]"] * 3)
    called, kept, kept_kinds = map(int, both.split())
    assert sorted(steps(tmp_path / "both/a"))[:3] == [1, 2, 3]
    assert len(steps(tmp_path / "both/a")) == 3 + kept
    assert count_kinds(tmp_path / "both") == 9 + kept_kinds
    # What was not written came amid a write to the same file, which is said once for each.
    assert 200 < called / 2 < kept < called
    assert stderr.count("the handler of a signal") == 2
    called, *all_kept = map(int, handler.split())
    assert all_kept == [called, 3 * called]
    assert len(steps(tmp_path / "handler/a")) == called
    assert count_kinds(tmp_path / "handler") == 3 * called


def test_the_handler_may_flush_what_is_logged_in_the_background(tmp_path: Path) -> None:
    """As one that saves all before a preemption."""
    output, stderr = train(
        INTERRUPT
        + """
handled = []
queue = pairs.background(queue=2)

def handle():
    step = 100 + len(handled)
    handled.append(log_all(step, "both"))
    queue.flush()

def train():
    print(*(log_all(step, "both") for step in range(1, 4)))
    queue.flush()

interrupt(train, handle)
queue.close()
print(len(handled), all(all(kept) for kept in handled))
print("training ended")
""",
        tmp_path,
    )
    calls, counts, _ = output.splitlines()
    called = int(counts.split()[0])
    assert calls == " ".join(["[True, True, True, True]"] * 3)
    assert (called > 200, counts.split()[1], stderr) == (True, "True", "")
    both = tmp_path / "both"
    assert sorted(steps(both / "a"))[:3] == [1, 2, 3]
    assert (len(steps(both / "a")), count_kinds(both)) == (3 + called, 3 * (3 + called))


def test_the_handler_may_begin_a_file_that_is_one_too_many(tmp_path: Path) -> None:
    """The one that was not used for longest is ended, unless it is written to at that moment."""
    output, stderr = train(
        INTERRUPT
        + """
from tb_pairs_plugin.writing.writers import log_directory
log_directory._MOST_OPEN = 2
number = written = 0
lines = 1
while number < lines:
    log(2 * number, where=f"{logdir}/a")
    log(number, where=f"{logdir}/other")
    number += 1
    lines = interrupt(
        lambda: log(2 * number - 1, where=f"{logdir}/a"),
        lambda: log(number, where=f"{logdir}/handler"),
        files=["log_directory.py"],
        number=number,
    )
print(number)
print("training ended")
""",
        tmp_path,
    )
    lines = int(output.split()[0])
    assert (lines > 20, stderr) == (True, "")
    assert sorted(steps(tmp_path / "a")) == list(range(2 * lines))
    assert sorted(steps(tmp_path / "handler")) == list(range(1, lines + 1))
