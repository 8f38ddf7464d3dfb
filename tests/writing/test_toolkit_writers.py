# SPDX-License-Identifier: Apache-2.0
"""`writer=`: objects of toolkits that hold a writer, as far as they can be made without them.

Those of Lightning, transformers, MONAI, ignite and MMEngine are tested with the real libraries in
`tests/frameworks`.
"""

import numpy as np
import pytest

import tb_pairs_plugin as pairs
from tests.writing import event_files

TRUTH = np.zeros((1, 6, 7), np.int64)


def of(module, name, **attributes):
    """Makes an object of a class that a module is said to define."""
    return type(name, (), {"__module__": module, **attributes})()


def write(writer):
    return pairs.summary("t", TRUTH, TRUTH, 0, writer=writer)


@pytest.mark.parametrize("is_nested", [False, True])
def test_a_writer_of_clu_is_the_one_of_tensorflow_that_it_holds(is_nested, tmp_path):
    tf = pytest.importorskip("tensorflow")
    inner = tf.summary.create_file_writer(str(tmp_path))
    writer = of("clu.metric_writers.summary_writer", "SummaryWriter", _summary_writer=inner)
    if is_nested:
        logging = of("clu.metric_writers.logging_writer", "LoggingWriter")
        several = of("clu.metric_writers.multi_writer", "MultiWriter", _writers=(logging, writer))
        writer = of("clu.metric_writers.async_writer", "AsyncWriter", _writer=several)
    assert write(writer)
    inner.close()
    assert len(event_files.read(tmp_path)) == 1


def test_a_writer_of_clu_that_writes_elsewhere_is_refused():
    with pytest.raises(ValueError, match=r"LoggingWriter, want clu.metric_writers.SummaryWriter"):
        write(of("clu.metric_writers.logging_writer", "LoggingWriter"))


def test_of_a_list_the_one_that_can_be_written_to_is_taken(tmp_path):
    other = of("wandb.run", "Run")
    assert write([other, tmp_path])
    assert len(event_files.read(tmp_path)) == 1
    for nothing in ([], [other]):
        with pytest.raises(ValueError, match=r"writer is a list.*, want one for TensorBoard"):
            write(nothing)
