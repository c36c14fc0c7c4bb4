package org.cofferhsm.hsm.channel;

import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.spi.MalformedMessageException;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;

/**
 * The first request of a connection ({@code docs/channel.md}, "Greeting").
 *
 * @param service the service wanted
 * @param processId as the program says; for logs only
 * @param program as the program says; for logs only
 */
record Greeting(String service, ClientNumber client, long processId, String program) {

    static final int OPERATION = 1;
    static final int VERSION = 1;

    private static final int MAGIC = 0x434f4652; // COFR
    private static final int MAX_NAME = 64;
    private static final int MAX_PROGRAM = 256;

    /** The protocol's version, which has to be right before the rest is read. */
    static int version(MessageReader body) {
        if (body.u32() != MAGIC) {
            throw new MalformedMessageException("the greeting is not one of Coffer's");
        }
        return body.u16();
    }

    /** What follows the version. */
    static Greeting read(MessageReader body) {
        String service = limited(body.text(), MAX_NAME);
        ClientNumber client = new ClientNumber(Octets.of(body.exactly(ClientNumber.BYTES)));
        long processId = body.u64();
        String program = limited(body.text(), MAX_PROGRAM);
        body.bytes(); // the token, which was looked at where it is needed
        body.end();
        return new Greeting(service, client, processId, printable(program));
    }

    /** What follows the version has the token in it; the caller wipes it. */
    static byte[] token(MessageReader body) {
        body.text();
        body.exactly(ClientNumber.BYTES);
        body.u64();
        body.text();
        return body.bytes();
    }

    /** @param token what the secret file asks for, or nothing where the operating system tells who greets */
    void write(MessageWriter body, byte[] token) {
        body.u32(MAGIC).u16(VERSION).text(service).raw(client.octets().toByteArray());
        body.u64(processId).text(program).bytes(token);
    }

    private static String limited(String text, int most) {
        if (text.length() > most) {
            throw new MalformedMessageException("a name in the greeting has " + text.length() + " characters");
        }
        return text;
    }

    /** It goes into a log that somebody reads at a terminal. */
    private static String printable(String text) {
        return text.codePoints()
                .map(one -> Character.isISOControl(one) ? '?' : one)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
