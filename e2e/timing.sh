#!/bin/sh
# Times `init` of kubephase and of the genuine kubeadm side by side on nodes of this machine, as root, and prints where the time goes.
#
#   timing.sh [--rounds N] [--json FILE]
set -eu

here=$(cd "$(dirname "$0")" && pwd)
prepared=$(sh "$here/prepare.sh")
case $prepared in
*'e2e: skipped'*)
  echo "$prepared"
  exit 0
  ;;
esac
cd "$here/.."
exec node_modules/.bin/bun e2e/timing/report.ts "$@"
