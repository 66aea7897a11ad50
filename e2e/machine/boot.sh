#!/bin/sh
# Starts a node: joins its cgroups, enters its network namespace and makes the other namespaces. Ends when the node ends.
#
#   boot.sh CGROUP NETWORK_NAMESPACE NODE_FOLDER HOST_NAME
set -eu

here=$(cd "$(dirname "$0")" && pwd)
. "$here/cgroups.sh"
join_cgroups "$1"
# Not `ip netns exec`: it mounts another /sys, in which the cgroups are missing.
exec nsenter --net="/run/netns/$2" unshare --mount --uts --ipc --pid --fork --kill-child sh "$here/init.sh" "$1" "$3" "$4"
