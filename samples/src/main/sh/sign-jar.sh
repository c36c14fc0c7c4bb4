#!/bin/sh
# Signs a JAR with keytool and jarsigner, unmodified, by a key that stays in the module.
#
#   COFFER_HOME=~/.coffer COFFER_PIN=release:pin COFFER_CLASSPATH='/opt/coffer/lib/*' ./sign-jar.sh app.jar
#
# The module must exist and the user must be one of its crypto users; nobody else may have the module open meanwhile.
set -eu
jar=$1
: "${COFFER_HOME:?the directory of the module}" "${COFFER_PIN:?user:pin}" "${COFFER_CLASSPATH:?the jars of Coffer}"
export COFFER_HOME COFFER_PIN
bin=${JAVA_HOME:+$JAVA_HOME/bin/}

# -J-cp and not -providerpath: jarsigner of JDK 17 has no -providerpath, and keytool ignores it for -addprovider.
# The JDK's tools start with few of its modules; Coffer's store needs java.sql.
with_coffer() {
    tool=$1
    shift
    "$bin$tool" -J-cp "-J$COFFER_CLASSPATH" -J--add-modules=java.sql \
        -storetype Coffer -keystore NONE -storepass:env COFFER_PIN -addprovider Coffer "$@"
}

if ! with_coffer keytool -list -alias release >/dev/null 2>&1; then
    # Without -providername, keytool would make the key in software and then try to import it.
    with_coffer keytool -genkeypair -alias release -keyalg EC -groupname secp256r1 -providername Coffer \
        -keypass:env COFFER_PIN -dname 'CN=Example Releases' -validity 1095
fi
with_coffer jarsigner "$jar" release
"${bin}jarsigner" -verify "$jar"
