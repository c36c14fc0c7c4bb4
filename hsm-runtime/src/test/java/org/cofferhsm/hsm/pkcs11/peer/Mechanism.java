package org.cofferhsm.hsm.pkcs11.peer;

import com.sun.jna.Memory;
import com.sun.jna.NativeLong;

/** A mechanism with a parameter that holds no addresses, or AES-GCM's. */
record Mechanism(long type, String name, byte[] parameter, boolean gcm) {

    static Mechanism plain(long type, String name) {
        return new Mechanism(type, name, new byte[0], false);
    }

    static Mechanism with(long type, String name, byte[] parameter) {
        return new Mechanism(type, name + "(" + parameter.length + ")", parameter, false);
    }

    static Mechanism aesGcm(int ivBytes) {
        return new Mechanism(0x1087, "AES_GCM(" + ivBytes + ")", new byte[ivBytes], true);
    }

    /** The mechanism, its parameter, and what that points to, in one piece. */
    Memory memory() {
        Memory memory = new Memory(24 + 48 + Math.max(16, parameter.length));
        memory.clear();
        memory.setNativeLong(0, new NativeLong(type));
        long bytes = 24 + 48;
        memory.write(bytes, parameter, 0, parameter.length);
        if (gcm) {
            memory.setPointer(24, memory.share(bytes));
            memory.setNativeLong(32, new NativeLong(parameter.length));
            memory.setNativeLong(40, new NativeLong(parameter.length * 8L));
            memory.setNativeLong(64, new NativeLong(128));
            memory.setPointer(8, memory.share(24));
            memory.setNativeLong(16, new NativeLong(48));
        } else if (parameter.length > 0) {
            memory.setPointer(8, memory.share(bytes));
            memory.setNativeLong(16, new NativeLong(parameter.length));
        }
        return memory;
    }
}
