# shellcheck shell=bash
# Real servers for the tests: two PostgreSQL clusters, one for each zone, and a Redis, on free ports of this machine, in $work. Nothing that
# is already running here is used or touched. Sourced by .ci/run.

server_pids=()
inside_url='' outside_url='' redis_url=''

as_root() {
  if ((EUID == 0)); then "$@"; else sudo -n -- "$@"; fi
}

# PostgreSQL refuses to run as root.
as_postgres() {
  if ((EUID == 0)); then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}

# Debian keeps initdb and pg_ctl out of the PATH.
postgres_bin() {
  local bin
  for bin in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -Vr); do
    [[ -x $bin/initdb && -x $bin/postgres ]] && echo "$bin" && return 0
  done
  bin=$(command -v initdb) && dirname "$(readlink -f "$bin")"
}

install_servers() {
  local missing=()
  postgres_bin >/dev/null || missing+=(postgresql)
  command -v redis-server >/dev/null || missing+=(redis-server)
  if ((${#missing[@]} == 0)); then
    echo "installed already: $(postgres_bin)/postgres, $(command -v redis-server)"
    return 0
  fi
  echo "installing ${missing[*]}"
  # RUNLEVEL=1: Debian's scripts start no server of their own (invoke-rc.d); ours listen elsewhere anyway.
  as_root env DEBIAN_FRONTEND=noninteractive timeout 300 apt-get -qq update &&
    as_root env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 timeout 600 \
      apt-get -qq install -y --no-install-recommends -o Dpkg::Use-Pty=0 "${missing[@]}"
}

free_port() {
  node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'
}

start_servers() {
  # The clusters belong to postgres, who must be able to pass through.
  chmod 711 "$work"
  start_postgres inside && inside_url=$started_url && start_postgres outside && outside_url=$started_url && start_redis
}

# start_postgres NAME: sets started_url.
start_postgres() {
  local dir=$work/postgres-$1 bin port
  bin=$(postgres_bin) && port=$(free_port) || return 1
  mkdir "$dir" || return 1
  if ((EUID == 0)); then chown postgres: "$dir"; fi
  # No password: it listens on loopback only and lives for minutes. No fsync: the machine's death is not among the tests.
  as_postgres "$bin/initdb" -D "$dir/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$work/$1-initdb.log" 2>&1 &&
    as_postgres "$bin/pg_ctl" start -w -t 60 -D "$dir/data" -l "$dir/log" -o \
      "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off -c max_connections=200" >/dev/null
  local status=$?
  [[ -f $dir/data/postmaster.pid ]] && server_pids+=("$(head -n 1 "$dir/data/postmaster.pid")")
  if ((status != 0)); then
    cat "$work/$1-initdb.log" "$dir/log" 2>/dev/null
    return 1
  fi
  started_url=postgres://postgres@127.0.0.1:$port/postgres
  echo "PostgreSQL $("$bin/postgres" --version | awk '{print $3}') ($1) on port $port"
}

start_redis() {
  local port
  port=$(free_port) && mkdir "$work/redis" || return 1
  # maxmemory-policy: BullMQ must never lose a key to eviction.
  redis-server --port "$port" --bind 127.0.0.1 --dir "$work/redis" --save '' --appendonly yes \
    --maxmemory-policy noeviction >"$work/redis/log" 2>&1 &
  server_pids+=($!)
  redis_url=redis://127.0.0.1:$port
  local try
  for try in {1..100}; do
    if [[ $(redis-cli -p "$port" ping 2>/dev/null) == PONG ]]; then
      echo "Redis $(redis-server --version | sed 's/.* v=\([^ ]*\).*/\1/') on port $port (after $try tries)"
      return 0
    fi
    sleep 0.1
  done
  cat "$work/redis/log"
  return 1
}

# PostgreSQL: fast shutdown on INT; what is still there after ten seconds is killed.
stop_servers() {
  local pid try
  for pid in "${server_pids[@]}"; do kill -INT "$pid" 2>/dev/null; done
  for pid in "${server_pids[@]}"; do
    for try in {1..100}; do
      kill -0 "$pid" 2>/dev/null || continue 2
      sleep 0.1
    done
    kill -KILL "$pid" 2>/dev/null
  done
  server_pids=()
}
