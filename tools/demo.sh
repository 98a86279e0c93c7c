#!/bin/sh
# Answers the questions of the shipped scenarios and writes their reports.
set -eu
mkdir -p out
say() { printf '\n== %s\n\n' "$1"; }

say "What would have changed, had allies been allowed to intercept? The raid on Ukraine, 26 August 2024"
skypact compare ukraine-2024-08-26 --replications 2000 --report out/ukraine-2024-08-26.html

say "And over Israel, 13-14 April 2024?"
skypact compare israel-2024-04-13 --replications 2000 --report out/israel-2024-04-13.html

say "Why could a unit not engage a threat?"
skypact explain ukraine-2024-08-26 --policy status-quo --unit usa-patriot-gem-t --threat cruise
skypact explain ukraine-2024-08-26 --policy neighbours-drones-70km --unit usa-patriot-gem-t --threat cruise

say "Two very different landscapes"
skypact landscapes ukraine-2024-08-26 israel-2024-04-13 --replications 2000

echo
echo "Open these in a browser:"
echo "  $PWD/out/ukraine-2024-08-26.html"
echo "  $PWD/out/israel-2024-04-13.html"
