#!/bin/sh
# The first process of a node: mounts what the node has of its own, starts the services, then only collects orphans.
#
#   init.sh CGROUP NODE_FOLDER HOST_NAME
#
# The node's folder holds `upper/{etc,usr,opt}` (laid over the machine's own), `disk/PATH` for each line PATH of `disks` and
# the links `kubernetes` and `programs` to folders. When all is up, `init` holds the number and the start time of this process.
set -eu

folder=$2
name=$3
if [ "${4:-}" = '' ]; then
  . "$(dirname "$0")/cgroups.sh"
  join_cgroup_roots "$1"
  exec unshare --cgroup sh "$0" "$1" "$2" "$3" inside
fi

# /proc still shows the numbers of the machine.
read -r line </proc/self/stat
# shellcheck disable=SC2086 # fields of proc_pid_stat(5)
set -- $line
echo "$1 ${22}" >"$folder/init.new"
mount -t proc proc /proc

# The node's own cgroups are the root of what it sees.
grep -E '^[^ ]+ [^ ]+ cgroup2? ' /proc/mounts | while read -r _ path type options _; do
  hierarchy=$(echo "$options" | tr ',' '\n' | grep -vE '^(rw|ro|nosuid|nodev|noexec|relatime|xattr|nsdelegate|favordynmods|memory_.*|release_agent=.*)$' | paste -sd, -)
  umount "$path"
  mount -t "$type" ${hierarchy:+-o "$hierarchy"} "$type" "$path"
  if [ -d "$path/processes" ]; then
    # Version 2 alone: the kubelet's cgroups get the controllers only when no process is in the root.
    echo $$ >"$path/processes/cgroup.procs"
    sed 's/[^ ][^ ]*/+&/g' "$path/cgroup.controllers" >"$path/cgroup.subtree_control"
  fi
done

mount -t tmpfs -o mode=0755 tmpfs /run
mkdir /run/node
mount --bind "$folder" /run/node
for path in etc usr opt; do
  mount -t overlay overlay -o "lowerdir=/$path,upperdir=/run/node/upper/$path,workdir=/run/node/work/$path" "/$path"
done
for path in kubernetes programs; do
  mkdir -p "/opt/e2e/$path"
  mount --bind "$(readlink -f "/run/node/$path")" "/opt/e2e/$path"
done
mount -t tmpfs -o mode=0755 tmpfs /var/lib
mount -t tmpfs -o mode=0700 tmpfs /root
while read -r path; do
  mkdir -p "/$path"
  mount --bind "/run/node/disk/$path" "/$path"
done </run/node/disks
# What the kubelet mounts there has to be seen in containers.
mount --make-rshared /var/lib/kubelet

hostname "$name"
echo 1 >/proc/sys/net/ipv4/ip_forward
echo 1 >/proc/sys/net/ipv6/conf/all/forwarding
ip link set lo up

for service in containerd kubelet; do
  sh /opt/e2e/programs/service.sh start "$service"
done
mv /run/node/init.new /run/node/init
umount /run/node
cd /
exec /opt/pause </dev/null >/dev/null 2>&1
