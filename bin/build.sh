# Builds with Maven when a source is newer than the last build. Sourced by ../jacobi.

stamp=$root/target/built
modules=(hlo core cpu pjrt bench cli examples)

is_built() {
  # A Maven run that we started has built what its tests need.
  [ -z "${JACOBI_BUILT:-}" ] || return 0
  [ -f "$stamp" ] || return 1
  local paths=("$root/pom.xml") module
  for module in "${modules[@]}"; do paths+=("$root/$module/pom.xml" "$root/$module/src/main"); done
  [ -z "$(find "${paths[@]}" -newer "$stamp" -print -quit)" ]
}

build() {
  is_built || locked build_now
}

# locked COMMAND: one build at a time in this folder, where the system has flock.
locked() {
  mkdir -p "$root/target"
  if command -v flock >/dev/null; then
    exec 9>"$root/target/lock"
    flock -n 9 || { echo "jacobi: waiting for another build" >&2; flock 9; }
  fi
  "$@"
  exec 9>&-
}

build_now() {
  # Another process may have built while we waited.
  ! is_built || return 0
  echo "Building Jacobi with Maven on JDK $java_version (the first build downloads about 200 MB)" >&2
  maven build -Dmaven.test.skip=true package || exit 1
}

# maven NAME ARG...: runs Maven with its log in target/NAME.log and a line of progress per module.
maven() {
  local log=$root/target/$1.log start=$root/target/start
  shift
  if ! command -v mvn >/dev/null; then
    echo "jacobi: Maven (3.8 or later) is missing: install it, or put mvn on the PATH." >&2
    return 1
  fi
  touch "$start"
  # The option silences JDK 25 about Maven's own libraries.
  if ! (cd "$root" && JACOBI_BUILT=1 MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow ${MAVEN_OPTS:-}" \
    mvn -B -ntp "$@" 2>&1 | tee "$log" | progress); then
    grep -E '^\[WARNING\].*\.java:|^\[ERROR\] [^-]' "$log" | grep -vE 'Help 1|rerun|re-run|more information|mvn <args>|correcting the problems' |
      awk '!seen[$0]++' | head -n 40 >&2
    echo "jacobi: Maven failed; its whole log is $log" >&2
    return 1
  fi
  # The build's identity: sources that change while Maven runs are newer than `start`.
  (cd "$root" && cat ./*/target/jacobi-*.jar | digest >"$start.id")
  touch -r "$start" "$start.id"
  mv "$start.id" "$stamp"
}

progress() {
  awk '
    /Building Jacobi [a-z]+ / { printf "  %s\n", $4; fflush() }
    /Downloading.*natives|Downloading.*(llvm|openblas).*-(linux|mac|win).*jar/ {
      n = split($0, part, "/"); printf "  downloading %s\n", part[n]; fflush() }
    /Tests run:.*Time elapsed/ { sub(/.*-- in /, ""); sub(/^dev\.jacobi\./, ""); printf "    %s\n", $0; fflush() }
  ' >&2
}

digest() {
  if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi | cut -c 1-32
}

# run_tests [fast|long|xla|xla long]: the tests of all modules; the last line counts them.
run_tests() {
  local options plugin excluded=long
  case ${1:-} in
    "") options=(-Djacobi.excludedTags=long) ;;
    fast) options=(-Djacobi.excludedTags=slow,long -Djacobi.test.coreOnCpu=none) ;;
    long) options=(-Djacobi.excludedTags=) && keep_programs ;;
    xla)
      case ${2:-} in "") ;; long) excluded= ;; *) test_usage ;; esac
      plugin=${JACOBI_BACKEND:-pjrt:cpu}
      unset JACOBI_BACKEND # Only the tests of core and those tagged xla are for the plugin.
      build
      # The plugin is named and started before anything else, so that a missing one is one error.
      (launch dev.jacobi.cli.Main plugin info "${plugin#pjrt:}") || exit 1
      export JACOBI_TEST_PLUGIN=$plugin JACOBI_CPU_DEVICES=${JACOBI_CPU_DEVICES:-8}
      options=(-Djacobi.tags=xla "-Djacobi.excludedTags=$excluded" -Djacobi.test.coreOnCpu=none
        -Djacobi.test.coreOnXla=test "-Djacobi.test.plugin=$plugin")
      ;;
    *) test_usage ;;
  esac
  locked test_now "${options[@]}"
}

test_usage() {
  echo "jacobi: usage: ./jacobi test [fast|long|xla|xla long]" >&2
  exit 2
}

# Every program of the tests is kept, for accept_programs.
keep_programs() {
  export JACOBI_PROGRAMS=${JACOBI_PROGRAMS:-$root/target/programs}
  rm -rf "$JACOBI_PROGRAMS"
}

# The programs that the tests kept go to StableHLO's own verifier, if a Python has JAX.
accept_programs() {
  local python=${JACOBI_PYTHON:-python3}
  [ -n "${JACOBI_PROGRAMS:-}" ] || return 0
  if "$python" -c 'import jaxlib' 2>/dev/null; then
    JAX_PLATFORMS=cpu "$python" "$root/goldens/accept_mlir.py" "$JACOBI_PROGRAMS"
  else
    echo "Not checked with StableHLO's verifier: $python has no jaxlib (JACOBI_PYTHON names another)" >&2
  fi
}

test_now() {
  local reports=()
  rm -rf "$root"/*/target/surefire-reports
  maven test -Dmaven.test.failure.ignore=true "$@" package || exit 1
  accept_programs || exit 1
  exec 9>&-
  launch dev.jacobi.cli.TestReport "$root/target/test.log" "$root"/*/target/surefire-reports
}
