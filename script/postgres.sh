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

find_postgres() {
  local server="${YIZHENG_TEST_POSTGRES:-postgres://postgres@127.0.0.1:5432}"
  if ! postgres_answers "$server/postgres"; then
    start_postgres || return 0
    server="postgres://postgres@127.0.0.1:$postgres_port"
  fi
  postgres_url="$server/$postgres_name"
}

start_postgres() {
  postgres_bin="$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)"
  if [ -z "$postgres_bin" ]; then
    apt_install postgresql || true
    postgres_bin="$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)"
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
    --locale=C.UTF-8 >"$postgres_folder.log" 2>&1 &&
    as_postgres "$postgres_bin/pg_ctl" --pgdata="$postgres_folder/data" --log="$postgres_folder/log" --wait start --options="-p \
$postgres_port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$postgres_folder -c fsync=off" >>"$postgres_folder.log" 2>&1 ||
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
