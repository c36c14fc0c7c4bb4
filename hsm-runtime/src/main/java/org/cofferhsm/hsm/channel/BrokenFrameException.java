package org.cofferhsm.hsm.channel;

import java.io.IOException;

/** The other side does not keep to the frames: a length lies, or the connection ends within one. */
final class BrokenFrameException extends IOException {

    BrokenFrameException(String message) {
        super(message);
    }
}
