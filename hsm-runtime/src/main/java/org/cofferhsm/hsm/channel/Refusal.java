package org.cofferhsm.hsm.channel;

import java.util.Arrays;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;

/** A refusal of the module on its way to a Java client: its reason's name and its message. */
public final class Refusal {

    /** The status of a reply that holds one. */
    public static final int STATUS = 1;

    private Refusal() {}

    /** Puts it into a reply instead of the results; gives the status. */
    public static int write(HsmException refusal, MessageWriter reply) {
        reply.clear();
        reply.text(refusal.reason().name()).text(String.valueOf(refusal.getMessage()));
        return STATUS;
    }

    /** The same exception on the other side; a reason that this version does not know becomes {@code INTERNAL}. */
    public static HsmException read(MessageReader reply) {
        String name = reply.text();
        Reason reason = Arrays.stream(Reason.values())
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElse(Reason.INTERNAL);
        return HsmException.of(reason, reply.text());
    }
}
