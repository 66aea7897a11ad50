# Sourced. Each node has a cgroup of its own in every hierarchy, so that what it starts can be found and ended without knowing it.

# Paths of all that this machine has of the cgroup `$1`, one a line.
cgroups_of() {
  for cgroups_of_root in /sys/fs/cgroup /sys/fs/cgroup/*; do
    [ -e "$cgroups_of_root/cgroup.procs" ] && [ -d "$cgroups_of_root/kubephase-e2e/$1" ] || continue
    echo "$cgroups_of_root/kubephase-e2e/$1"
  done
}

make_cgroups() {
  for make_cgroups_root in /sys/fs/cgroup /sys/fs/cgroup/*; do
    [ -e "$make_cgroups_root/cgroup.procs" ] || continue
    make_cgroups_path=$make_cgroups_root/kubephase-e2e/$1
    mkdir -p "$make_cgroups_path"
    if [ "$make_cgroups_root" != /sys/fs/cgroup ] && [ -e "$make_cgroups_root/cpuset.cpus" ]; then
      # A new cpuset has no processors and no memory: it takes no process.
      for make_cgroups_folder in "$make_cgroups_root/kubephase-e2e" "$make_cgroups_path"; do
        cat "$make_cgroups_root/cpuset.cpus" >"$make_cgroups_folder/cpuset.cpus"
        cat "$make_cgroups_root/cpuset.mems" >"$make_cgroups_folder/cpuset.mems"
      done
    elif [ "$make_cgroups_root" = /sys/fs/cgroup ]; then
      # Version 2 alone: controllers are given from parent to child, and only leaves hold processes.
      for make_cgroups_folder in "$make_cgroups_root" "$make_cgroups_root/kubephase-e2e"; do
        sed 's/[^ ][^ ]*/+&/g' "$make_cgroups_folder/cgroup.controllers" >"$make_cgroups_folder/cgroup.subtree_control"
      done
      mkdir -p "$make_cgroups_path/processes"
    fi
  done
}

# Puts the calling shell into the cgroup `$1`, or into its leaf for processes.
join_cgroups() {
  for join_cgroups_path in $(cgroups_of "$1"); do
    if [ -d "$join_cgroups_path/processes" ]; then join_cgroups_path=$join_cgroups_path/processes; fi
    echo $$ >"$join_cgroups_path/cgroup.procs"
  done
}

# Makes the cgroup `$1` the one that the calling shell's next cgroup namespace has as its root.
join_cgroup_roots() {
  for join_cgroups_path in $(cgroups_of "$1"); do
    echo $$ >"$join_cgroups_path/cgroup.procs"
  done
}

# Ends every process of the cgroup `$1` and those below it; these are the node's own, whatever their numbers were before.
end_cgroups() {
  end_cgroups_rounds=0
  while [ "$end_cgroups_rounds" -lt 100 ]; do
    end_cgroups_processes=$(cgroups_of "$1" | while read -r path; do find "$path" -name cgroup.procs -exec cat {} + 2>/dev/null || true; done | sort -un)
    [ -n "$end_cgroups_processes" ] || break
    # shellcheck disable=SC2086 # a list of numbers
    kill -KILL $end_cgroups_processes 2>/dev/null || true
    end_cgroups_rounds=$((end_cgroups_rounds + 1))
    sleep 0.05
  done
}

remove_cgroups() {
  for remove_cgroups_path in $(cgroups_of "$1"); do
    remove_cgroups_rounds=0
    while [ -d "$remove_cgroups_path" ] && [ "$remove_cgroups_rounds" -lt 100 ]; do
      find "$remove_cgroups_path" -depth -type d -exec rmdir {} \; 2>/dev/null || sleep 0.05
      remove_cgroups_rounds=$((remove_cgroups_rounds + 1))
    done
    # Another run may have nodes there.
    rmdir "$(dirname "$remove_cgroups_path")" 2>/dev/null || true
  done
}
