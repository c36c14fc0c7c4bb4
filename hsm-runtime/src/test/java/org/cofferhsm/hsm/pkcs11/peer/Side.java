package org.cofferhsm.hsm.pkcs11.peer;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Memory;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.NativeLongByReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.cofferhsm.hsm.cryptoki.Cryptoki;
import org.cofferhsm.hsm.cryptoki.CryptokiCall;

/** One of the two modules, with a session of its user and the objects that both have made alike. */
final class Side implements AutoCloseable {

    private static final long NO_HANDLE = 0x7fff_fff0L;
    private static final int ROOM = 1024;
    private static final byte PRESENT = 1;

    private final Cryptoki calls;
    private final NativeLong session;
    private final List<Long> objects = new ArrayList<>();
    private final List<Long> made = new ArrayList<>();

    private Side(Cryptoki calls, NativeLong session) {
        this.calls = calls;
        this.session = session;
    }

    /** Logs in at the module's first slot. */
    static Side open(Path module, String pin) {
        Cryptoki calls = Cryptoki.load(module);
        assertThat(calls.call(CryptokiCall.INITIALIZE, Pointer.NULL)).isZero();
        Memory slots = new Memory(64 * 8);
        NativeLongByReference count = new NativeLongByReference(new NativeLong(64));
        assertThat(calls.call(CryptokiCall.GET_SLOT_LIST, PRESENT, slots, count))
                .isZero();
        NativeLongByReference session = new NativeLongByReference();
        assertThat(calls.call(
                        CryptokiCall.OPEN_SESSION, slots.getNativeLong(0), new NativeLong(6), null, null, session))
                .isZero();
        Side side = new Side(calls, session.getValue());
        byte[] text = pin.getBytes(StandardCharsets.UTF_8);
        assertThat(side.call(CryptokiCall.LOGIN, new NativeLong(1), bytes(text), new NativeLong(text.length)))
                .isZero();
        return side;
    }

    /** A call in this side's session. */
    long call(CryptokiCall function, Object... arguments) {
        Object[] all = new Object[arguments.length + 1];
        all[0] = session;
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return calls.call(function, all);
    }

    /** The handle of an object, or one that nobody has. */
    NativeLong object(int index) {
        return new NativeLong(index < objects.size() ? objects.get(index) : NO_HANDLE);
    }

    int objects() {
        return objects.size();
    }

    /** Which of the objects that both have are among these. */
    String known(long... handles) {
        return Arrays.stream(handles)
                .mapToInt(objects::indexOf)
                .filter(index -> index >= 0)
                .sorted()
                .boxed()
                .toList()
                .toString();
    }

    static Memory bytes(byte[] value) {
        Memory memory = new Memory(Math.max(1, value.length));
        memory.write(0, value, 0, value.length);
        return memory;
    }

    Answer making(CryptokiCall function, Object... arguments) {
        NativeLongByReference handle = new NativeLongByReference();
        Object[] all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = handle;
        long value = call(function, all);
        if (value == 0) {
            made.add(handle.getValue().longValue());
        }
        return Answer.of(value);
    }

    Answer makingPair(Object... arguments) {
        NativeLongByReference first = new NativeLongByReference();
        NativeLongByReference second = new NativeLongByReference();
        Object[] all = Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = first;
        all[arguments.length + 1] = second;
        long value = call(CryptokiCall.GENERATE_KEY_PAIR, all);
        if (value == 0) {
            made.add(first.getValue().longValue());
            made.add(second.getValue().longValue());
        }
        return Answer.of(value);
    }

    /** A call that writes bytes; the answer says how many, or which, when they have to be the same. */
    Answer writing(CryptokiCall function, boolean same, Object... arguments) {
        Memory out = new Memory(ROOM);
        NativeLongByReference length = new NativeLongByReference(new NativeLong(ROOM));
        Object[] all = Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = out;
        all[arguments.length + 1] = length;
        long value = call(function, all);
        if (value != 0) {
            return Answer.of(value);
        }
        int written = length.getValue().intValue();
        return new Answer(value, same ? HexFormat.of().formatHex(out.getByteArray(0, written)) : written + " bytes");
    }

    /** Keeps what the last step has made, when both sides made it; else forgets it again. */
    void settle(boolean both) {
        for (long handle : made) {
            if (both) {
                objects.add(handle);
            } else {
                call(CryptokiCall.DESTROY_OBJECT, new NativeLong(handle));
            }
        }
        made.clear();
    }

    /** Destroys what the sequence has made; what is not destroyable was asked to be so. */
    void forget() {
        objects.forEach(handle -> call(CryptokiCall.DESTROY_OBJECT, new NativeLong(handle)));
        objects.clear();
    }

    @Override
    public void close() {
        calls.call(CryptokiCall.FINALIZE, Pointer.NULL);
    }
}
