#!/bin/sh
# The services of a node, in place of a service manager: a shell for each, which starts the program again a second after it ended.
#
#   service.sh start|stop NAME     returns when it is so; both may be repeated
#   service.sh state NAME          prints active, activating (between two starts) or inactive
#
# Output goes to /var/log/NAME.log of the node.
set -eu

action=$1
name=$2
state=/run/e2e/$name
mkdir -p "$state"

# True while the process whose number is in the file `$1` lives.
lives() {
  [ -s "$1" ] && kill -0 "$(cat "$1")" 2>/dev/null
}

# Replaces this shell by the program, as its unit file would start it.
execute() {
  case $name in
  containerd)
    exec containerd
    ;;
  kubelet)
    # As kubeadm's drop-in for systemd does: files of variables, the user's flags last.
    KUBELET_KUBEADM_ARGS='' KUBELET_EXTRA_ARGS=''
    [ ! -e /var/lib/kubelet/kubeadm-flags.env ] || . /var/lib/kubelet/kubeadm-flags.env
    [ ! -e /etc/default/kubelet ] || . /etc/default/kubelet
    # shellcheck disable=SC2086 # lists of flags
    exec kubelet --bootstrap-kubeconfig=/etc/kubernetes/bootstrap-kubelet.conf --kubeconfig=/etc/kubernetes/kubelet.conf \
      --config=/var/lib/kubelet/config.yaml $KUBELET_KUBEADM_ARGS $KUBELET_EXTRA_ARGS
    ;;
  esac
}

# Waits for what systemd would wait for in vain, start after start: the kubelet has no configuration before init or join.
wait_for_configuration() {
  while [ "$name" = kubelet ] && [ ! -e /var/lib/kubelet/config.yaml ]; do
    sleep 0.1
  done
}

supervise() {
  echo $$ >"$state/supervisor"
  trap 'end' TERM
  program=''
  while :; do
    wait_for_configuration
    (execute) &
    program=$!
    echo "$program" >"$state/program"
    wait "$program" || true
    rm -f "$state/program"
    echo "$name ended; it starts again in a second"
    sleep 1 &
    wait $! || true
  done
}

# On a signal: gives the program twenty seconds to end.
end() {
  rounds=0
  if [ -n "$program" ]; then kill -TERM "$program" 2>/dev/null || true; fi
  while lives "$state/program" && [ "$rounds" -lt 200 ]; do
    rounds=$((rounds + 1))
    sleep 0.1
  done
  if lives "$state/program"; then kill -KILL "$program"; fi
  rm -f "$state/program" "$state/supervisor"
  exit 0
}

start() {
  if lives "$state/supervisor"; then return; fi
  rm -f "$state/program" "/run/$name/$name.sock"
  setsid sh "$0" supervise "$name" </dev/null >>"/var/log/$name.log" 2>&1 &
  echo $! >"$state/supervisor"
  rounds=0
  # containerd tells systemd when it is ready; here its socket shows it.
  while [ "$name" = containerd ] && [ ! -S /run/containerd/containerd.sock ]; do
    rounds=$((rounds + 1))
    [ "$rounds" -lt 600 ] || { echo "containerd does not start:" && tail -n 20 /var/log/containerd.log; exit 1; } >&2
    sleep 0.05
  done
}

stop() {
  lives "$state/supervisor" || return 0
  kill -TERM "$(cat "$state/supervisor")"
  while lives "$state/supervisor"; do sleep 0.05; done
}

case $action in
start) start ;;
stop) stop ;;
supervise) supervise ;;
state)
  if lives "$state/program"; then
    echo active
  elif lives "$state/supervisor"; then
    echo activating
  else
    echo inactive
  fi
  ;;
*)
  echo "service.sh: unknown action $action" >&2
  exit 2
  ;;
esac
