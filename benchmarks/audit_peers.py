"""What an audit costs beside Presidio with the same kinds of patterns: the same documents, one run, processor time.

    python benchmarks/audit_peers.py FOLDER --documents 300 --peers /tmp/peers/bin/python

FOLDER receives an archive of `audit_archive.py` and its audit; `--peers` is an interpreter that has
presidio-analyzer and jieba (see README.md). Presidio reads no office files: it is given the text that this program
reads of each document, and its own time only is counted; the audit's is that of the whole run, reading and storing
included.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from audit_archive import build
from audit_run import processor_s, reported, started

HERE = Path(__file__)


def texts_of(archive: Path) -> list[str]:
    from reviewer.screen.one import read_file

    return [read_file(path).text for path in sorted(archive.rglob("*")) if path.is_file()]


def searched(path: Path) -> dict[str, float]:
    """In the peers' interpreter: numbers found and seconds of the processor, the first document aside."""
    from privacy_peers import presidio

    texts, find = json.loads(path.read_text("utf-8")), presidio()
    find(texts[0])
    began = time.process_time()
    found = sum(kind.startswith("resident_id") for text in texts for kind, _, _ in find(text))
    return {"found": found, "seconds": time.process_time() - began}


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("folder", type=Path, nargs="?")
    words.add_argument("--documents", type=int, default=300)
    words.add_argument("--peers", default=sys.executable)
    words.add_argument("--texts", type=Path, help=argparse.SUPPRESS)
    asked = words.parse_args()
    if asked.texts:
        print(json.dumps(searched(asked.texts)))
        return
    archive, store = asked.folder / "archive", asked.folder / "store"
    for one in (archive, store):
        shutil.rmtree(one, ignore_errors=True)
    planted = build(archive, asked.documents, 1)
    used = processor_s()
    started(store, archive, 1).wait()
    used = processor_s() - used
    rules = {row["rule"]: row for row in json.loads(reported(store, "json"))["by_rule"]}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "texts.json"
        path.write_text(json.dumps(texts_of(archive)), "utf-8")
        peer = [asked.peers, str(HERE), "--texts", str(path)]
        theirs = json.loads(subprocess.run(peer, capture_output=True, check=True, text=True).stdout.splitlines()[-1])
    print(
        json.dumps(
            {
                "documents": asked.documents,
                "numbers_planted": planted.matters["resident_id"],
                "reviewer": {
                    "numbers": rules["personal-privacy/resident-id"]["findings"],
                    "processor_s": round(used, 1),
                    "documents_per_processor_s": round(asked.documents / used, 1),
                },
                "presidio": {
                    "numbers": theirs["found"],
                    "processor_s": round(theirs["seconds"], 1),
                    "documents_per_processor_s": round(asked.documents / theirs["seconds"], 1),
                },
            }
        )
    )


if __name__ == "__main__":
    main()
