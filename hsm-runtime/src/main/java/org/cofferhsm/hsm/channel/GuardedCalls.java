package org.cofferhsm.hsm.channel;

import org.cofferhsm.hsm.spi.Client;
import org.cofferhsm.hsm.spi.ClientCalls;
import org.cofferhsm.hsm.spi.MalformedMessageException;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;

/** The edge between a service and its connections: whatever a call ends in becomes a status, and a line in the log. */
record GuardedCalls(Client client, ClientCalls calls, ServiceLog log) {

    int call(Frame request, MessageWriter reply) {
        try {
            int status = calls.call(request.code(), new MessageReader(request.body()), reply);
            return FrameWriter.fits(reply) ? status : tooLarge(request, reply);
        } catch (MalformedMessageException e) {
            log.failure("a malformed request, operation " + number(request) + ", from " + client, e);
            return instead(ChannelStatus.MALFORMED, reply);
        } catch (RuntimeException e) { // a defect of one call is not to end the others
            log.failure("operation " + number(request) + " of " + client + " failed by a fault of Coffer", e);
            return instead(ChannelStatus.FAILED, reply);
        }
    }

    private int tooLarge(Frame request, MessageWriter reply) {
        log.line("the reply to operation " + number(request) + " of " + client + " has " + reply.size()
                + " bytes, more than a frame holds");
        return instead(ChannelStatus.FAILED, reply);
    }

    private static int instead(ChannelStatus status, MessageWriter reply) {
        reply.clear();
        return status.code();
    }

    private static String number(Frame request) {
        return Integer.toUnsignedString(request.code());
    }
}
