#!/bin/sh
# Installs the programs that system tests use and that this machine does not have: Debian's packages, as root only.
# Does nothing when all are there. A package that cannot be had is no failure: its tests are skipped and say why.
set -eu
missing=''
# Program, or program:package where the package has another name.
for wanted in openssl containerd etcd:etcd-server; do
  command -v "${wanted%%:*}" >/dev/null 2>&1 || missing="$missing ${wanted##*:}"
done
[ -n "$missing" ] || exit 0
[ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 || exit 0
export DEBIAN_FRONTEND=noninteractive
{ apt-get update -qq && apt-get install -y -qq --no-install-recommends $missing >/dev/null; } ||
  echo "these packages could not be installed:$missing" >&2
