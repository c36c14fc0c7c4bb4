package org.cofferhsm.hsm.cryptoki;

import com.sun.jna.Memory;
import com.sun.jna.NativeLong;
import java.util.ArrayList;
import java.util.List;

/**
 * A template as an array of CK_ATTRIBUTE in native memory (PKCS#11 v2.40 §3.4). It is the memory and does not merely
 * know it, so that whoever holds it during a call holds the values too.
 */
final class NativeTemplate extends Memory {

    private static final int ENTRY_BYTES = 24;
    private static final int VALUE = 8;
    private static final int LENGTH = 16;

    private final List<Memory> values = new ArrayList<>();

    NativeTemplate(List<CryptokiAttribute> attributes) {
        super(Math.max(1, attributes.size()) * (long) ENTRY_BYTES);
        for (CryptokiAttribute attribute : attributes) {
            add(attribute);
        }
    }

    private void add(CryptokiAttribute attribute) {
        Memory value = NativeBytes.of(attribute.value().toByteArray());
        long at = values.size() * (long) ENTRY_BYTES;
        setNativeLong(at, new NativeLong(attribute.type(), true));
        setPointer(at + VALUE, value);
        setNativeLong(at + LENGTH, new NativeLong(attribute.value().length()));
        values.add(value);
    }

    NativeLong count() {
        return new NativeLong(values.size());
    }
}
