package org.cofferhsm.hsm.pkcs11.peer;

import com.sun.jna.Memory;
import com.sun.jna.NativeLong;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** One attribute of a template, with what it is called in a report. */
record Entry(int type, byte[] value, String text) {

    private static final int BYTES = 24;

    static Entry flag(int type, String name, boolean value) {
        return new Entry(type, new byte[] {(byte) (value ? 1 : 0)}, name + "=" + value);
    }

    static Entry number(int type, String name, long value) {
        byte[] bytes = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.nativeOrder())
                .putLong(value)
                .array();
        return new Entry(type, bytes, name + "=" + value);
    }

    static Entry text(int type, String name, String value) {
        return new Entry(type, value.getBytes(StandardCharsets.UTF_8), name + "=" + value);
    }

    static Entry bytes(int type, String name, byte[] value) {
        return new Entry(type, value, name + "[" + value.length + "]");
    }

    static String text(List<Entry> entries) {
        return entries.stream().map(Entry::text).collect(Collectors.joining(" ", "{", "}"));
    }

    /** The template in native memory, with its values behind it. */
    static Memory memory(List<Entry> entries) {
        int values = entries.stream().mapToInt(entry -> entry.value.length).sum();
        Memory memory = new Memory(Math.max(1, (long) entries.size() * BYTES + values));
        long value = (long) entries.size() * BYTES;
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            memory.setNativeLong((long) i * BYTES, new NativeLong(entry.type, true));
            memory.write(value, entry.value, 0, entry.value.length);
            memory.setPointer((long) i * BYTES + 8, memory.share(Math.min(value, memory.size() - 1)));
            memory.setNativeLong((long) i * BYTES + 16, new NativeLong(entry.value.length));
            value += entry.value.length;
        }
        return memory;
    }
}
