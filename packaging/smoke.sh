#!/bin/sh
# Use an installed deskcron as a person would, with data of its own, and stop at the first surprise.
#
#   smoke.sh BIN    BIN is the directory of the installed commands, such as /tmp/venv/bin
set -eu
bin=$1
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
export DESKCRON_HOME="$home/data" XDG_CONFIG_HOME="$home/config"

deskcron() {
    printf '$ deskcron %s\n' "$*" >&2
    "$bin/deskcron" "$@"
}

# Run deskcron, which has to succeed and to print the text given first.
expect() {
    text=$1
    shift
    output=$(deskcron "$@")
    printf '%s\n' "$output"
    case $output in
        *"$text"*) ;;
        *)
            printf 'Expected to read: %s\n' "$text" >&2
            exit 1
            ;;
    esac
}

version=$("$bin/python" -c 'from importlib.metadata import version; print(version("deskcron"))')
expect "$version" --version

deskcron add "Smoke test" --every 1h -- echo hello
expect "Smoke test" list
expect "20" next "Smoke test"

expect "does not start at login" autostart status

printf 'Shipped files\n'
"$bin/python" -c '
from deskcron.system.resources import resource
import deskcron, pathlib

script = resource("scripts", "tidy_downloads.py")
assert script.is_file(), f"{script} is missing"
assert pathlib.Path(deskcron.__file__).parent in script.parents, f"{script} is not the shipped one"
print(script.name)
'

deskcron demo --for 5s
printf 'The installed deskcron works.\n'
