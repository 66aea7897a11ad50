#!/bin/sh
# Runs every check and test, from a fresh checkout on a machine with Node.js and npm: installs, builds, tests.
# The last line is "N passed, N failed, N skipped".
set -eu
cd "$(dirname "$0")/.."
if ! command -v openssl >/dev/null 2>&1 && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  apt-get update -qq && apt-get install -y -qq openssl >/dev/null
fi
npm ci --no-audit --no-fund --loglevel=error
exec node tools/test.mjs
