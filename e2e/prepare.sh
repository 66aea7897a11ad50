#!/bin/sh
# Installs and builds what the end-to-end scenarios need, as root: packages of Debian, Kubernetes, the executable of kubephase.
# A machine that cannot run them prints `e2e: skipped: REASON` and changes nothing.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
cd "$here/.."
cache=${KUBEPHASE_E2E_CACHE:-/var/cache/kubephase-e2e}

skip() {
  echo "e2e: skipped: $*"
  exit 0
}

[ "$(uname -s)" = Linux ] || skip 'nodes are made of Linux namespaces'
[ "$(id -u)" = 0 ] || skip 'making namespaces and mounts needs root'
grep -q '^ *0 *0 *4294967295$' /proc/self/uid_map || skip 'root of a user namespace may not mount what nodes need'
command -v apt-get >/dev/null 2>&1 || skip 'the programs come from packages of Debian, and apt-get is missing'
unshare --mount --uts --ipc --pid --net --cgroup --fork true 2>/dev/null || skip 'this machine makes no namespaces (CAP_SYS_ADMIN is missing)'
grep -qE ' /sys/fs/cgroup[^ ]* cgroup2? ' /proc/mounts || skip 'no cgroups are mounted at /sys/fs/cgroup'
mkdir -p "$cache" 2>/dev/null || skip "$cache cannot be made; KUBEPHASE_E2E_CACHE names another folder"
binaries=${KUBEPHASE_KUBERNETES_BIN:-$cache/kubernetes-1.20.2/bin}
# MiB: building takes 4 GiB; images and nodes take one.
if [ -x "$binaries/kubelet" ]; then needed=2000; else needed=6000; fi
free=$(df -Pm "$cache" | awk 'NR == 2 { print $4 }')
[ "$free" -ge "$needed" ] || skip "$cache has $free MiB of free space, $needed are needed"

sh "$here/install-packages.sh"
if [ -z "${KUBEPHASE_KUBERNETES_BIN:-}" ]; then
  grep -q '^VERSION_CODENAME=bookworm' /etc/os-release || [ -x "$binaries/kubelet" ] ||
    skip 'building Kubernetes needs the sources of Debian 12; KUBEPHASE_KUBERNETES_BIN names a folder of binaries'
  sh "$here/kubernetes/build.sh" "$cache/kubernetes-1.20.2"
fi

[ -d node_modules ] || npm ci --no-audit --no-fund --loglevel=error
if [ -z "${KUBEPHASE_EXECUTABLE:-}" ]; then
  if [ ! -x dist/kubephase ] || [ -n "$(find packages/*/src packages/*/bin -name '*.ts' -newer dist/kubephase -print -quit)" ]; then
    echo 'e2e: building the executable' >&2
    # Standard output is for the reason of a skip.
    node_modules/.bin/tsc -b >&2
    node tools/build-executable.mjs >&2
  fi
fi
