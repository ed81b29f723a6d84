# What a story is told with. Sourced by story.sh in a folder beside this one, which takes DIR:
# $books is DIR, and commands run in the story's folder. accrue is taken from PATH, or from ACCRUE.
set -euo pipefail
[ $# = 1 ] || { echo "usage: $0 DIR" >&2; exit 2; }

accrue=$(command -v "${ACCRUE:-accrue}") || { echo "story: no accrue in PATH" >&2; exit 2; }
accrue=$(realpath "$accrue")
mkdir -p "$1"
books=$(realpath "$1")
export ACCRUE_BOOK ACCRUE_NOW ACCRUE_AUTHOR=controller NO_COLOR=1
stream=  # a file that `feed` sends
cd "$(dirname "${BASH_SOURCE[1]}")"

# Prints the command as a person would type it, and both of its streams.
run() {
  local word line="${stream:+cat $stream | }accrue"
  for word in "$@"; do
    case $word in *' '*) line+=" '$word'" ;; *) line+=" $word" ;; esac
  done
  printf '$ %s\n' "$line"
  "$accrue" "$@" 2>&1
  echo
}

# Sends FILE through a pipe to a command, as the metering does.
feed() {
  local stream=$1
  shift
  # shellcheck disable=SC2002  # a pipe is meant
  cat "$stream" | run "$@"
}
