package org.cofferhsm.hsm.pkcs11.calls;

import java.util.Arrays;
import java.util.List;
import org.cofferhsm.hsm.pkcs11.terms.ObjectView;
import org.cofferhsm.hsm.pkcs11.wire.Ckr;
import org.cofferhsm.hsm.pkcs11.wire.CryptokiException;
import org.cofferhsm.hsm.spi.MessageWriter;

/** The answer of GET_ATTRIBUTES: each attribute for itself, and a value for the whole (PKCS#11 v3.1 §5.7.5). */
record ShownAttributes(List<Shown> attributes) {

    private static final byte[] NOTHING = {};

    /** One attribute: OK with its value, ATTRIBUTE_SENSITIVE or ATTRIBUTE_TYPE_INVALID. */
    record Shown(Ckr status, byte[] value) {}

    static ShownAttributes of(ObjectView object, int[] wanted) {
        return new ShownAttributes(
                Arrays.stream(wanted).mapToObj(number -> show(object, number)).toList());
    }

    private static Shown show(ObjectView object, int number) {
        try {
            return new Shown(Ckr.OK, object.read(number));
        } catch (CryptokiException e) {
            return new Shown(e.value(), NOTHING);
        }
    }

    void write(MessageWriter reply) {
        reply.u32(whole().code());
        attributes.forEach(shown -> reply.u8(flag(shown.status())).bytes(shown.value()));
    }

    private Ckr whole() {
        return attributes.stream()
                .map(Shown::status)
                .filter(status -> status != Ckr.OK)
                .findFirst()
                .orElse(Ckr.OK);
    }

    private static int flag(Ckr status) {
        return switch (status) {
            case OK -> 0;
            case ATTRIBUTE_SENSITIVE -> 1;
            default -> 2;
        };
    }
}
