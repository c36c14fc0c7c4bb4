package org.cofferhsm.hsm.channel;

import java.io.IOException;

/** A request that did not reach the other side as a whole, so that it was not done. */
final class NotSentException extends IOException {

    NotSentException(IOException cause) {
        super("the request was not sent", cause);
    }
}
