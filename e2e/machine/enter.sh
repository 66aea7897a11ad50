#!/bin/sh
# Runs a program in the namespaces and cgroups of a node; input, output and exit code are the program's.
#
#   enter.sh CGROUP PID PROGRAM [ARGUMENT...]      PID is the number of the node's first process on this machine
set -eu

cgroup=$1
pid=$2
shift 2
. "$(dirname "$0")/cgroups.sh"
join_cgroups "$cgroup"
exec nsenter --target "$pid" --cgroup --mount --uts --ipc --net --pid -- "$@"
