#!/bin/sh
# Make the machine and the checkout ready; does nothing where all is there already.
#
#   setup.sh environment EXTRAS   .venv with deskcron and the named extras, such as "test,dev"
#   setup.sh system               the programs that some tests drive
#   setup.sh libraries PLATFORM   what Qt needs of the system: PLATFORM is screen or offscreen
#   setup.sh desktop              the virtual desktop of tests/desktop
#
# PYTHON names the interpreter to use. In CI a missing program is an error, else only a notice.
set -eu
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }

die() {
    say "$@"
    exit 1
}

# --- Debian packages ---------------------------------------------------------------------------

# Install packages where that needs no password; otherwise say how to, and fail.
install_packages() {
    if ! command -v apt-get >/dev/null; then
        say "Please install what your system calls: $*"
        return 1
    fi
    if [ "$(id -u)" -eq 0 ]; then
        as_root="env"
    elif sudo -n true 2>/dev/null; then
        as_root="sudo -n env"
    else
        say "Please run:  sudo apt install $*"
        return 1
    fi
    say "Installing $*"
    apt="$as_root DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300"
    # $apt is several words on purpose. Old package lists are renewed only when they do not do.
    # shellcheck disable=SC2086
    $apt install -y --no-install-recommends "$@" >&2 ||
        { $apt update >&2 && $apt install -y --no-install-recommends "$@" >&2; }
}

# Programs that tests drive, each with the package it comes from.
system() {
    missing=
    for pair in faketime:faketime dbus-daemon:dbus-daemon strace:strace; do
        command -v "${pair%:*}" >/dev/null || missing="$missing ${pair#*:}"
    done
    [ -n "$missing" ] || return 0
    # shellcheck disable=SC2086  # several packages
    if ! install_packages $missing; then
        [ "${CI:-}" != true ] || die "CI needs:$missing"
        say "Tests that need$missing will be skipped."
    fi
}

# Libraries that the wheel of Qt expects on Debian and Ubuntu; a desktop has most of them.
qt_libraries="libgl1 libegl1 libglib2.0-0 libdbus-1-3 libfontconfig1 libxkbcommon0 \
libgssapi-krb5-2 libbrotli1"
qt_screen_libraries="libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 \
libxkbcommon-x11-0 libwayland-cursor0 libwayland-egl1"

libraries() {
    command -v ldd >/dev/null || return 0
    qt=$(.venv/bin/python -c 'import PySide6; print(PySide6.__path__[0])')/Qt
    wanted=$qt_libraries
    plugins=$qt/plugins/platforms/libqoffscreen.so
    if [ "$1" = screen ]; then
        wanted="$qt_libraries $qt_screen_libraries"
        plugins="$qt/plugins/platforms/libqxcb.so $qt/plugins/platforms/libqwayland*.so"
    fi
    # shellcheck disable=SC2086  # several files, several packages
    missing=$(ldd $plugins "$qt/lib/libQt6Widgets.so.6" "$qt/lib/libQt6Network.so.6" 2>/dev/null |
        sed -n 's/^[[:space:]]*\(.*\) => not found$/\1/p' | sort -u)
    [ -n "$missing" ] || return 0
    say "Qt lacks $(printf '%s' "$missing" | tr '\n' ' ')"
    # shellcheck disable=SC2086
    if ! install_packages $wanted; then
        [ "${CI:-}" != true ] || die "CI needs these libraries."
        say "The window may not open until they are there."
    fi
}

# A panel and notification daemons; not for a machine whose own desktop would start to use them,
# so only who asks for it gets it.
desktop() {
    missing=
    while read -r program package; do
        case $program in
            "" | "#"*) continue ;;
            /*)
                for file in $program; do
                    [ ! -e "$file" ] || continue 2
                done
                ;;
            *) ! command -v "$program" >/dev/null || continue ;;
        esac
        missing="$missing $package"
    done <tests/desktop/harness/packages.txt
    # shellcheck disable=SC2086  # several packages
    [ -z "$missing" ] || install_packages $missing || die "The virtual desktop needs:$missing"
    libraries screen
}

# --- Python ------------------------------------------------------------------------------------

fits() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null
}

version_of() {
    "$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null
}

# Print an interpreter that works. A name that exists may still be a stub, so each one is run.
find_python() {
    if [ -n "${PYTHON:-}" ]; then
        fits "$PYTHON" || die "PYTHON=$PYTHON is not a working Python 3.11, 3.12 or 3.13."
        printf '%s\n' "$PYTHON"
        return
    fi
    for candidate in python3.13 python3.12 python3.11 python3; do
        if fits "$candidate"; then
            printf '%s\n' "$candidate"
            return
        fi
    done
    found=$(version_of python3) || found=none
    say "deskcron needs Python 3.11, 3.12 or 3.13 (python3 here: $found)."
    say "On Debian 12 or Ubuntu 24.04 and newer:  sudo apt install python3 python3-venv"
    die "Where another one is installed, name it:  make PYTHON=/path/to/python3"
}

# The environment can be used when its Python runs, fits, and is the one that was asked for.
environment_works() {
    fits .venv/bin/python || return 1
    [ -z "${PYTHON:-}" ] || [ "$(version_of .venv/bin/python)" = "$(version_of "$PYTHON")" ]
}

create_environment() {
    python=$(find_python)
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        package="python$(version_of "$python")-venv"
        say "$python cannot make virtual environments: $package is missing."
        install_packages "$package" || exit 1
    fi
    say "Creating .venv with Python $(version_of "$python")"
    "$python" -m venv --clear .venv
}

# The extras installed for exactly these two files are remembered in .venv/installed.
environment() {
    environment_works || create_environment
    fingerprint=$(cat pyproject.toml packaging/constraints.txt | cksum)
    installed=
    if [ -f .venv/installed ] && [ "$(head -n 1 .venv/installed)" = "$fingerprint" ]; then
        installed=$(sed 1d .venv/installed)
    fi
    for extra in $(printf '%s' "$1" | tr ',' ' '); do
        if ! printf '%s\n' "$installed" | grep -qx "$extra"; then
            say "Installing deskcron[$1] into .venv"
            .venv/bin/python -m pip install --quiet --disable-pip-version-check \
                --constraint packaging/constraints.txt --editable ".[$1]"
            { printf '%s\n' "$fingerprint" "$installed" && printf '%s\n' "$1" | tr ',' '\n'; } \
                | sed '/^$/d' >.venv/installed.new
            mv .venv/installed.new .venv/installed
            return
        fi
    done
}

case "${1:-}" in
    environment) environment "${2:?which extras?}" ;;
    system) system ;;
    libraries) libraries "${2:?screen or offscreen?}" ;;
    desktop) desktop ;;
    *) die "usage: $0 environment EXTRAS | system | libraries screen|offscreen | desktop" ;;
esac
