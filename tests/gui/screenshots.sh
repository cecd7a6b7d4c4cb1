#!/bin/sh
# SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The viewer's main states as PNG files, for people to look at: light and dark, 1280 and 1600 pixels wide; the
# main window also at 150 and 200 % and from right to left.
#
#     sh tests/gui/screenshots.sh FOLDER [PROGRAM]    PROGRAM: viewer-pictures, by default of build/dev
#
# Ends with 1 when something in them is cut off or has too little contrast; says what. Needs no display.
set -u
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
[ $# -ge 1 ] || { echo "usage: sh tests/gui/screenshots.sh FOLDER [PROGRAM]" >&2; exit 64; }
folder=$1
program=${2:-$root/build/dev/tests/gui/viewer-pictures}
[ -x "$program" ] || { echo "$program is not there: cmake --build build/dev --target viewer-pictures" >&2; exit 69; }

export QT_QPA_PLATFORM=offscreen
status=0
"$program" "$folder" --sizes 1280x800,1600x1000 || status=1
QT_SCALE_FACTOR=1.5 "$program" "$folder" --states main --suffix -150 || status=1
QT_SCALE_FACTOR=2 "$program" "$folder" --suffix -200 || status=1
"$program" "$folder" -reverse --states main,empty --suffix -rtl || status=1
echo "$(ls "$folder" | grep -c '\.png$') pictures in $folder"
exit $status
