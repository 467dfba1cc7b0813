#!/usr/bin/env bash
# Writes the PublicAPI.Shipped.txt of every library that has one, or of the projects that are named, from what they say now.
#   eng/public-api.sh [src/Atlas.Client ...]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
if [ $# -gt 0 ]; then projects=("$@"); else mapfile -t projects < <(find src grains -name PublicAPI.Shipped.txt -exec dirname {} \; | sort); fi

for project in "${projects[@]}"; do
  printf '#nullable enable\n' | tee "$project/PublicAPI.Shipped.txt" >"$project/PublicAPI.Unshipped.txt"
done

for project in "${projects[@]}"; do
  # The compiler reports each member that the empty files do not have, with the line that is wanted.
  log=$(mktemp)
  dotnet build "$project" -c Release -v quiet -nologo -p:TreatWarningsAsErrors=false -p:ErrorLog="$log%2Cversion=2.1" -t:Rebuild -p:BuildProjectReferences=false >/dev/null
  {
    printf '#nullable enable\n'
    sed -n 's/^ *"APIName": "\(.*\)",\{0,1\}$/\1/p' "$log" | sed 's/\\"/"/g; s/\\\\/\\/g' | LC_ALL=C sort -u
  } >"$project/PublicAPI.Shipped.txt"
  rm -f "$log"
  printf '%s: %s members\n' "$project" "$(($(wc -l <"$project/PublicAPI.Shipped.txt") - 1))"
done
