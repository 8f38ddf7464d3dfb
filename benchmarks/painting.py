# SPDX-License-Identifier: Apache-2.0
"""What painting a pane costs now and what it cost at another commit, in turns.

Command: `python -m benchmarks.painting COMMIT`; `--help` lists its options. The painter that needs
no GPU paints in Node, which needs the packages of the frontend (`npm ci` in `frontend/`). The other
commit paints twice: how far the two differ is the noise that a difference has to exceed.
"""

from __future__ import annotations

import json
import pathlib
import statistics
import subprocess

from benchmarks import commits, options, tables

_FRONTEND = commits.ROOT / "frontend"
_TIMES, _WARM = 11, 4  # paintings of a scene in a round

# Where the parts are that paint a pane. A commit has the first of these that it has all of.
_PAINTERS = (
    {
        "SoftwareRenderer": "pixels/software.ts",
        "LayerCompiler": "kinds/layer-compiler.ts",
        "paletteOf": "kinds/mask/palette.ts",
        "defaultDisplay": "kinds/registry.ts",
    },
    # Before there was a room for each kind, the painter compiled scenes itself.
    {
        "SoftwareRenderer": "paint/software.ts",
        "paletteOf": "render/palette.ts",
        "defaultDisplay": "render/types.ts",
    },
)


def main(commit: str, asked: options.Options) -> list[tables.Table]:
    """Measures and returns the table.

    Args:
        commit: anything that git takes for a commit of this repository.
        asked: how much to measure.

    Raises:
        ValueError: if git knows no such commit, or it has no painter that is known here.
    """
    with options.scratch() as folder:
        before = commits.extract(commit, "frontend/src", folder / "before") / "frontend" / "src"
        # What it imports from packages is that of now.
        before.with_name("node_modules").symlink_to(_FRONTEND / "node_modules")
        sides = {
            "before": _build(before, folder / "before.mjs"),
            "again": folder / "before.mjs",
            "now": _build(_FRONTEND / "src", folder / "now.mjs"),
        }
        times = ("1", "1") if asked.short else (str(_TIMES), str(_WARM))
        rounds = [
            {side: _paint(script, times) for side, script in sides.items()}
            for _ in range(asked.repeat)
        ]
    return [
        tables.Table(
            "painting",
            f"Processor time of painting a pane, as a ratio to that at {commit}",
            ["", f"{commit}, ms", "itself again", "now"],
            [_row(scene, rounds) for scene in rounds[0]["now"]],
            [f"Now is the working tree. {commit} again is {commit} in a second process."],
        )
    ]


def _build(source: pathlib.Path, script: pathlib.Path) -> pathlib.Path:
    """Bundles the painter of a folder of sources with the scenes, and returns the script."""
    parts = next((of for of in _PAINTERS if _has(source, of)), None)
    if parts is None:
        raise ValueError(f"{source} has none of the painters that benchmarks.painting knows")
    scene = "compiler.compile(scene)" if "LayerCompiler" in parts else "scene"
    lines = [f"import {{{name}}} from '{source / path}';" for name, path in parts.items()]
    lines += [
        f"import {{measure}} from '{pathlib.Path(__file__).with_suffix('.js')}';",
        "const renderer = new SoftwareRenderer();",
        *(["const compiler = new LayerCompiler();"] if "LayerCompiler" in parts else []),
        f"const render = (scene, canvas, out) => renderer.render({scene}, canvas, out);",
        "measure({render, forget: () => renderer.dispose(), paletteOf, defaultDisplay});",
    ]
    entry = script.with_suffix(".entry.ts")
    entry.write_text("\n".join(lines) + "\n", encoding="utf-8")
    bundler = [str(_FRONTEND / "node_modules" / ".bin" / "rolldown"), "--input", str(entry)]
    options_ = ["--config", "test/page.config.mjs", "--platform", "node", "--format", "esm"]
    _run([*bundler, *options_, "--file", str(script), "--no-codeSplitting"])
    return script


def _has(source: pathlib.Path, parts: dict[str, str]) -> bool:
    return all((source / path).is_file() for path in parts.values())


def _paint(script: pathlib.Path, times: tuple[str, str]) -> dict[str, float]:
    """Returns milliseconds by scene."""
    painted: dict[str, float] = json.loads(_run(["node", str(script), *times]))
    return painted


def _run(command: list[str]) -> str:
    ended = subprocess.run(command, cwd=_FRONTEND, capture_output=True, text=True, check=False)
    if ended.returncode:
        raise RuntimeError(f"{command[0]} failed: {ended.stderr.strip()[-2000:]}")
    return ended.stdout


def _row(scene: str, rounds: list[dict[str, dict[str, float]]]) -> list[str | tables.Ratio]:
    def ratio(side: str) -> tables.Ratio:
        return tables.Ratio(tuple(one[side][scene] / one["before"][scene] for one in rounds))

    before = statistics.median(one["before"][scene] for one in rounds) / 1000
    return [scene, tables.milliseconds(before), ratio("again"), ratio("now")]


if __name__ == "__main__":
    commits.run("benchmarks.painting", __doc__, main)
