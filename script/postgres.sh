# Sourced by script/test: finds a PostgreSQL to test on, or makes one for the length of this run.
# Sets postgres_url, or leaves it empty and says why in postgres_why.

postgres_url="" postgres_why="" postgres_folder="" postgres_bin=""
postgres_name="yizheng_$$"

postgres_answers() { # URL
  "$python" -c 'import psycopg, sys; psycopg.connect(sys.argv[1], connect_timeout=3).close()' "$1" 2>/dev/null
}

as_postgres() { # initdb and postgres refuse to run as root
  if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

installed_postgres() { # the folder of the newest PostgreSQL on this machine, or nothing
  ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1 || true
}

find_postgres() { # one that is named, else a server of our own, which need not survive a power cut and leaves nothing behind
  local given="${YIZHENG_TEST_POSTGRES:-}" usual=postgres://postgres@127.0.0.1:5432
  postgres_bin="$(installed_postgres)"
  if [ -n "$given" ] && postgres_answers "$given/postgres"; then
    postgres_url="$given/$postgres_name"
  elif [ -n "$postgres_bin" ] && start_postgres; then
    postgres_url="postgres://postgres@127.0.0.1:$postgres_port/$postgres_name"
  elif postgres_answers "$usual/postgres"; then
    postgres_url="$usual/$postgres_name"
  elif [ -z "$postgres_bin" ] && start_postgres; then
    postgres_url="postgres://postgres@127.0.0.1:$postgres_port/$postgres_name"
  fi
}

start_postgres() {
  if [ -z "$postgres_bin" ]; then
    apt_install postgresql || true
    postgres_bin="$(installed_postgres)"
  fi
  if [ -z "$postgres_bin" ]; then
    postgres_why="PostgreSQL is not installed here and could not be (Debian, as root: apt-get install postgresql)"
    return 1
  fi
  postgres_folder="$(mktemp -d)"
  chmod 711 "$postgres_folder"
  [ "$(id -u)" != 0 ] || chown postgres "$postgres_folder"
  postgres_port="$("$python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')"
  as_postgres "$postgres_bin/initdb" --pgdata="$postgres_folder/data" --username=postgres --auth=trust --encoding=UTF8 \
    --locale=C.UTF-8 --no-sync >"$postgres_folder.log" 2>&1 &&
    as_postgres "$postgres_bin/pg_ctl" --pgdata="$postgres_folder/data" --log="$postgres_folder/log" --wait start --options="-p \
$postgres_port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$postgres_folder -c fsync=off -c synchronous_commit=off -c full_page_writes=off" >>"$postgres_folder.log" 2>&1 ||
    { postgres_why="PostgreSQL is installed but did not start: $(tail -n 1 "$postgres_folder.log")"; return 1; }
}

leave_postgres() { # drops what a run cut short left behind, and the server if it was ours
  [ -z "$postgres_url" ] || "$python" - "${postgres_url%/*}/postgres" "%$postgres_name%" <<'PY' 2>/dev/null || true
import sys
import psycopg
with psycopg.connect(sys.argv[1], autocommit=True) as server:
    for (name,) in server.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [sys.argv[2]]).fetchall():
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
PY
  if [ -n "$postgres_folder" ]; then
    as_postgres "$postgres_bin/pg_ctl" --pgdata="$postgres_folder/data" --mode=immediate stop >/dev/null 2>&1 || true
    rm -rf "$postgres_folder" "$postgres_folder.log"
  fi
}
