# SPDX-License-Identifier: Apache-2.0
"""What docs/frameworks.md tells to write runs, and writes."""

import re

import pytest

from tests.frameworks import interpreters, readback
from tests.frameworks.cases import document

SECTIONS = {
    "TensorFlow": ("tensorflow", {"val/segmentation"}),
    "Several replicas": ("tensorflow", {"val/segmentation"}),
    "Keras": ("keras", {"chosen", "worst"}),
    "Sessions of TensorFlow 1": ("tensorflow", {"train/depth"}),
    "Estimators": ("tensorflow_estimator", {"chosen"}),
    "PyTorch": ("torch", {"val/segmentation"}),
    "Loops like torchvision's": ("torch", {"val/worst"}),
    "Lightning": ("lightning", {"val/masks"}),
    "transformers": ("transformers", {"val/masks"}),
    "fastai": ("fastai", {"val/masks"}),
    "ignite": ("ignite", {"val/masks"}),
    "MONAI": ("monai", {"val/spleen"}),
    "MMEngine": ("mmengine", {"val/masks"}),
    "accelerate": ("accelerate", {"val/segmentation"}),
    "Flax and clu": ("clu", {"val/segmentation"}),
    "tensorboardX": ("tensorboardX", {"val/segmentation"}),
    "JAX, NumPy, anything else": ("numpy", {"val/depth"}),
}


@pytest.mark.parametrize("heading", SECTIONS)
def test_a_section_runs_and_writes(heading, tmp_path, tensorboard):
    module, tags = SECTIONS[heading]
    python = interpreters.choose(module, [module])
    interpreters.run(python, "-m", "tests.frameworks.cases.document", tmp_path, heading)
    server = tensorboard(tmp_path / "logs", load_fast=True)
    assert set(readback.tags(server)) == tags


def test_each_section_with_code_is_run():
    assert set(document.sections()) == set(SECTIONS)


# What the page calls a package, where that is not its name.
CALLED = {
    "jax": "JAX",
    "keras": "Keras",
    "lightning": "Lightning",
    "mmengine": "MMEngine",
    "monai": "MONAI",
    "pytorch-ignite": "ignite",
    "tensorflow-cpu": "TensorFlow",
}


def test_the_versions_of_toolkits_are_named_as_they_are_installed():
    text = (interpreters.ROOT / "docs" / "frameworks.md").read_text(encoding="utf-8")
    (named,) = re.findall(r"^The versions that [^.]*(?:\.\d[^.]*)*\.$", text, re.MULTILINE)
    wanted = {
        f"{CALLED.get(package, package)} {version}"
        for path in (interpreters.ROOT / "tests" / "frameworks").glob("requirements*.txt")
        for package, version in re.findall(
            r"^([\w-]+)[>=]=([\d.]+)", path.read_text(), re.MULTILINE
        )
        if package in {*CALLED, "accelerate", "fastai", "tensorboardX", "torch", "transformers"}
    }
    assert set(re.findall(r"\w+ \d[\d.]*\d", named)) == wanted


@pytest.mark.parametrize("page", ["frameworks.md", "migrating.md"])
def test_links_lead_somewhere(page):
    text = (interpreters.ROOT / "docs" / page).read_text(encoding="utf-8")
    headings = {
        re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-")
        for heading in re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    }
    for link in re.findall(r"\]\(([^)]+)\)", text):
        if link.startswith("#"):
            assert link[1:] in headings
        else:
            assert (interpreters.ROOT / "docs" / link).exists(), link
