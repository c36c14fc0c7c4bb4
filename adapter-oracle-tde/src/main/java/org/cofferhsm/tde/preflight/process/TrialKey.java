package org.cofferhsm.tde.preflight.process;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cofferhsm.hsm.cryptoki.CryptokiAttribute;
import org.cofferhsm.hsm.cryptoki.CryptokiMechanism;
import org.cofferhsm.hsm.cryptoki.ForeignSession;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.Octets;

/** A master key by the template that Oracle uses, as far as it is known. */
final class TrialKey {

    private static final long BYTES = 32;
    private static final Octets TRUE = Octets.of((byte) 1);
    private static final Octets FALSE = Octets.of((byte) 0);

    private static final Map<Attribute<Boolean>, Boolean> DEMANDED = Map.of(
            Attribute.TOKEN, true,
            Attribute.PRIVATE, true,
            Attribute.SENSITIVE, true,
            Attribute.EXTRACTABLE, false,
            Attribute.MODIFIABLE, false,
            Attribute.ENCRYPT, true,
            Attribute.DECRYPT, true,
            Attribute.WRAP, true,
            Attribute.UNWRAP, true);

    private TrialKey() {}

    /** Makes it so that it can be destroyed, which Oracle's own never are. */
    static long generate(ForeignSession session, String label) {
        return session.generate(
                CryptokiMechanism.of(MechanismType.AES_KEY_GEN),
                List.of(
                        CryptokiAttribute.of(ObjectClass.SECRET_KEY),
                        CryptokiAttribute.of(KeyType.AES),
                        CryptokiAttribute.text(Attribute.LABEL, label),
                        CryptokiAttribute.number(Attribute.VALUE_LENGTH.code(), BYTES),
                        CryptokiAttribute.flag(Attribute.TOKEN, true),
                        CryptokiAttribute.flag(Attribute.PRIVATE, true),
                        CryptokiAttribute.flag(Attribute.SENSITIVE, true),
                        CryptokiAttribute.flag(Attribute.EXTRACTABLE, false),
                        CryptokiAttribute.flag(Attribute.MODIFIABLE, false),
                        CryptokiAttribute.flag(Attribute.ENCRYPT, true),
                        CryptokiAttribute.flag(Attribute.DECRYPT, true),
                        CryptokiAttribute.flag(Attribute.WRAP, true),
                        CryptokiAttribute.flag(Attribute.UNWRAP, true),
                        CryptokiAttribute.flag(Attribute.DESTROYABLE, true)));
    }

    /** A key of the session alone. */
    static long generatePassing(ForeignSession session) {
        return session.generate(
                CryptokiMechanism.of(MechanismType.AES_KEY_GEN),
                List.of(
                        CryptokiAttribute.number(Attribute.VALUE_LENGTH.code(), BYTES),
                        CryptokiAttribute.flag(Attribute.TOKEN, false)));
    }

    static String checkAttributes(ForeignSession session, long key) {
        DEMANDED.forEach((attribute, wanted) -> {
            Optional<Octets> value = session.attribute(key, attribute.code());
            if (!value.equals(Optional.of(wanted ? TRUE : FALSE))) {
                throw new UnexpectedAnswerException(
                        "CKA_" + attribute.name() + " is not " + wanted + " on the new key");
            }
        });
        if (session.attribute(key, CryptokiAttribute.VALUE).isPresent()) {
            throw new UnexpectedAnswerException("the key shows its value");
        }
        return DEMANDED.size() + " attributes as asked for, and the value stays hidden";
    }
}
