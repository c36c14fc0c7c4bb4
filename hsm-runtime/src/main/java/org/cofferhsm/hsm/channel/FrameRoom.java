package org.cofferhsm.hsm.channel;

import java.io.IOException;

/** Memory for large frames, which whoever reads one takes before its bytes arrive and gives back when it is done with it. */
interface FrameRoom {

    /** For a reader whose other side is trusted. */
    FrameRoom UNLIMITED = new FrameRoom() {
        @Override
        public void take(int bytes) {
            // there is always room
        }

        @Override
        public void giveBack(int bytes) {
            // nobody counts
        }
    };

    /** Waits until there is room; complains by {@link BrokenFrameException} when it waits too long. */
    void take(int bytes) throws IOException;

    void giveBack(int bytes);
}
