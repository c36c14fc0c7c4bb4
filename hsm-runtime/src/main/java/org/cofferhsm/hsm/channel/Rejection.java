package org.cofferhsm.hsm.channel;

/** Why a connection is turned away, for the other side and for the log. */
record Rejection(ChannelStatus status, String why) {

    static Rejection refused(String why) {
        return new Rejection(ChannelStatus.REFUSED, why);
    }

    static Rejection busy(String why) {
        return new Rejection(ChannelStatus.BUSY, why);
    }
}
