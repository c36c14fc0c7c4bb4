package org.cofferhsm.hsm.session.remote;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cofferhsm.hsm.spi.MessageReader;

/** Output that comes in several messages. */
final class Pieces {

    private final List<byte[]> pieces = new ArrayList<>();

    void add(byte[] piece) {
        pieces.add(piece);
    }

    /** Adds what a message holds; says whether another follows. */
    boolean addPage(MessageReader in) {
        add(in.bytes());
        return Fields.flag(in);
    }

    /** All of it; the pieces are wiped. */
    byte[] joined() {
        if (pieces.size() == 1) {
            return pieces.get(0);
        }
        byte[] joined = new byte[pieces.stream().mapToInt(piece -> piece.length).reduce(0, Math::addExact)];
        int filled = 0;
        for (byte[] piece : pieces) {
            System.arraycopy(piece, 0, joined, filled, piece.length);
            filled += piece.length;
            Arrays.fill(piece, (byte) 0);
        }
        return joined;
    }
}
