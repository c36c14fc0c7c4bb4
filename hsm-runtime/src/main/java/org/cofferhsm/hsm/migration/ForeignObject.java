package org.cofferhsm.hsm.migration;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.cofferhsm.hsm.cryptoki.ForeignSession;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.Octets;

/** An object of the other token. */
final class ForeignObject {

    private final ForeignSession token;
    private final long handle;

    ForeignObject(ForeignSession token, long handle) {
        this.token = token;
        this.handle = handle;
    }

    long handle() {
        return handle;
    }

    /** Empty for classes that Coffer does not have, such as domain parameters. */
    Optional<ObjectClass> objectClass() {
        return number(Attribute.CLASS.code())
                .flatMap(code -> Arrays.stream(ObjectClass.values())
                        .filter(known -> known.code() == code)
                        .findFirst());
    }

    /** Empty for types that Coffer does not have, such as DSA. */
    Optional<KeyType> keyType() {
        return number(Attribute.KEY_TYPE.code())
                .flatMap(code -> Arrays.stream(KeyType.values())
                        .filter(known -> known.code() == code)
                        .findFirst());
    }

    String label() {
        return text(Attribute.LABEL).orElse("");
    }

    Octets id() {
        return octets(Attribute.ID.code()).orElse(Octets.EMPTY);
    }

    boolean is(Attribute<Boolean> attribute) {
        return flag(attribute.code()).orElse(false);
    }

    Optional<Boolean> flag(int attribute) {
        return octets(attribute).filter(value -> value.length() == 1).map(value -> value.toByteArray()[0] != 0);
    }

    Optional<String> text(Attribute<String> attribute) {
        return octets(attribute.code()).map(value -> new String(value.toByteArray(), StandardCharsets.UTF_8));
    }

    /** A CK_ULONG. */
    Optional<Long> number(int attribute) {
        return octets(attribute)
                .filter(value -> value.length() == Long.BYTES)
                .map(value -> ByteBuffer.wrap(value.toByteArray())
                        .order(ByteOrder.nativeOrder())
                        .getLong());
    }

    /** As it lies in memory; empty when the object has none, or an empty one that says nothing. */
    Optional<Octets> octets(int attribute) {
        return token.attribute(handle, attribute).filter(value -> !value.isEmpty());
    }
}
