#!/bin/sh
# Runs the end-to-end scenarios on this machine, as root: see README.md. Arguments go to vitest.
#
#   run.sh [NAME...] [OPTION...]
set -eu

here=$(cd "$(dirname "$0")" && pwd)
cd "$here/.."
cache=${KUBEPHASE_E2E_CACHE:-/var/cache/kubephase-e2e}
export KUBEPHASE_E2E_CACHE="$cache"

prepared=$(sh "$here/prepare.sh")
case $prepared in
*'e2e: skipped: '*)
  echo "$prepared"
  exit 0
  ;;
esac

# A shell that is waiting for a program in the foreground would not see signals before it ends.
status=0
node_modules/.bin/vitest run --config "$here/vitest.config.ts" "$@" &
tests=$!
trap 'kill -TERM "$tests" 2>/dev/null' INT TERM HUP
wait "$tests" || status=$?
if kill -0 "$tests" 2>/dev/null; then wait "$tests" || status=$?; fi
# After a run that ended by itself there is nothing left to remove.
sh "$here/machine/clean-up.sh" "$cache/rigs"
exit "$status"
