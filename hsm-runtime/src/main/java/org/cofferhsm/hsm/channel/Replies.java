package org.cofferhsm.hsm.channel;

import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.spi.MessageReader;

/** What the statuses of replies mean to a Java client. */
final class Replies {

    private Replies() {}

    /** The results of a call that was done; complains as the service did about one that was not. */
    static MessageReader results(Frame reply, int operation) {
        MessageReader body = new MessageReader(reply.body());
        if (reply.code() == 0) {
            return body;
        }
        throw reply.code() == Refusal.STATUS ? Refusal.read(body) : failure(reply.code(), operation);
    }

    private static HsmException failure(int status, int operation) {
        String what = ChannelStatus.of(status).map(Enum::name).orElse(Integer.toUnsignedString(status));
        return HsmException.internal("the service answered operation " + Integer.toUnsignedString(operation) + " with "
                + what + "; its log says more");
    }

    /** The reply to a greeting: the welcome is to be read from it; complains when the client is not let in. */
    static MessageReader welcome(Frame reply, String service) {
        MessageReader body = new MessageReader(reply.body());
        if (reply.code() == 0) {
            return body;
        }
        throw ChannelStatus.of(reply.code())
                .map(status -> notLetIn(status, service, body))
                .orElseGet(() -> failure(reply.code(), Greeting.OPERATION));
    }

    private static HsmException notLetIn(ChannelStatus status, String service, MessageReader body) {
        return switch (status) {
            case VERSION ->
                HsmException.serviceRefused("the service speaks versions " + body.u16() + " to " + body.u16()
                        + " of the channel, this program speaks " + Greeting.VERSION + "; update the older one");
            case REFUSED -> HsmException.serviceRefused(body.text());
            case BUSY -> HsmException.serviceUnavailable(body.text());
            case UNKNOWN_SERVICE ->
                HsmException.serviceRefused("the program that answers has no service \"" + service + "\"");
            case MALFORMED, FAILED, UNKNOWN_OPERATION -> failure(status.code(), Greeting.OPERATION);
        };
    }
}
