#!/usr/bin/env bash
#
# Every night: read what is new in a folder of reviews, and write the results again.
#
#   REVIEWS=/srv/reviews OUT=/srv/results examples/nightly.sh
#
# In a crontab, at a quarter past two (cron mails what is printed: nothing if all went well):
#
#   15 2 * * *  REVIEWS=/srv/reviews OUT=/srv/results SRTMINER=/opt/srtminer/bin/srtminer /srv/nightly.sh
#
# Exit codes are those of srtminer: 0 all done, 3 done but some files could not be read, 4 there is no
# recommendation yet, 5 the store is damaged; 75 if the run of the night before still goes on.

set -euo pipefail # stop at the first command that fails, a misspelt variable, a broken pipe
umask 077         # what is written is for this user only: reviews may be unpublished
trap 'echo "nightly: stopped in line $LINENO, results may be those of an earlier night" >&2' ERR

REVIEWS=${REVIEWS:-reviews}                           # folder of PDFs and other files, with subfolders
OUT=${OUT:-results}                                   # folder for the results
SRTMINER=${SRTMINER:-srtminer}                        # in full for cron, which does not know your PATH
export SRTMINER_STORE=${SRTMINER_STORE:-$OUT/srtminer.db} # every command below uses this store

if [[ ! -d $REVIEWS ]]; then
    echo "nightly: there is no folder $REVIEWS; set REVIEWS" >&2
    exit 2
fi
mkdir -p "$OUT"

# Two runs at once would only wait for each other. (Not every system has flock; the store is safe anyway.)
if command -v flock >/dev/null; then
    exec 9>"$OUT/.lock"
    if ! flock --nonblock 9; then
        echo "nightly: the run before is still going on" >&2
        exit 75
    fi
fi

# Files that are in the store already are not read again. --strict makes a file that cannot be read known by
# exit code 3; the results are written all the same, and the code is handed on at the end.
unread=0
"$SRTMINER" --quiet ingest --strict --format json "$REVIEWS" >"$OUT/ingest.json.new" || {
    unread=$?
    [[ $unread -eq 3 ]] || exit "$unread"
}
mv "$OUT/ingest.json.new" "$OUT/ingest.json"

# Each file is written whole or not at all: who reads them at night never sees half a table.
"$SRTMINER" --quiet reviews --output "$OUT/reviews.csv"
"$SRTMINER" --quiet recommendations --output "$OUT/recommendations.csv"
"$SRTMINER" --quiet themes --output "$OUT/themes.csv"
"$SRTMINER" --quiet report --output "$OUT/report.html"

if [[ $unread -ne 0 ]]; then
    echo "nightly: done, but some files could not be read; \"skipped\" in $OUT/ingest.json says why" >&2
    exit "$unread"
fi
