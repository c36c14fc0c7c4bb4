package org.cofferhsm.hsm.policy;

import java.time.LocalDate;
import java.util.Set;
import java.util.function.Supplier;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.ObjectInfo;
import org.cofferhsm.hsm.key.Parameters;
import org.cofferhsm.hsm.key.Usage;

/** Whether a key may be used so, with this mechanism, today. */
public final class UseRules {

    private UseRules() {}

    /**
     * Complains when the key's attributes forbid the use.
     *
     * @param today asked only when the key has dates
     */
    public static void require(ObjectInfo key, Usage usage, Algorithm algorithm, Supplier<LocalDate> today) {
        requireUsage(key, usage);
        requireMechanism(key, algorithm.type());
        requireValid(key, usage, today);
        requireRemainingUses(key);
        requireNoQuorum(key);
        requireOwnIv(key, usage, algorithm);
    }

    private static void requireUsage(ObjectInfo key, Usage usage) {
        if (!key.attributes().is(usage.attribute())) {
            throw HsmException.keyFunctionNotPermitted("the key " + named(key) + " may not " + usage.attribute()
                    + ": its attribute " + usage.attribute() + " is false");
        }
    }

    private static void requireMechanism(ObjectInfo key, MechanismType type) {
        if (!key.attributes().has(Attribute.ALLOWED_MECHANISMS)) {
            return;
        }
        Set<MechanismType> allowed = key.attributes().get(Attribute.ALLOWED_MECHANISMS);
        if (!allowed.contains(type)) {
            throw HsmException.mechanismNotAllowed("the key " + named(key) + " may be used with "
                    + Attribute.ALLOWED_MECHANISMS.format(allowed) + " only, not with " + type);
        }
    }

    /** After its end a key still opens what it protected before (SP 800-57 part 1 §7.3, deactivated keys). */
    private static void requireValid(ObjectInfo key, Usage usage, Supplier<LocalDate> today) {
        Attributes attributes = key.attributes();
        if (attributes.has(Attribute.START_DATE) && today.get().isBefore(attributes.get(Attribute.START_DATE))) {
            throw HsmException.keyNotValidNow(
                    "the key " + named(key) + " is not valid before " + attributes.get(Attribute.START_DATE));
        }
        if (protects(usage)
                && attributes.has(Attribute.END_DATE)
                && today.get().isAfter(attributes.get(Attribute.END_DATE))) {
            throw HsmException.keyNotValidNow(
                    "the key " + named(key) + " is not valid after " + attributes.get(Attribute.END_DATE));
        }
    }

    private static boolean protects(Usage usage) {
        return switch (usage) {
            case ENCRYPT, SIGN, WRAP, DERIVE -> true;
            case DECRYPT, VERIFY, UNWRAP -> false;
        };
    }

    private static void requireRemainingUses(ObjectInfo key) {
        Attributes attributes = key.attributes();
        if (!attributes.has(Attribute.USAGE_LIMIT)) {
            return;
        }
        long limit = attributes.get(Attribute.USAGE_LIMIT);
        if (attributes.find(Attribute.USAGE_COUNT).orElse(0L) >= limit) {
            throw HsmException.keyUsageExhausted(
                    "the key " + named(key) + " has been used " + limit + " times, which is its usage limit");
        }
    }

    /** A key that wants approvals is not usable before there is a way to give them. */
    private static void requireNoQuorum(ObjectInfo key) {
        if (key.attributes().find(Attribute.USE_QUORUM).orElse(0L) != 0) {
            throw HsmException.keyFunctionNotPermitted("the key " + named(key) + " takes approvals to be used");
        }
    }

    /** Two keys wrapped under one IV give each other away, so a caller never chooses it there. */
    private static void requireOwnIv(ObjectInfo key, Usage usage, Algorithm algorithm) {
        if (!(algorithm.parameters() instanceof Parameters.Gcm gcm) || gcm.iv().isEmpty()) {
            return;
        }
        if (usage == Usage.WRAP) {
            throw HsmException.mechanismParameterInvalid("a key is wrapped under an IV that the module makes and puts"
                    + " before the wrapped key; leave the IV out");
        }
        boolean allowed = key.attributes().find(Attribute.CALLER_IV).orElse(true);
        if (usage == Usage.ENCRYPT && !allowed) {
            throw HsmException.mechanismParameterInvalid(
                    "the key " + named(key) + " takes IVs from the module only (caller-iv is false); leave the IV out");
        }
    }

    static String named(ObjectInfo key) {
        return key.label().isEmpty() ? key.id().toString() : key.id() + " (" + key.label() + ")";
    }
}
