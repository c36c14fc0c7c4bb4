package org.cofferhsm.hsm.session.local;

import java.lang.ref.SoftReference;
import java.util.function.Supplier;
import org.cofferhsm.hsm.crypto.EngineKey;
import org.cofferhsm.hsm.crypto.KeyCodec;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.ObjectInfo;
import org.cofferhsm.hsm.key.SecretBytes;
import org.jspecify.annotations.Nullable;

/**
 * One object in memory: its attributes, and a way to its value, which stays sealed until it is first used. A parsed key
 * is kept as long as memory allows, since parsing costs as much as using.
 */
final class HeldObject {

    private final ObjectInfo info;
    private final Supplier<SecretBytes> value;
    private volatile @Nullable SoftReference<EngineKey> parsed;

    HeldObject(ObjectInfo info, Supplier<SecretBytes> value) {
        this.info = info;
        this.value = value;
    }

    ObjectInfo info() {
        return info;
    }

    KeyId id() {
        return info.id();
    }

    Attributes attributes() {
        return info.attributes();
    }

    /** The value; the caller closes it. */
    SecretBytes value() {
        return value.get();
    }

    EngineKey engineKey(KeyCodec codec) {
        SoftReference<EngineKey> reference = parsed;
        EngineKey key = reference == null ? null : reference.get();
        return key == null ? parse(codec) : key;
    }

    /** Wipes the parsed key; the next use parses it again. */
    void forget() {
        SoftReference<EngineKey> reference = parsed;
        EngineKey key = reference == null ? null : reference.get();
        parsed = null;
        if (key != null) {
            key.destroy();
        }
    }

    private EngineKey parse(KeyCodec codec) {
        try (SecretBytes secret = value.get()) {
            EngineKey key = secret.use(encoded ->
                    codec.decode(attributes().get(Attribute.CLASS), attributes().get(Attribute.KEY_TYPE), encoded));
            parsed = new SoftReference<>(key);
            return key;
        }
    }
}
