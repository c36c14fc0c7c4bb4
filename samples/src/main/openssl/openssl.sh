#!/bin/sh
# OpenSSL with a key in Coffer: a certificate request, a signature, and a TLS server that is asked once.
#
#   ./openssl.sh        needs openssl and libengine-pkcs11-openssl; PORT is where the server listens
set -eu
here=$(CDPATH='' cd "$(dirname "$0")" && pwd)
# shellcheck source=../sh/module.sh
. "$here/../sh/module.sh"
port=${PORT:-8443}

make_module web
make_key tls 0x01
serve_module
make_certificate tls
key="pkcs11:object=tls;type=private?pin-source=$work/pin"

openssl req -new -engine pkcs11 -keyform engine -key "$key" -subj '/CN=www.example.test' -out "$work/server.csr"
openssl req -in "$work/server.csr" -verify -noout

echo 'pay 100 to Grace' >"$work/order"
openssl dgst -sha256 -engine pkcs11 -keyform engine -sign "$key" -out "$work/order.sig" "$work/order"
openssl x509 -in "$work/server.pem" -pubkey -noout >"$work/public.pem"
openssl dgst -sha256 -verify "$work/public.pem" -signature "$work/order.sig" "$work/order"

in_background s_server openssl s_server -engine pkcs11 -keyform engine -key "$key" -cert "$work/server.pem" \
  -accept "127.0.0.1:$port" -www
ask() {
  openssl s_client -connect "127.0.0.1:$port" -CAfile "$work/server.pem" -verify_return_error -brief </dev/null
}
wait_until ask
ask
