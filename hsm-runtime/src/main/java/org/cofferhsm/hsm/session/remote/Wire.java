package org.cofferhsm.hsm.session.remote;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Function;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;

/** How much goes into one message, and what becomes of secrets that went through one. */
final class Wire {

    /** What a message holds at the most: a frame of the channel less its header. */
    static final int LARGEST = (1 << 24) - 12;

    /** Data that goes in one message, with its key and what the module adds to it; more goes in parts. */
    static final int ONE_CALL = 8 << 20;

    /** One part of what is sent in several. */
    static final int PART = 1 << 20;

    /** Where a reply that comes in pages ends a page. */
    static final int PAGE = 4 << 20;

    private Wire() {}

    /** Lends a {@code bytes} field and wipes it. */
    static <T> T lent(MessageReader in, Function<byte[], T> work) {
        byte[] bytes = in.bytes();
        try {
            return work.apply(bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** The same for the last field of a request. */
    static <T> T lentLast(MessageReader in, Function<byte[], T> work) {
        return lent(in, bytes -> {
            in.end();
            return work.apply(bytes);
        });
    }

    /** Lends a PIN that is the last field of a request, and wipes it. */
    static void lentLastPin(MessageReader in, Consumer<char[]> work) {
        lentPin(in, pin -> {
            in.end();
            work.accept(pin);
        });
    }

    /** Lends a PIN and wipes it. */
    static void lentPin(MessageReader in, Consumer<char[]> work) {
        char[] pin = in.secretText();
        try {
            work.accept(pin);
        } finally {
            Arrays.fill(pin, '\0');
        }
    }

    /** Writes bytes that nobody else has and wipes them. */
    static void giveAway(MessageWriter out, byte[] bytes) {
        try {
            requireRoom(out.size() + (long) Integer.BYTES + bytes.length);
            out.bytes(bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** Writes a {@code bytes} field of a part of an array. */
    static void range(MessageWriter out, byte[] data, int offset, int length) {
        if (length == data.length) {
            out.bytes(data);
        } else {
            byte[] part = Arrays.copyOfRange(data, offset, offset + length);
            out.bytes(part);
            Arrays.fill(part, (byte) 0);
        }
    }

    /** Complains by {@code dataLengthRange} when a message would be too large. */
    static void requireRoom(long size) {
        if (size > LARGEST) {
            throw HsmException.dataLengthRange("the call carries " + size + " bytes, and one call through the service"
                    + " carries at most " + LARGEST + "; work in parts");
        }
    }
}
