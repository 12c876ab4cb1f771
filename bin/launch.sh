# Starts Java on the built library. Sourced by ../jacobi.

# launch MAIN ARG...: replaces this shell by a JVM.
launch() {
  java_options
  exec "$JAVA_HOME/bin/java" "${options[@]}" -cp "$library" "$@"
}

# run_file FILE.java ARG...: compiles once per source, library and JDK, then runs the class files.
run_file() {
  local file=$1 folder main
  shift
  if [ ! -r "$file" ]; then
    echo "jacobi: $file does not exist or cannot be read." >&2
    exit 1
  fi
  java_options
  folder=$cache/programs/$({ echo "${file##*/} $id $java_version"; cat "$file"; } | digest)
  if ! is_intact "$folder"; then
    rm -rf "$folder"
    "$JAVA_HOME/bin/java" "${options[@]}" -cp "$library" dev.jacobi.cli.Compile "$file" "$folder"
    checksums "$folder" >"$folder.$$"
    mv "$folder.$$" "$folder/sums"
  fi
  read -r main <"$folder/main"
  exec "$JAVA_HOME/bin/java" "${options[@]}" -cp "$library:$folder" dev.jacobi.cli.Run "$main" "$@"
}

# is_intact FOLDER: whether a compiled program is ours and as it was written.
is_intact() {
  [ -O "$1/main" ] && [ -O "$1/sums" ] && [ "$(<"$1/sums")" = "$(checksums "$1")" ]
}

# checksums FOLDER: one line per file of a compiled program.
checksums() {
  (cd "$1" && find . -type f ! -name sums -exec cksum {} + | LC_ALL=C sort)
}

# Sets library, id and options.
java_options() {
  local aot
  library=$(<"$root/examples/target/classpath")
  library=$(own_jar):$library
  id=none
  if [ -f "$stamp" ]; then id=$(<"$stamp"); fi
  # Arrays live outside the heap: a small young generation makes dropped ones come back in about 1 ms.
  options=(--enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -Xmn16m -Djacobi.home="$root")
  # One cache per checkout, build and JDK; the checkout's path keeps two of them apart.
  aot=$cache/aot/${root//\//_}-$id-$java_version.aot
  if [ "${JACOBI_AOT:-}" != off ] && [ "$id" != none ]; then
    if [ -O "$aot" ]; then options+=(-XX:AOTCache="$aot"); else train "$aot" & fi
  fi
  # shellcheck disable=SC2206 # several options in one variable
  options+=(${JACOBI_JAVA_OPTIONS:-})
}

# While Maven runs the tests of `examples`, that module has no jar yet.
own_jar() {
  local jar
  for jar in "$root"/examples/target/jacobi-examples-*.jar "$root/examples/target/classes"; do
    if [ -e "$jar" ]; then
      printf %s "$jar"
      return
    fi
  done
}

# train FILE: records an AOT cache of our classes (JEP 514) once the command that we become has ended.
train() {
  exec </dev/null >/dev/null 2>&1
  while kill -0 $$; do sleep 0.5; done
  umask 077
  # The folder is the lock: one training at a time; one that was killed long ago does not count.
  mkdir -p "${1%/*}"
  find "$1.lock" -maxdepth 0 -mmin +10 -exec rm -rf {} + || true
  mkdir "$1.lock" || exit 0
  trap "rm -rf '$1.lock'" EXIT
  if nice "$JAVA_HOME/bin/java" "${options[@]}" -XX:AOTCacheOutput="$1.lock/new" -cp "$library" \
    dev.jacobi.cli.Train; then
    rm -f "${1%/*}/${root//\//_}"-*.aot
    mv "$1.lock/new" "$1"
  fi
}
