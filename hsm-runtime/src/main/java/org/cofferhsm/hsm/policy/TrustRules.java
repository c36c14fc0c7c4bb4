package org.cofferhsm.hsm.policy;

import static org.cofferhsm.hsm.policy.UseRules.named;

import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.ObjectInfo;
import org.cofferhsm.hsm.key.Usage;

/** Which key an admin may mark as trusted: one that can do nothing but carry keys, and is nowhere else. */
final class TrustRules {

    private TrustRules() {}

    static void require(ObjectInfo key) {
        requireTransportOnly(key);
        switch (key.attributes().get(Attribute.CLASS)) {
            case SECRET_KEY -> requireNowhereElse(key);
            case PUBLIC_KEY -> requireFromOutside(key);
            case PRIVATE_KEY, CERTIFICATE, DATA -> {}
        }
    }

    private static void requireTransportOnly(ObjectInfo key) {
        for (Usage usage : PastUsages.of(key.attributes())) {
            if (usage != Usage.WRAP && usage != Usage.UNWRAP) {
                throw HsmException.templateInconsistent("the key " + named(key) + " can, or once could, "
                        + usage.attribute() + "; only a key made for wrap and unwrap alone can be trusted");
            }
        }
    }

    /** A second object of the same value would do what the trusted one must not. */
    private static void requireNowhereElse(ObjectInfo key) {
        Attributes attributes = key.attributes();
        boolean hidden = attributes.is(Attribute.LOCAL)
                && attributes.is(Attribute.ALWAYS_SENSITIVE)
                && attributes.is(Attribute.NEVER_EXTRACTABLE);
        if (!hidden || PastUsages.wasCopied(attributes)) {
            throw HsmException.templateInconsistent("the key " + named(key)
                    + " is, or could be, somewhere else too; only a key that was made here, never could leave and never"
                    + " was copied can be trusted");
        }
    }

    /** The private half of a pair that was made here is here, and could open what the public half wrapped. */
    private static void requireFromOutside(ObjectInfo key) {
        if (key.attributes().is(Attribute.LOCAL)) {
            throw HsmException.templateInconsistent("the private half of " + named(key)
                    + " is in this module; trust a public key that came from where the keys shall go");
        }
    }
}
