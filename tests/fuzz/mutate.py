# SPDX-License-Identifier: Apache-2.0
"""Shows wrong event files to the server, in process, and looks at each of its answers.

    python -m tests.fuzz.mutate --cases 100000
    python -m tests.fuzz.mutate --first 4711 --cases 1

Ends with status 1 and the number of the case where an answer is not what `http_api.md` allows.
"""

import argparse
import json
import logging
import resource
import shutil
import struct
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, NoReturn

from tensorboard.backend.event_processing import data_provider, plugin_event_multiplexer
from werkzeug.test import TestResponse

from tb_pairs_plugin.record.manifest import MAX_PICTURE_PIXELS
from tests.fuzz import mutations
from tests.reading import answers

MOST_SECONDS = 1.0  # of processor time, for one answer
# What a warm process may come to need more, whatever it is shown.
MOST_GROWTH = 64 * 1024 * 1024  # bytes resident
MOST_PEAK = 512 * 1024 * 1024  # bytes resident, more than at the start
TYPES = {
    "tags": "application/json",
    "series": "application/json",
    "counts": "application/json",
    "samples": "application/json",
    "frames": "application/octet-stream",
    "picture": "image/png",
}


class Finding(Exception):
    """An answer that is not allowed."""


class Server:
    """The plugin over one wrong event file."""

    def __init__(self, logdir: Path) -> None:
        multiplexer = plugin_event_multiplexer.EventMultiplexer(tensor_size_guidance={"pairs": 300})
        multiplexer.AddRunsFromDirectory(str(logdir))
        try:
            multiplexer.Reload()
        except Exception as error:
            # TensorBoard's own: the file ends here for it.
            logging.debug("not loaded to its end: %r", error)
        provider = data_provider.MultiplexerDataProvider(multiplexer, str(logdir))
        self._app = answers.App(provider)

    def ask(self, route: str, *parameters: tuple[str, str]) -> TestResponse | None:
        """Returns the answer if it is one of success; a refusal is None."""
        before = time.process_time()
        answer = self._app.get(route, *parameters)
        took = time.process_time() - before
        if took > MOST_SECONDS:
            raise Finding(f"{route} took {took:.1f} s")
        if answer.headers.get("X-Content-Type-Options") != "nosniff":
            raise Finding(f"{route} can be sniffed")
        if answer.status_code in (400, 404):
            if answer.content_type != "text/plain; charset=utf-8":
                raise Finding(f"{route} refused by {answer.content_type}: {answer.text[:200]}")
            return None
        if answer.status_code != 200 or answer.content_type != TYPES[route]:
            raise Finding(f"{route} answered {answer.status_code} as {answer.content_type}")
        return answer


def check(logdir: Path) -> None:
    """Asks all there is to ask of a log directory.

    Raises:
      Finding: If an answer is not allowed.
    """
    server = Server(logdir)
    found = server.ask("tags")
    if found is None:
        raise Finding("tags was refused")
    listed = [one["tag"] for one in _strict(found.data)["tags"]]
    for tag in dict.fromkeys((*listed, *mutations.TAGS)):
        steps = {str(step) for step in range(mutations.STEPS)}
        for route in ("series", "samples"):
            answer = server.ask(route, ("tag", tag))
            if answer is not None:
                for run in _strict(answer.data)["runs"].values():
                    steps.update(run["steps"])
        at = [("at", f"{step}:run") for step in sorted(steps)]
        counted = server.ask("counts", ("tag", tag), *at)
        if counted is not None:
            _strict(counted.data)
        answer = server.ask("frames", ("tag", tag), *at)
        if answer is None:
            continue
        bundle = answers.unpack(answer.data)
        _strict(answer.data[8 : 8 + struct.unpack_from("<I", answer.data, 4)[0]])
        pictures = [
            (frame, picture) for frame in bundle.frames for picture in frame.get("pictures", ())
        ]
        for _, picture in pictures:
            _check_picture(bundle, picture)
        for frame, picture in pictures[:1] + [one for one in pictures if "error" in one[1]][:2]:
            _check_alone(server, bundle, tag, frame, picture)


def _check_alone(
    server: Server, bundle: answers.Bundle, tag: str, frame: dict[str, Any], picture: dict[str, Any]
) -> None:
    place = [("run", frame["run"]), ("step", frame["step"]), ("digest", picture["digest"])]
    alone = server.ask("picture", ("tag", tag), *place)
    if alone is not None and alone.data != bundle.blobs.get(picture["digest"]):
        raise Finding("another picture under the same digest")


def _check_picture(bundle: answers.Bundle, picture: dict[str, Any]) -> None:
    if "error" in picture:
        if not isinstance(picture["error"], str) or not picture["error"]:
            raise Finding("a fault without a sentence")
        return
    blob = bundle.blobs[picture["digest"]]
    if not blob.startswith(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"):
        raise Finding("a blob that is no PNG")
    width, height = struct.unpack_from(">II", blob, 16)
    if (width, height) != _png_size(picture):
        raise Finding("a PNG of another size than is said")
    if picture["width"] * picture["height"] > MAX_PICTURE_PIXELS:
        raise Finding("a PNG of too many pixels")


def _png_size(picture: dict[str, Any]) -> tuple[int, int]:
    if picture["layout"] == "neighbors":
        columns = (picture["width"] + 1) // 2
        return columns, (picture["height"] + 1) // 2 + -(-picture["literals"] // columns)
    return picture["width"], picture["height"] * (
        picture["bits"] // 8 if picture["layout"] == "split" else 1
    )


def _strict(data: bytes) -> Any:
    def refuse(name: str) -> NoReturn:
        raise Finding(f"{name} in JSON")

    value = json.loads(data.decode("utf-8"), parse_constant=refuse)
    json.dumps(value, ensure_ascii=False).encode("utf-8")
    return value


def resident() -> int:
    """Returns how many bytes this process has in memory."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * resource.getpagesize()


def peak() -> int:
    """Returns the most bytes that this process ever had in memory."""
    # Not `ru_maxrss`, which counts what the process that started this one had.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


def main() -> int:
    """Runs the cases that the command line asks for; returns the status to end with."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--first", type=int, default=0, help="number of the first case")
    parser.add_argument("--cases", type=int, default=2000, help="how many cases")
    arguments = parser.parse_args()
    logging.disable(logging.WARNING)
    folder = Path(tempfile.mkdtemp(prefix="pairs-fuzz-"))
    findings = 0
    mutations.write(-1, folder / "warm" / "run")
    check(folder / "warm")
    start = warm = resident()
    for done in range(arguments.cases):
        number = arguments.first + done
        logdir = folder / str(number)
        mutations.write(number, logdir / "run")
        try:
            check(logdir)
        except Exception as error:
            findings += 1
            print(f"case {number}: {type(error).__name__}: {error}", flush=True)
        shutil.rmtree(logdir)
        if done == arguments.cases // 4:
            warm = resident()
    grown, most = resident() - warm, peak() - start
    shutil.rmtree(folder)
    print(f"{arguments.cases} cases, {findings} findings; ", end="")
    print(f"memory {grown / 2**20:+.0f} MiB after warming up, {most / 2**20:+.0f} MiB at its peak")
    return int(findings > 0 or grown > MOST_GROWTH or most > MOST_PEAK)


if __name__ == "__main__":
    sys.exit(main())
