package org.cofferhsm.hsm.session.local;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.cofferhsm.hsm.crypto.MacKey;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.key.SecretBytes;
import org.cofferhsm.hsm.session.TicketHolder;

/**
 * Makes tickets authentic: version 1 (one byte), the ticket, and HMAC-SHA-256 over both, under a key of this purpose
 * that is derived from the master key, so that tickets outlive a restart. The same key digests PIN verifiers and
 * holders, each under another first byte.
 */
public final class TicketSeal {

    private static final byte VERSION = 1;
    private static final byte VERIFIER = (byte) 0xff;
    private static final byte HOLDER = (byte) 0xfe;
    private static final int MAC_BYTES = 32;
    private static final int MAX_BYTES = 1024;

    private final MacKey key;

    public TicketSeal(MacKey key) {
        this.key = key;
    }

    byte[] seal(Ticket ticket) {
        byte[] signed = prefixed(VERSION, ticket.encode());
        return ByteBuffer.allocate(signed.length + MAC_BYTES)
                .put(signed)
                .put(key.mac(signed))
                .array();
    }

    /** The ticket, if this module made it. */
    Optional<Ticket> open(byte[] sealed) {
        if (sealed.length <= 1 + MAC_BYTES || sealed.length > MAX_BYTES || sealed[0] != VERSION) {
            return Optional.empty();
        }
        int end = sealed.length - MAC_BYTES;
        boolean authentic = key.verify(Arrays.copyOf(sealed, end), Arrays.copyOfRange(sealed, end, sealed.length));
        return authentic ? Optional.of(Ticket.decode(Arrays.copyOfRange(sealed, 1, end))) : Optional.empty();
    }

    /** What tells a PIN from the one before or after it, and nothing else. */
    Octets digest(SecretBytes verifier) {
        return verifier.use(bytes -> {
            byte[] message = prefixed(VERIFIER, bytes);
            try {
                return Octets.of(key.mac(message));
            } finally {
                Arrays.fill(message, (byte) 0);
            }
        });
    }

    /** What tells one process from another, without its number, which whoever sees a ticket must not learn. */
    Octets digest(TicketHolder holder) {
        byte[] user = holder.user().getBytes(StandardCharsets.UTF_8);
        byte[] process = holder.process().toByteArray();
        byte[] both = ByteBuffer.allocate(Integer.BYTES + user.length + process.length)
                .putInt(user.length)
                .put(user)
                .put(process)
                .array();
        return Octets.of(key.mac(prefixed(HOLDER, both)));
    }

    private static byte[] prefixed(byte first, byte[] rest) {
        return ByteBuffer.allocate(1 + rest.length).put(first).put(rest).array();
    }
}
