#!/bin/sh
# Texts for translators, and translations for the program.
#
#   texts.sh extract    write every text of the program to resources/i18n/deskcron.pot
#   texts.sh begin LANG start a translation, such as "de"
#   texts.sh renew      bring what has changed in the texts into every translation
#   texts.sh compile    make translations ready to be shipped; before each build
set -eu
cd "$(dirname "$0")/.."
folder=resources/i18n
template=$folder/deskcron.pot

babel() {
    command=$1
    shift
    .venv/bin/pybabel --quiet "$command" --domain deskcron "$@"
}

has_translations() {
    [ -n "$(find "$folder" -name '*.po')" ]
}

extract() {
    # Sorted by file and without line numbers, so that it changes only where a text does.
    .venv/bin/pybabel --quiet extract --output-file "$template" --sort-by-file \
        --add-location file --add-comments "Translators:" --no-wrap --project deskcron \
        --version "" --copyright-holder "the deskcron authors" deskcron
    sed '/^"POT-Creation-Date:/d' "$template" >"$template.new"
    mv "$template.new" "$template"
}

case "${1:-}" in
    extract) extract ;;
    begin) babel init --input-file "$template" --output-dir "$folder" --locale "${2:?which language?}" ;;
    renew) ! has_translations || babel update --input-file "$template" --output-dir "$folder" ;;
    compile) ! has_translations || babel compile --directory "$folder" ;;
    *)
        printf 'usage: %s extract | begin LANG | renew | compile\n' "$0" >&2
        exit 1
        ;;
esac
