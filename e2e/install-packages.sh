#!/bin/sh
# Installs Debian's packages that end-to-end nodes need and that this machine does not have. As root; does nothing when all are there.
set -eu

missing=''
need() {
  command -v "$1" >/dev/null 2>&1 || [ -e "$1" ] || missing="$missing $2"
}
need containerd containerd
need runc runc
need /usr/lib/cni/bridge containernetworking-plugins
need etcd etcd-server
need etcdctl etcd-client
need iptables iptables
need ebtables ebtables
need conntrack conntrack
need ip iproute2
need ethtool ethtool
need socat socat
need mount mount
need unshare util-linux
need modprobe kmod
need openssl openssl
need faketime faketime
need tar tar
# The program of PID 1 and of pods' sandboxes is compiled here.
need cc gcc
need /usr/include/stdlib.h libc6-dev
[ -n "$missing" ] || exit 0

echo "e2e: installing$missing" >&2
export DEBIAN_FRONTEND=noninteractive
# Another installation on this machine may hold the lock for a while.
apt-get update -qq
# shellcheck disable=SC2086 # a list of names
apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=300 $missing >/dev/null
