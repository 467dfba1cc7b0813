#!/usr/bin/env bash
# Draws docs/images/*.svg from the .dot files beside them (Graphviz: apt install graphviz).
# The colours follow the reader's light or dark mode, because the style goes into the picture itself.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../docs/images"
style='<style>text{fill:#1f2328}path,polygon,ellipse{stroke:#57606a}g.edge path{fill:none}g.frame path{fill:none;stroke-dasharray:6 4}g.edge polygon{fill:#57606a}g.node:not(.frame) path,g.node:not(.frame) polygon{fill:#f6f8fa}g.node.key path,g.node.key polygon{fill:#ddf4ff;stroke:#0969da}g.cluster path{fill:none}@media (prefers-color-scheme:dark){text{fill:#e6edf3}path,polygon,ellipse{stroke:#8b949e}g.edge polygon{fill:#8b949e}g.node:not(.frame) path,g.node:not(.frame) polygon{fill:#161b22}g.node.key path,g.node.key polygon{fill:#0c2d48;stroke:#58a6ff}}</style>'
for source in *.dot; do
    dot -Tsvg "$source" | grep -v '^<!--\|^ -->\|^<?xml\|^<!DOCTYPE\|^ "http' | sed -E \
        -e 's/ (fill|stroke)="(black|none)"//g' -e "0,/<g /s|<g |$style\n<g |" > "${source%.dot}.svg"
done
