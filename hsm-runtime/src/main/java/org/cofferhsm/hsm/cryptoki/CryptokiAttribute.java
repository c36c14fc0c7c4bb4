package org.cofferhsm.hsm.cryptoki;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.Octets;

/**
 * One entry of a template: CK_ATTRIBUTE.
 *
 * @param type the CKA_* number
 * @param value as it lies in memory
 */
public record CryptokiAttribute(int type, Octets value) {

    /** CKA_VALUE: what an object that is no secret holds. */
    public static final int VALUE = 0x11;

    /** CKA_ALWAYS_AUTHENTICATE. */
    public static final int ALWAYS_AUTHENTICATE = 0x202;

    public static CryptokiAttribute of(ObjectClass objectClass) {
        return number(Attribute.CLASS.code(), objectClass.code());
    }

    public static CryptokiAttribute of(KeyType type) {
        return number(Attribute.KEY_TYPE.code(), type.code());
    }

    public static CryptokiAttribute flag(Attribute<Boolean> attribute, boolean value) {
        return new CryptokiAttribute(attribute.code(), Octets.of((byte) (value ? 1 : 0)));
    }

    public static CryptokiAttribute text(Attribute<String> attribute, String value) {
        return new CryptokiAttribute(attribute.code(), Octets.of(value.getBytes(StandardCharsets.UTF_8)));
    }

    public static CryptokiAttribute octets(Attribute<Octets> attribute, Octets value) {
        return new CryptokiAttribute(attribute.code(), value);
    }

    /** A CK_ULONG. */
    public static CryptokiAttribute number(int type, long value) {
        byte[] bytes = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.nativeOrder())
                .putLong(value)
                .array();
        return new CryptokiAttribute(type, Octets.of(bytes));
    }
}
