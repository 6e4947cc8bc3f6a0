#!/usr/bin/env bash
# Finds Debian's Chromium for the tests that look at the app in a real browser, or installs it when run as root.
set -euo pipefail

if command -v chromium >/dev/null; then
  exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  printf 'installing chromium for the browser tests\n' >&2
  if (apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends chromium) >/dev/null; then
    exit 0
  fi
fi
printf 'no chromium: the browser tests will be skipped; on Debian: apt-get install chromium\n' >&2
