#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every .sql file of every family goes into one resource: a new file needs no list. Runs on each
# build and touches its outputs only where something has changed.
# usage: compile.sh SOURCE_DIR SCHEMA.C SCHEMA.H
set -eu
source=$1 c=$2 h=$3
xml=$c.gresource.xml

{
	echo '<gresources><gresource prefix="/shop/baraa/schema">'
	(cd "$source" && LC_ALL=C ls -- */*.sql) | sed 's|.*|<file>&</file>|'
	echo '</gresource></gresources>'
} >"$xml"

make_one() { # output, what
	glib-compile-resources --sourcedir="$source" --c-name=schema "$2" \
		--target="$1.new" "$xml"
	if cmp -s "$1.new" "$1"; then rm "$1.new"; else mv "$1.new" "$1"; fi
}
make_one "$c" --generate-source
make_one "$h" --generate-header
