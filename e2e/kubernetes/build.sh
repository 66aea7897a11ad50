#!/bin/sh
# Builds the Kubernetes components from Debian's source package and puts the static binaries into a folder of the cache.
#
#   build.sh FOLDER      FOLDER/bin/{kube-apiserver,kube-controller-manager,kube-scheduler,kubelet,kube-proxy,kubeadm,kubectl,pause}
#
# Needs Debian 12, root (to install rsync, jq and a C compiler where they are missing) and about 4 GB of space while it builds;
# 8 to 12 minutes on two cores. Does nothing when FOLDER/bin is complete. A run that was broken off starts again from the sources.
#
# Debian 12 ships the source of Kubernetes 1.20.2 with all it needs. That release has to be compiled by Go 1.17 or older,
# which Debian 11 has: its packages are unpacked into the working folder, nothing of them is installed.
set -eu

folder=${1:?usage: build.sh FOLDER}
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
version=1.20.2
components='kube-apiserver kube-controller-manager kube-scheduler kubelet kube-proxy kubeadm kubectl'

complete() {
  for name in $components pause; do
    [ -x "$folder/bin/$name" ] || return 1
  done
}
complete && exit 0

say() { echo "kubernetes $version: $*" >&2; }

missing=''
for program in rsync:rsync jq:jq gcc:gcc make:make dpkg-source:dpkg-dev; do
  command -v "${program%%:*}" >/dev/null 2>&1 || missing="$missing ${program##*:}"
done
[ -e /usr/include/stdlib.h ] || missing="$missing libc6-dev"
if [ -n "$missing" ]; then
  say "installing$missing"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
fi

work=$folder/build
rm -rf "$work"
mkdir -p "$work/lists/partial" "$work/archives/partial" "$work/go"
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# The mirror is the one this machine already uses; only the suites are ours, and apt checks their signatures as always.
mirror=$(apt-get indextargets --format '$(REPO_URI) $(CODENAME)' 'Created-By: Packages' | awk '$2 == "bookworm" { print $1; exit }')
[ -n "$mirror" ] || { say 'this machine has no package source for Debian 12 (bookworm)'; exit 1; }
keyring='[signed-by=/usr/share/keyrings/debian-archive-keyring.gpg]'
cat >"$work/sources.list" <<END
deb-src $keyring $mirror bookworm main
deb $keyring $mirror bullseye main
END
apt() {
  command=$1
  shift
  "$command" -qq -o Dir::Etc::SourceList="$work/sources.list" -o Dir::Etc::SourceParts=- \
    -o Dir::State::Lists="$work/lists" -o Dir::Cache="$work" -o APT::Sandbox::User=root "$@"
}

say 'fetching the sources and the compiler'
apt apt-get update
cd "$work"
apt apt-get source --only-source kubernetes >/dev/null
apt apt-get download golang-1.15-go golang-1.15-src
for package in golang-1.15-*.deb; do dpkg -x "$package" "$work/go"; done
# The compiler's library folders are links to /usr/share; here they point into the unpacked tree.
goroot=$work/go/usr/lib/go-1.15
for link in "$goroot"/* "$goroot"/pkg/*; do
  [ -L "$link" ] || continue
  target=$(readlink "$link")
  case $target in
    /*) ln -sfn "$work/go$target" "$link" ;;
    *) ln -sfn "$work/go/usr/lib/go-1.15/$(dirname "${link#"$goroot"/}")/$target" "$link" ;;
  esac
done

cat >"$work/version" <<END
KUBE_GIT_COMMIT='faecb196815e248d3ecfb03c680a4507229c2a56'
KUBE_GIT_TREE_STATE='clean'
KUBE_GIT_VERSION='v$version'
KUBE_GIT_MAJOR='1'
KUBE_GIT_MINOR='20'
END

say 'compiling (8 to 12 minutes on two cores)'
cd "$(find "$work" -maxdepth 1 -type d -name 'kubernetes-*')"
[ -e cmd/kubeadm ] || { say "the source package holds another release: $PWD"; exit 1; }
what=''
for name in $components; do what="$what cmd/$name"; done
PATH=$goroot/bin:$PATH GOROOT=$goroot GO111MODULE=off GOFLAGS='' GOCACHE=$work/cache HOME=$work \
  KUBE_GIT_VERSION_FILE=$work/version KUBE_BUILD_PLATFORMS=linux/amd64 \
  make GOLDFLAGS='-s -w' WHAT="$what" >"$folder/build.log" 2>&1 || {
  tail -n 40 "$folder/build.log" >&2
  exit 1
}
cc -Os -static -s -o "$work/pause" "$here/pause.c"

mkdir -p "$folder/bin"
for name in $components; do install -m 0755 "_output/local/bin/linux/amd64/$name" "$folder/bin/$name"; done
install -m 0755 "$work/pause" "$folder/bin/pause"
say "built in $folder/bin"
