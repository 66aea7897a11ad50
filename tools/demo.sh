#!/bin/sh
# Shows the main job from a fresh checkout on a machine with Node.js and npm, as any user: a full `init --dry-run` of a control plane.
# Nothing is written but the build in this folder and one temporary folder, which stays to be looked at.
set -eu
cd "$(dirname "$0")/.."
[ -d node_modules/typescript ] || npm ci --no-audit --no-fund --loglevel=error
[ -f packages/kubephase/dist/bin/kubephase.js ] || npm run --silent build
TMPDIR="$(mktemp -d)"
export TMPDIR
node packages/kubephase/dist/bin/kubephase.js init --dry-run --config examples/control-plane.yaml "$@"
echo
echo "To remove the files of this demonstration: rm -r '$TMPDIR'"
