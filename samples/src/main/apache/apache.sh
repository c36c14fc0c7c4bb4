#!/bin/sh
# Apache's HTTP server serves TLS by a key in Coffer, also after Coffer's service was restarted under it.
#
#   ./apache.sh         needs apache2-bin, curl, openssl and libengine-pkcs11-openssl; PORT is where Apache listens
set -eu
here=$(CDPATH='' cd "$(dirname "$0")" && pwd)
# shellcheck source=../sh/module.sh
. "$here/../sh/module.sh"
port=${PORT:-8443}

make_module web
make_key tls 0x01
serve_module
make_certificate tls

mkdir "$work/site"
echo 'served by a key in Coffer' >"$work/site/index.html"
sed "s/127.0.0.1:8443/127.0.0.1:$port/" "$here/httpd.conf" >"$work/httpd.conf"
cd "$work"
set -- -d "$work" -f "$work/httpd.conf" -DFOREGROUND
[ "$(id -u)" != 0 ] || set -- "$@" -DROOT
in_background apache "$(command -v apache2 || echo /usr/sbin/apache2)" "$@"
ask() {
  curl --silent --show-error --fail --cacert "$work/server.pem" "https://localhost:$port/index.html"
}
wait_until ask
ask

restart_service
wait_until ask
again=$(ask)
echo "and after a restart of the service: $again"
