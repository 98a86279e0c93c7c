#!/bin/sh
# The tests of the report and of the page look at them in Chromium. Where there is none, install Debian's if we may.
for name in chromium chromium-browser google-chrome google-chrome-stable; do
  command -v "$name" >/dev/null 2>&1 && exit 0
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing Chromium for the tests of the report and the page ..."
  (apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium) \
    >/dev/null 2>&1 && exit 0
fi
if [ -n "$CI" ]; then
  echo "No Chromium found, and none could be installed: the tests of the page cannot run."
  exit 1
fi
echo "No Chromium found: the tests that look at the report and the page in a browser will be skipped."
