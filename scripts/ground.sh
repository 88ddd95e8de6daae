# SPDX-License-Identifier: GPL-3.0-or-later
# Shared by ./run, ./check and ./bench: installs what is missing, makes the locales, builds.
# shellcheck shell=bash

set -eu
cd "$(dirname "${BASH_SOURCE[0]}")/.."
top=$PWD
mkdir -p build

say() { printf '%s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

# One line that is overwritten on a terminal, and left out elsewhere.
progress() { [ -t 2 ] && printf '\r\033[K%s' "$*" >&2 || true; }
progress_end() { [ -t 2 ] && printf '\r\033[K' >&2 || true; }

as_root() {
	if [ "$(id -u)" = 0 ]; then "$@"
	elif command -v sudo >/dev/null; then sudo "$@"
	else die "This needs an administrator once: run it as root, or install sudo. Wanted: $*"
	fi
}

packages_of() { local group; for group; do sed -n "s/^$group //p" data/packages; done | sort -u; }

# Installs the packages of the named groups that are missing. Quick when none is.
need() {
	local missing log=$top/build/install.log
	missing=$(packages_of "$@" | while read -r name; do
		[ "$(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null)" = installed ] || echo "$name"
	done)
	[ -n "$missing" ] || return 0
	say "Installing $(wc -w <<<"$missing") packages of Debian; this is needed once."
	as_root apt-get update -q >"$log" 2>&1 || die "The list of packages could not be read; see $log"
	# shellcheck disable=SC2086
	as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
		-o APT::Status-Fd=3 $missing 3>&1 >>"$log" 2>&1 |
		while IFS=: read -r kind _ percent what; do
			case $kind in dlstatus|pmstatus) progress "Installing … ${percent%%.*} % $what" ;; esac
		done
	progress_end
	for name in $missing; do
		[ "$(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null)" = installed ] ||
			die "$name could not be installed; see $log"
	done
}

# The languages of Baraa, where this Debian has not made their locales yet.
need_locales() {
	local have name
	have=$(locale -a 2>/dev/null | tr 'A-Z' 'a-z' | tr -d -)
	for name in en_US ru_RU mn_MN; do
		case $have in *"$(tr 'A-Z' 'a-z' <<<"$name").utf8"*) continue ;; esac
		progress "Making the locale $name …"
		as_root localedef -i "$name" -f UTF-8 "$name.UTF-8" || die "The locale $name could not be made."
		progress_end
	done
}

# build FOLDER [MESON OPTION…]: configures once and compiles.
build() {
	local folder=$1 log=$1.log
	shift
	if [ ! -f "$folder/build.ninja" ]; then
		progress "Configuring …"
		meson setup "$folder" "$@" >"$log" 2>&1 || { progress_end; cat "$log" >&2; die "Configuring failed."; }
	fi
	ninja -C "$folder" >"$log" 2>&1 &
	local pid=$!
	while kill -0 $pid 2>/dev/null; do
		progress "Building … $(tail -n 1 "$log" | tr '\r' '\n' | tail -n 1 | cut -c 1-70)"
		sleep 0.2
	done
	progress_end
	wait $pid || { grep -vE '^\[[0-9]+/' "$log" >&2 || cat "$log" >&2; die "The build failed; see $log"; }
}

export BARAA_LOCALEDIR=$top/build/po
