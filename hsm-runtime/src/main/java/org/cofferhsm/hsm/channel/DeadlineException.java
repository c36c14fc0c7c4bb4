package org.cofferhsm.hsm.channel;

import java.io.IOException;

/** The other side did not answer in time. */
final class DeadlineException extends IOException {

    DeadlineException() {
        super("no answer in time");
    }
}
