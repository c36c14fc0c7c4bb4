package org.cofferhsm.hsm.policy;

import static org.cofferhsm.hsm.policy.UseRules.named;

import java.util.List;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyTemplate;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.ObjectInfo;
import org.cofferhsm.hsm.key.Usage;

/**
 * Which key may leave under which, and what a key becomes that enters so. These rules close the well-known attacks on
 * PKCS#11's key management (Clulow 2003; Bortolozzo, Centenaro, Focardi, Steel 2010).
 */
public final class WrapRules {

    private WrapRules() {}

    /** Complains when {@code payload} may not leave under {@code wrapping}. */
    public static void requireWrap(ObjectInfo wrapping, ObjectInfo payload) {
        requireSecret(payload);
        if (!payload.attributes().is(Attribute.EXTRACTABLE)) {
            throw HsmException.keyUnextractable("the key " + named(payload) + " is not extractable and never leaves");
        }
        if (payload.attributes().is(Attribute.WRAP_WITH_TRUSTED)
                && !wrapping.attributes().is(Attribute.TRUSTED)) {
            throw HsmException.wrappingKeyNotTrusted("the key " + named(payload)
                    + " may be wrapped only under a trusted key, and " + named(wrapping)
                    + " is not; an admin can mark a wrapping key as trusted");
        }
        if (payload.attributes().is(Attribute.SENSITIVE)) {
            requireFitForSensitive(wrapping);
        }
    }

    /** A wrapped key is as safe as the wrapping key is hidden, and as it does nothing with data. */
    private static void requireFitForSensitive(ObjectInfo wrapping) {
        if (wrapping.attributes().get(Attribute.CLASS) != ObjectClass.SECRET_KEY) {
            return;
        }
        boolean wasReadable = wrapping.attributes().is(Attribute.LOCAL)
                && !wrapping.attributes().is(Attribute.ALWAYS_SENSITIVE);
        if (wasReadable || !wrapping.attributes().is(Attribute.SENSITIVE)) {
            throw HsmException.keyFunctionNotPermitted("the key " + named(wrapping)
                    + " is not, or was not always, sensitive; a sensitive key is not wrapped under it");
        }
        refuseIfProcessesData(wrapping, "wrap a sensitive key");
    }

    /** Complains when the unwrapping key could have made the wrapped key by plain encryption. */
    public static void requireUnwrap(ObjectInfo unwrapping) {
        if (unwrapping.attributes().get(Attribute.CLASS) == ObjectClass.SECRET_KEY) {
            refuseIfProcessesData(unwrapping, "unwrap keys");
        }
    }

    /** Both directions count: in counter modes, encryption is decryption. */
    private static void refuseIfProcessesData(ObjectInfo key, String refused) {
        for (Usage usage : List.of(Usage.ENCRYPT, Usage.DECRYPT)) {
            if (PastUsages.of(key.attributes()).contains(usage)) {
                throw HsmException.keyFunctionNotPermitted("the key " + named(key) + " can, or once could, "
                        + usage.attribute() + " data, so it may not " + refused
                        + "; use a key that was made for wrapping only");
            }
        }
    }

    /** The template of a key that enters under {@code unwrapping}, with what that key demands of it. */
    public static KeyTemplate entering(ObjectInfo unwrapping, KeyTemplate template) {
        Attributes demanded =
                unwrapping.attributes().find(Attribute.UNWRAP_TEMPLATE).orElse(Attributes.NONE);
        if (unwrapping.attributes().is(Attribute.TRUSTED)) {
            demanded = demanded.with(Attribute.WRAP_WITH_TRUSTED, true);
        }
        demanded = demanded.with(Attribute.SENSITIVE, true);
        for (Attribute<?> attribute : template.attributes().differences(demanded)) {
            if (template.attributes().has(attribute)) {
                throw HsmException.templateInconsistent("a key unwrapped by " + named(unwrapping)
                        + " has to have "
                        + demanded.format().stream()
                                .filter(pair -> pair.startsWith(attribute.name() + "="))
                                .findFirst()
                                .orElse(attribute.name()));
            }
        }
        return template.withAll(demanded);
    }

    private static void requireSecret(ObjectInfo payload) {
        if (!payload.attributes().get(Attribute.CLASS).isSecret()) {
            throw HsmException.keyTypeInconsistent(
                    "the object " + named(payload) + " is no secret or private key; read its value instead");
        }
    }
}
