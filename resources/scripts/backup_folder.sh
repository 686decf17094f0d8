#!/bin/sh
# Back up a folder: pack it into an archive with the date in its name, keep the newest archives.
#
#   backup_folder.sh FOLDER PLACE KEEP
#
# Only archives that this script has made of the same folder are ever removed, and only after the
# new one is complete.
#
# Exit code: 0 all went well, 1 something failed, 2 wrong arguments.
set -eu

refuse() {
    printf '%s\n' "$1" >&2
    exit 2
}

[ $# -eq 3 ] || refuse "Three arguments are needed: the folder, the place, how many to keep."
[ -d "$1" ] || refuse "There is no folder $1"
case $3 in
'' | *[!0-9]* | 0*) refuse "How many to keep is a number from 1, not '$3'." ;;
esac

folder=$(cd -- "$1" && pwd -P)
mkdir -p -- "$2"
place=$(cd -- "$2" && pwd -P)
keep=$3
case $place/ in
"${folder%/}"/*) refuse "The archives cannot lie inside the folder they are made of." ;;
esac

name=$(basename -- "$folder")
archive=$place/${name}_$(date +%Y-%m-%d_%H%M%S).tar.gz
unfinished=$archive.unfinished
trap 'rm -f -- "$unfinished"' EXIT
trap 'exit 1' HUP INT TERM

printf 'Packing %s\n' "$folder"
tar -czf "$unfinished" -C "$(dirname -- "$folder")" -- "$name"
mv -- "$unfinished" "$archive"
printf 'Made %s (%s KB)\n' "$archive" "$(($(wc -c <"$archive") / 1024))"

day='[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]_[0-9][0-9][0-9][0-9][0-9][0-9]'
# The pattern is to be expanded, the names beside it are not; it sorts by date.
set -- "$place/$name"_$day.tar.gz
while [ $# -gt "$keep" ]; do
    rm -- "$1"
    printf 'Removed %s\n' "$1"
    shift
done
