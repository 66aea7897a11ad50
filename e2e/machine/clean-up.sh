#!/bin/sh
# Removes what rigs left on this machine: processes (by the cgroups they are in), networks, cgroups, folders.
#
#   clean-up.sh FOLDER             every rig in FOLDER whose owner is gone
#   clean-up.sh FOLDER RIG         this rig
#   clean-up.sh FOLDER RIG NODE    this node
set -eu

. "$(dirname "$0")/cgroups.sh"

# True while the process lives that the file `$1` names by number and start time: numbers are given again.
owner_lives() {
  read -r owner_pid owner_start <"$1" || return 1
  read -r owner_line 2>/dev/null <"/proc/$owner_pid/stat" || return 1
  # The name of the program, in brackets, may hold blanks.
  # shellcheck disable=SC2086 # fields of proc_pid_stat(5)
  set -- ${owner_line##*) }
  # One that has ended may stay in the table for as long as nobody asks for its exit code.
  [ "${20}" = "$owner_start" ] && [ "$1" != Z ] && [ "$1" != X ]
}

remove_folder() {
  awk -v folder="$1/" 'index($2, folder) == 1 { print $2 }' /proc/mounts | sort -r | while read -r path; do umount -l "$path"; done
  rm -rf --one-file-system "$1"
}

remove_node() {
  remove_node_name=$2-$3
  if [ -s "$1/$2/nodes/$3/init" ] && owner_lives "$1/$2/nodes/$3/init"; then
    read -r remove_node_pid _ <"$1/$2/nodes/$3/init"
    # The first process of the node: the kernel ends all others with it.
    kill -KILL "$remove_node_pid" 2>/dev/null || true
  fi
  end_cgroups "$remove_node_name"
  if [ -e "/run/netns/kpe2e-$remove_node_name" ]; then ip netns delete "kpe2e-$remove_node_name"; fi
  remove_cgroups "$remove_node_name"
  remove_folder "$1/$2/nodes/$3"
}

remove_rig() {
  for remove_rig_path in "$1/$2/nodes"/*; do
    [ -d "$remove_rig_path" ] || continue
    remove_node "$1" "$2" "$(basename "$remove_rig_path")"
  done
  if ip link show "kpe2e$2" >/dev/null 2>&1; then ip link delete "kpe2e$2"; fi
  remove_folder "$1/$2"
}

# One at a time: a scenario, the end of its run and the next run may all want to remove the same node.
mkdir -p "$1"
exec 9>"$1/.lock"
flock 9

case $# in
1)
  for rig in "$1"/[0-9]*; do
    [ -d "$rig" ] || continue
    owner_lives "$rig/owner" || remove_rig "$1" "$(basename "$rig")"
  done
  ;;
2) remove_rig "$1" "$2" ;;
3) remove_node "$1" "$2" "$3" ;;
esac
