package org.cofferhsm.hsm.channel;

import java.util.Arrays;
import java.util.Optional;

/** The statuses that belong to the channel and not to a service ({@code docs/channel.md}, "Frames"). */
enum ChannelStatus {
    /** The service speaks other versions of this protocol. */
    VERSION(0xffff0001),
    /** This peer, or this user, may not connect. */
    REFUSED(0xffff0002),
    /** A limit on connections or clients is reached. */
    BUSY(0xffff0003),
    /** Nobody answers under that name. */
    UNKNOWN_SERVICE(0xffff0004),
    /** The body does not fit the operation. */
    MALFORMED(0xffff0005),
    /** A defect of the service; its log says more. */
    FAILED(0xffff0006),
    /** The service has no operation of that number. */
    UNKNOWN_OPERATION(0xffff0007);

    private final int code;

    ChannelStatus(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static Optional<ChannelStatus> of(int code) {
        return Arrays.stream(values()).filter(status -> status.code == code).findFirst();
    }
}
