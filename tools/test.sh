#!/bin/sh
# Runs every check and test, from a fresh checkout on a machine with Node.js and npm: installs, builds, tests.
# The last line is "N passed, N failed, N skipped".
set -eu
cd "$(dirname "$0")/.."
sh tools/install-test-packages.sh
npm ci --no-audit --no-fund --loglevel=error
exec node tools/test.mjs
