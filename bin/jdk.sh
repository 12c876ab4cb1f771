# Finds an installed JDK of at least version 25: sets JAVA_HOME and java_version.
# Sourced by ../jacobi. Reads the `release` file of a JDK, which is quicker than starting it.

least_java=25

# is_jdk HOME: true for a JDK that is new enough; sets java_version, and notes what is too old.
is_jdk() {
  local key value
  [ -x "$1/bin/java" ] || return 1
  java_version=unknown
  if [ -r "$1/release" ]; then
    while IFS='=' read -r key value; do
      if [ "$key" = JAVA_VERSION ]; then java_version=${value//[\"$'\r']/}; fi
    done <"$1/release"
  fi
  case ${java_version%%[!0-9]*} in
    "") seen+="  $1 (of an unknown version)"$'\n' ;;
    *)
      if [ "${java_version%%[!0-9]*}" -lt "$least_java" ]; then
        seen+="  $1 (version $java_version)"$'\n'
      elif [ ! -x "$1/bin/javac" ]; then
        seen+="  $1 (version $java_version, but without javac: not a JDK)"$'\n'
      else
        return 0
      fi
      ;;
  esac
  return 1
}

# The homes to try, one a line, the user's choice first.
jdk_homes() {
  local java home
  printf '%s\n' "${JAVA_HOME:-}"
  if java=$(command -v java); then
    java=$(readlink -f "$java" 2>/dev/null || printf %s "$java")
    printf '%s\n' "${java%/bin/java}"
  fi
  if [ -x /usr/libexec/java_home ]; then
    /usr/libexec/java_home -v "$least_java+" 2>/dev/null || true
  fi
  for home in /usr/lib/jvm/* /opt/java/* /opt/jdk* "$HOME"/.sdkman/candidates/java/* \
    "$HOME"/.jdks/* "$HOME"/.local/share/mise/installs/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*; do
    [ ! -d "$home" ] || printf '%s\n' "$home"
  done
}

find_jdk() {
  local home seen=
  # JAVA_HOME is the usual case, and costs nothing.
  if [ -n "${JAVA_HOME:-}" ] && is_jdk "$JAVA_HOME"; then return; fi
  seen=
  while IFS= read -r home; do
    if [ -n "$home" ] && is_jdk "$home"; then
      export JAVA_HOME=$home
      return
    fi
  done < <(jdk_homes)
  {
    echo "jacobi: no JDK $least_java or later was found."
    [ -z "$seen" ] || printf 'These are too old or incomplete:\n%s' "$(sort -u <<<"${seen%$'\n'}")"$'\n'
    echo "Install one (https://adoptium.net, or: sdk install java 25-tem) or set JAVA_HOME to it."
  } >&2
  exit 1
}
