package org.cofferhsm.hsm.channel;

import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;

/**
 * The reply to a greeting.
 *
 * @param known whether the service knew this client already
 * @param serial the module's serial number
 * @param softwareVersion the service's version of Coffer
 */
public record Welcome(boolean known, Octets serial, String softwareVersion) {

    static Welcome read(MessageReader body) {
        body.u16(); // the protocol's version, which is the one that was offered
        return new Welcome(body.u8() == 1, Octets.of(body.bytes()), body.text());
    }

    /** What follows the welcome where a secret was shown: the other half, unless there is none. */
    static byte[] proof(MessageReader body) {
        byte[] proof = body.atEnd() ? new byte[0] : body.bytes();
        body.end();
        return proof;
    }

    void write(MessageWriter body) {
        body.u16(Greeting.VERSION).u8(known ? 1 : 0).bytes(serial.toByteArray()).text(softwareVersion);
    }
}
