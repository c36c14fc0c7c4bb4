package org.cofferhsm.hsm.channel;

import java.util.function.Function;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;

/** What a client does when the service does not know it any more: it was restarted, or away for too long. */
@FunctionalInterface
public interface Resumption {

    /** For clients that have nothing to resume. */
    Resumption NONE = caller -> {};

    /** Makes the service as it was, before any other call reaches it; what this throws, the caller of the call gets. */
    void resume(Caller caller);

    /** Makes calls on the connection that is being resumed. */
    @FunctionalInterface
    interface Caller {

        <T> T call(int operation, MessageWriter fields, Function<MessageReader, T> results);
    }
}
