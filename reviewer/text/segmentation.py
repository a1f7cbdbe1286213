"""Words of Chinese as jieba's dictionary has them: loaded in a second, so never on the way of a verdict."""

from __future__ import annotations

import logging
import tempfile
from functools import cache
from typing import Any


@cache
def tokenizer() -> Any:
    """A `jieba.Tokenizer` whose dictionary was built in a folder of our own, thrown away since.

    Its default cache has a fixed name in the shared temporary folder and is read by marshal: it can be planted.
    """
    import jieba

    jieba.setLogLevel(logging.WARNING)
    made = jieba.Tokenizer()
    with tempfile.TemporaryDirectory() as folder:
        made.tmp_dir = folder
        made.initialize()
    return made
