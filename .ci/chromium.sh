# shellcheck shell=bash
# Debian's Chromium for the walk through the console. Sourced by .ci/run, after .ci/servers.sh.

install_chromium() {
  if [[ -x /usr/bin/chromium ]]; then
    echo "installed already: $(/usr/bin/chromium --version 2>/dev/null)"
    return 0
  fi
  as_root env DEBIAN_FRONTEND=noninteractive timeout 300 apt-get -qq update &&
    as_root env DEBIAN_FRONTEND=noninteractive timeout 600 \
      apt-get -qq install -y --no-install-recommends -o Dpkg::Use-Pty=0 chromium
}
