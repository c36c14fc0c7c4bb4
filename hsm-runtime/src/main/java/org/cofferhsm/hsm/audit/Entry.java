package org.cofferhsm.hsm.audit;

import java.util.Optional;
import org.cofferhsm.hsm.audit.AuditEvent.ChangeMark;

/**
 * An event on its way into the log: encoded, with room at the start for what the log adds.
 *
 * @param content the content of the record to be
 * @param change the event's change mark
 */
record Entry(byte[] content, Optional<ChangeMark> change) {

    static Entry of(AuditEvent event) {
        return new Entry(EventCodec.encode(event, Frame.PREFIX), event.change());
    }

    /** The length of the record. */
    int size() {
        return content.length + Frame.TRAILER;
    }
}
