# shellcheck shell=sh
# Read by the scripts that show a program with its keys in Coffer. They set here to their own directory before.
#
# Makes a module in a temporary directory and serves it until the script ends; no other module is touched. COFFER is the
# command, and COFFER_PKCS11 the library, where they are not those of this tree.
: "${here:?}"
root=$(CDPATH='' cd "$here/../../../.." && pwd)
if [ -x "$root/bin/coffer" ]; then
  installed=$root
  coffer=${COFFER:-$root/bin/coffer}
else
  installed=$root/.coffer-build/coffer
  coffer=${COFFER:-$root/coffer}
fi
COFFER_PKCS11=${COFFER_PKCS11:-$installed/native/linux-$(uname -m)/libcoffer-pkcs11.so}

work=$(mktemp -d)
started=

# What was started is stopped by its process number, and nothing else.
clean_up() {
  status=$?
  trap - EXIT
  for process in $started; do
    kill "$process" 2>/dev/null || continue # it may have ended by itself
    wait "$process" 2>/dev/null || :
  done
  if [ "$status" != 0 ]; then find "$work" -maxdepth 1 -name '*.log' -exec tail -n 20 {} + >&2; fi
  rm -rf "$work"
  exit "$status"
}
trap clean_up EXIT
trap 'exit 129' HUP INT TERM

# in_background NAME COMMAND…: what it says goes to NAME.log
in_background() {
  log=$work/$1.log
  shift
  "$@" >"$log" 2>&1 &
  started="$! $started"
}

# wait_until COMMAND…: as soon as it succeeds; for 30 seconds
wait_until() {
  tries=300
  until "$@" >/dev/null 2>&1; do
    tries=$((tries - 1))
    if [ "$tries" = 0 ]; then
      echo "waited 30 seconds for: $*" >&2
      exit 1
    fi
    sleep 0.1
  done
}

# Short enough for libp11, which takes 32 characters, the user's name and the colon among them.
random_pin() {
  od -An -tx1 -N12 /dev/urandom | tr -d ' \n'
}

# make_module USER: a module with a crypto user, whose PIN is in the file pin, as PKCS#11 programs want it
make_module() {
  user=$1
  export COFFER_HOME="$work/module" COFFER_PKCS11
  admin_pin=$(random_pin)
  pin=$(random_pin)
  COFFER_ADMIN_PIN=$admin_pin "$coffer" init
  COFFER_PIN=admin:$admin_pin COFFER_NEW_PIN=$pin "$coffer" user create --username "$user" --role crypto-user
  (umask 077 && printf '%s' "$user:$pin" >"$work/pin")
}

# make_key LABEL ID: a P-256 key pair for signatures
make_key() {
  "$coffer" key generate-asymmetric-pair ec --curve secp256r1 --label "$1" --pin-file "$work/pin" \
    --public-attributes verify=true id="$2" --private-attributes sign=true id="$2"
}

# serve_module: from now on the module is the service's, whose process number is in service
serve_module() {
  export COFFER_SOCKET="$work/socket"
  set -- serve --socket "$COFFER_SOCKET"
  if [ "$(id -u)" = 0 ]; then
    set -- "$@" --allow-user nobody # what servers become that root starts
    chmod 711 "$work"
  fi
  in_background serve "$coffer" "$@"
  service=$!
  wait_until test -S "$COFFER_SOCKET"
}

restart_service() {
  kill "$service"
  wait "$service" || :
  serve_module
}

# make_certificate LABEL: for this machine, signed by the key itself, as server.pem
make_certificate() {
  export OPENSSL_CONF="$here/../openssl/openssl.cnf"
  openssl req -x509 -new -sha256 -days 30 -subj /CN=localhost -addext subjectAltName=DNS:localhost,IP:127.0.0.1 \
    -engine pkcs11 -keyform engine -key "pkcs11:object=$1;type=private?pin-source=$work/pin" -out "$work/server.pem"
}
