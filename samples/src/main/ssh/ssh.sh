#!/bin/sh
# OpenSSH with a key in Coffer: its public key for authorized_keys, and ssh-agent signing with it.
#
#   ./ssh.sh            needs openssh-client
set -eu
here=$(CDPATH='' cd "$(dirname "$0")" && pwd)
# shellcheck source=../sh/module.sh
. "$here/../sh/module.sh"

make_module grace
make_key laptop 0x01
serve_module

# What asks for the PIN, instead of a terminal: keys show themselves to nobody who is not logged in.
export SSH_ASKPASS="$work/askpass" SSH_ASKPASS_REQUIRE=force
printf '#!/bin/sh\ncat "%s"\n' "$work/pin" >"$SSH_ASKPASS"
chmod 700 "$SSH_ASKPASS"

echo 'For authorized_keys:'
ssh-keygen -D "$COFFER_PKCS11" >"$work/laptop.pub"
cat "$work/laptop.pub"

# The agent loads only libraries that -P names.
library=$(readlink -f "$COFFER_PKCS11")
export SSH_AUTH_SOCK="$work/agent"
in_background agent ssh-agent -D -a "$SSH_AUTH_SOCK" -P "$library"
wait_until test -S "$SSH_AUTH_SOCK"
ssh-add -s "$library"
ssh-add -L

# ssh itself would use it now; so does whatever signs by the agent, such as git.
echo 'pay 100 to Grace' >"$work/order"
ssh-keygen -Y sign -f "$work/laptop.pub" -n file "$work/order"
printf 'grace %s\n' "$(cat "$work/laptop.pub")" >"$work/allowed"
ssh-keygen -Y verify -f "$work/allowed" -I grace -n file -s "$work/order.sig" <"$work/order"
ssh-add -e "$library"
