#!/bin/sh
# Installs the wheel from a folder of wheels, without an index, into a new environment outside the checkout, and runs it.
# Usage: offline_install.sh PYTHON WHEELHOUSE
set -eu
wheelhouse=$(cd "$2" && pwd)
samples=$(cd "$(dirname "$0")/../samples" && pwd)
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
"$1" -m venv "$place/venv"
"$place/venv/bin/python" -m pip install --quiet --no-index --find-links "$wheelhouse" reviewer
cd "$place"
export REVIEWER_HOME="$place/home"
"$place/venv/bin/reviewer" --version
"$place/venv/bin/reviewer" rules check
code=0
"$place/venv/bin/reviewer" screen "$samples" --format jsonl --output "$place/report.jsonl" || code=$?
test "$code" -eq 11 || { echo "screen samples left with $code, not 11" >&2; exit 1; }
printf '' > "$place/empty"
export REVIEWER_LEDGER="$place/ledger.db"
"$place/venv/bin/reviewer" roster init --unit 青石县 --by 管理员 --passphrase-file "$place/empty"
"$place/venv/bin/reviewer" ledger migrate
"$place/venv/bin/reviewer" ledger verify
echo "offline installation works: $(wc -l < "$place/report.jsonl") documents screened"
