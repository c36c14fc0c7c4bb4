#!/bin/sh
# nginx serves TLS by a key in Coffer, also after Coffer's service was restarted under it.
#
#   ./nginx.sh          needs nginx, curl, openssl and libengine-pkcs11-openssl; PORT is where nginx listens
set -eu
here=$(CDPATH='' cd "$(dirname "$0")" && pwd)
# shellcheck source=../sh/module.sh
. "$here/../sh/module.sh"
port=${PORT:-8443}

make_module web
make_key tls 0x01
serve_module
make_certificate tls

sed "s/127.0.0.1:8443/127.0.0.1:$port/" "$here/nginx.conf" >"$work/nginx.conf"
cd "$work"
in_background nginx "$(command -v nginx || echo /usr/sbin/nginx)" -p "$work" -e stderr -c "$work/nginx.conf" -g 'daemon off;'
ask() {
  curl --silent --show-error --fail --cacert "$work/server.pem" "https://localhost:$port/"
}
wait_until ask
ask

restart_service
wait_until ask
again=$(ask)
echo "and after a restart of the service: $again"
