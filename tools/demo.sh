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
skypact explain ukraine-2024-08-26 --policy status-quo --unit usa-patriot-gem-t --threat drone
skypact explain ukraine-2024-08-26 --policy neighbours-drones-70km --unit usa-patriot-gem-t --threat drone

say "What could allies hand to Ukraine on 26 October 2021, and what if they lifted their restrictions?"
skypact aid lethal-aid-2021-10 --date 2021-10-26
skypact aid lethal-aid-2021-10 --date 2021-10-26 --policy us-request
skypact explain lethal-aid-2021-10 --donor NSPA --system anti-drone-rifle --date 2021-11-20
skypact compare lethal-aid-2021-10 --replications 2000 --report out/lethal-aid-2021-10.html

say "The fire at Hranitne, 26 October 2021: what if only words, or the drone at once, or no drone?"
skypact compare hranitne-2021-10-26 --replications 2000 --report out/hranitne-2021-10-26.html
skypact explain hranitne-2021-10-26
skypact ledger hranitne-2021-10-26

say "Two very different landscapes"
skypact landscapes ukraine-2024-08-26 israel-2024-04-13 --replications 2000

echo
echo "Open these in a browser:"
echo "  $PWD/out/ukraine-2024-08-26.html"
echo "  $PWD/out/israel-2024-04-13.html"
echo "  $PWD/out/lethal-aid-2021-10.html"
echo "  $PWD/out/hranitne-2021-10-26.html"
