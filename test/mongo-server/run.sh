#!/usr/bin/env bash
# Starts an in-memory MongoDB server on a free port of this machine. Needs a JDK (17 or newer) and Maven, and downloads
# the rest once.
#
#   test/mongo-server/run.sh                      prints its address and serves until it is stopped
#   test/mongo-server/run.sh npm run test:mongo   runs a command with MONGO_URL set, and exits with its exit code
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
built="$here/../../node_modules/.cache/mongo-server"

# Built again if a source is newer. It is built in a separate folder first, so that a half-made one is never used.
if [[ ! -e $built/TestServer.class || $here/TestServer.java -nt $built/TestServer.class || $here/pom.xml -nt $built/TestServer.class ]]; then
  mkdir -p "$(dirname "$built")"
  making=$(mktemp -d "$built.XXXXXX")
  mvn -q -B -f "$here/pom.xml" dependency:copy-dependencies -DoutputDirectory="$making/lib" -DincludeScope=runtime >&2
  javac -cp "$making/lib/*" -d "$making" "$here/TestServer.java"
  rm -rf "$built"
  mv "$making" "$built"
fi

serve=(java -Xmx1g -cp "$built:$built/lib/*" TestServer)
if [[ $# -eq 0 ]]; then exec "${serve[@]}" 2>/dev/null; fi

exec {output}< <(exec "${serve[@]}" 2>/dev/null)
server=$!
trap 'kill "$server" 2>/dev/null || true' EXIT
IFS= read -r -t 60 -u "$output" MONGO_URL || { echo 'the MongoDB test server did not start' >&2; exit 1; }
export MONGO_URL
"$@"
