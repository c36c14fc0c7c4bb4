package org.cofferhsm.hsm.cli;

import java.util.Arrays;
import java.util.Locale;
import org.cofferhsm.hsm.command.UsageException;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.ObjectClass;

/** CloudHSM's name for a type and a class together: {@code aes}, {@code rsa-private}, {@code ec-public} … */
record KeyTypeClass(KeyType type, ObjectClass objectClass) {

    private static final String PRIVATE = "-private";
    private static final String PUBLIC = "-public";

    static KeyTypeClass parse(String text) {
        String name = text.toLowerCase(Locale.ROOT);
        if (name.endsWith(PRIVATE)) {
            return of(text, without(name, PRIVATE), ObjectClass.PRIVATE_KEY);
        }
        return name.endsWith(PUBLIC)
                ? of(text, without(name, PUBLIC), ObjectClass.PUBLIC_KEY)
                : of(text, name, ObjectClass.SECRET_KEY);
    }

    private static String without(String name, String ending) {
        return name.substring(0, name.length() - ending.length());
    }

    private static KeyTypeClass of(String typed, String typeName, ObjectClass objectClass) {
        return Arrays.stream(KeyType.values())
                .filter(type -> type.toString().equals(typeName))
                .filter(type -> type.isSymmetric() == (objectClass == ObjectClass.SECRET_KEY))
                .findFirst()
                .map(type -> new KeyTypeClass(type, objectClass))
                .orElseThrow(() -> new UsageException("\"" + typed + "\" is no key type and class; write aes,"
                        + " generic-secret, rsa-private, ec-private, rsa-public, ec-public or the like"));
    }
}
