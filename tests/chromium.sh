#!/bin/sh
# Make sure that a Chromium is there for the browser tests: Debian's, where we may install it.
command -v chromium >/dev/null 2>&1 && exit 0
install="apt-get install --yes --quiet --no-install-recommends chromium"
if command -v apt-get >/dev/null 2>&1; then
    if [ "$(id -u)" = 0 ]; then
        echo "Installing Chromium for the browser tests (once) ..."
        { apt-get update --quiet && DEBIAN_FRONTEND=noninteractive $install; } >/dev/null 2>&1
    elif sudo -n true 2>/dev/null; then
        echo "Installing Chromium for the browser tests (once) ..."
        { sudo -n apt-get update --quiet && sudo -n env DEBIAN_FRONTEND=noninteractive $install; } >/dev/null 2>&1
    fi
fi
command -v chromium >/dev/null 2>&1 || {
    echo "The browser tests need Chromium: install it (on Debian or Ubuntu: sudo $install) and run make test again." >&2
    exit 1
}
