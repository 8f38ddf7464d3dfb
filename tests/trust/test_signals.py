# SPDX-License-Identifier: Apache-2.0
"""The handler of a signal may log and flush, whatever it interrupts, and nothing waits for itself.

A signal comes between any two lines. So the handler is called at each line of this package, and of
the standard library's threads and locks below it, not by a timer that meets some of them.
"""

from pathlib import Path

import pytest

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
handled = []

def handle():
    handled.append(log(100 + len(handled), where=f"{logdir}/both/a"))

interrupt(lambda: print(*(log_all(step, "both") for step in range(1, 4))), handle)
print(len(handled), all(handled))
print("training ended")
""",
        tmp_path,
    )
    logged, counts, _ = output.splitlines()
    assert logged == " ".join(["[True, True, True, True]"] * 3)
    called = int(counts.split()[0])
    assert (called > 200, counts.split()[1], stderr) == (True, "True", "")
    assert sorted(steps(tmp_path / "both/a")) == [1, 2, 3, *range(100, 100 + called)]
    assert count_kinds(tmp_path / "both") == 9


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


# What is called, what the handler does amid it, and in which files: once at each line of them.
SCENES = {
    "a summary without a writer": (
        "queue = pairs.background()",
        "pairs.summary_pb('x', picture, picture, 0)",
        "log_here(1), queue.flush()",
        ["recorder.py", "instability.py", "run.py", "reentry.py"],
    ),
    "the queue is ended": (
        "queue = pairs.background(queue=1)",
        "log_here(0), log_here(1), queue.close()",
        "log_here(2), queue.close()",
        ["background.py", "/threading.py"],
    ),
    "a queue forgets nothing that was written": (
        "queue = pairs.background(queue=9, when_full='drop_oldest')",
        "log_here(0), log_here(1)",
        "log_here(2), queue.flush()",
        ["background.py"],
    ),
    "the queue of the handler": (
        "",
        "log_here(0)",
        "in_background(2)",
        ["recorder.py", "log_directory.py", "instability.py"],
    ),
    "batches are collected": (
        "queue = pairs.background(); select = pairs.worst(2, by='mae');"
        "collector = pairs.Collector('c', writer=logdir + '/c', kind=pairs.Image(), select=select)",
        "collector.add(images, images, ids=list('abc'))",
        "log_here(2), queue.flush()",
        ["collector.py", "workers.py", "concurrent/futures/"],
    ),
    "another thread waits for what is interrupted": (
        "beside = threading.Thread(target=log, args=(7, 'a', here)); beside.start()",
        "log(0, where=logdir + '/other'), beside.join()",
        "time.sleep(0.01), log_here(2)",
        ["recorder.py", "log_directory.py", "instability.py"],
    ),
    "a file is one too many": (
        "log_directory._MOST_OPEN = 2; log_here(0)",
        "log_here(1)",
        "log(2, where=logdir + '/b'), log(2, where=logdir + '/c'), log_here(2)",
        ["recorder.py", "log_directory.py"],
    ),
}


@pytest.mark.parametrize("scene", SCENES)
def test_nothing_waits_for_itself_or_is_lost_where(tmp_path: Path, scene: str) -> None:
    before, call, handle, files = SCENES[scene]
    output, stderr = train(
        INTERRUPT
        + f"""
import time
from tb_pairs_plugin.writing.writers import log_directory

def log_here(step):
    logged.append(step)
    assert log(step, where=here)

def in_background(step):
    with pairs.background():
        log_here(step)

log(0, where=logdir + "/first")
number, lines = 0, 1
while number < lines:
    number += 1
    here, logged, queue = f"{{logdir}}/{{number}}", [], None
    {before}
    lines = interrupt(lambda: ({call}), lambda: ({handle}), {files}, number)
    if queue is not None:
        queue.close()
    print(*sorted(logged))
print("training ended")
""",
        tmp_path,
    )
    logged = [[int(step) for step in line.split()] for line in output.splitlines()[:-1]]
    assert (len(logged) > 15, stderr) == (True, "")
    for number, wanted in enumerate(logged, start=1):
        found = sorted(steps(tmp_path / str(number)))
        assert [step for step in found if step != 7] == wanted, number


def test_a_batch_that_is_collected_meanwhile_is_written_once(tmp_path: Path) -> None:
    output, stderr = train(
        INTERRUPT
        + """
number, lines = 0, 1
while number < lines:
    number += 1
    one = pairs.Collector("c", writer=f"{logdir}/{number}", kind=pairs.Image())
    one.add(picture, picture, ids=["a"])
    # Python looks for signals where a function is called, not between any two lines.
    lines = interrupt(lambda: one.add(picture, picture, ids=["b"]), lambda: one.write(1),
                      ["pairs.py", "selection.py", "rasters.py", "run.py"], number)
    one.write(2)
print(lines)
print("training ended")
""",
        tmp_path,
    )
    lines = int(output.split()[0])
    assert (lines > 20, stderr) == (True, "")
    for number in range(1, lines + 1):
        records = event_files.read(tmp_path / str(number))
        ids = [sample.id for record in records for sample in record.samples]
        assert ids == ["a", "b"], number


def test_a_process_that_is_forked_amid_a_call_writes_at_once(tmp_path: Path) -> None:
    """As the workers of a loader that a generator of pictures begins; they end by `os._exit`."""
    output, stderr = train(
        INTERRUPT
        + """
log(0, where=logdir + "/first")
number, lines = 0, 1
while number < lines:
    number += 1

    def fork():
        child = os.fork()
        if child == 0:
            try:
                log(2, where=f"{logdir}/{number}")
            finally:
                os._exit(0)
        os.waitpid(child, 0)

    files = ["run.py", "recorder.py", "log_directory.py", "reentry.py"]
    lines = interrupt(lambda: log(1, where=f"{logdir}/{number}"), fork, files, number)
print(lines)
print("training ended")
""",
        tmp_path,
    )
    lines = int(output.split()[0])
    assert (lines > 50, stderr) == (True, "")
    for number in range(1, lines + 1):
        assert sorted(steps(tmp_path / str(number))) == [1, 2], number


def test_ctrl_c_anywhere_does_not_put_off_what_comes_after(tmp_path: Path) -> None:
    """As in a notebook, which goes on."""
    output, stderr = train(
        INTERRUPT
        + """
def stop():
    raise KeyboardInterrupt

log(0, where=logdir + "/first")
number, lines = 0, 1
while number < lines:
    number += 1
    where = f"{logdir}/{number}"
    try:
        lines = interrupt(lambda: log(1, where=where), stop, ["run.py", "reentry.py"], number)
    except KeyboardInterrupt as error:
        lines, kept = number + 1, error
    assert log(2, where=where)
    # It is there now, not at the end.
    assert os.listdir(where)
print(number)
print("training ended")
""",
        tmp_path,
    )
    lines = int(output.split()[0])
    assert (lines > 20, stderr) == (True, "")
    for number in range(1, lines + 1):
        assert 2 in steps(tmp_path / str(number)), number
