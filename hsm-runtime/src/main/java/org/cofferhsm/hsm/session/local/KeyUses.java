package org.cofferhsm.hsm.session.local;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.cofferhsm.hsm.crypto.EngineKey;
import org.cofferhsm.hsm.crypto.Mechanism;
import org.cofferhsm.hsm.crypto.Operation;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.key.SecretBytes;
import org.cofferhsm.hsm.key.Usage;
import org.cofferhsm.hsm.policy.AccessRules;
import org.cofferhsm.hsm.policy.Caller;
import org.cofferhsm.hsm.policy.UseRules;
import org.cofferhsm.hsm.policy.WrapRules;

/** Uses of keys by one caller: first the rules, then the mechanism, then the count of uses. */
final class KeyUses {

    private final Caller caller;
    private final ReachableObjects objects;
    private final ModuleParts parts;
    private final ParameterDigest parameterDigest = new ParameterDigest();

    KeyUses(Caller caller, ReachableObjects objects, ModuleParts parts) {
        this.caller = caller;
        this.objects = objects;
        this.parts = parts;
    }

    /** What a mechanism does with a key. */
    @FunctionalInterface
    interface Work<T> {
        T apply(Mechanism mechanism, EngineKey key);
    }

    /** One use, recorded: {@code work} runs when the rules allow it. */
    <T> T run(Use use, Work<T> work) {
        return parts.recorder().use(call(use), () -> allowed(use, work));
    }

    /** The same without the record, for a use that is part of a recorded call. */
    <T> T allowed(Use use, Work<T> work) {
        HeldObject key = objects.visible(use.key());
        AccessRules.requireUse(caller, key.info());
        UseRules.require(key.info(), use.usage(), use.algorithm(), this::today);
        EngineKey engineKey = key.engineKey(parts.codec());
        Mechanism mechanism = parts.mechanisms().ready(use.algorithm(), use.operation(), engineKey);
        return key.attributes().has(Attribute.USAGE_LIMIT)
                ? counting(use, () -> work.apply(mechanism, engineKey))
                : work.apply(mechanism, engineKey);
    }

    /** A key, encrypted under another. */
    byte[] wrap(KeyId wrappingKey, KeyId payload, Algorithm algorithm) {
        Use use = Use.of(Usage.WRAP, wrappingKey, algorithm);
        return parts.recorder().use(call(use).with(payload), () -> {
            HeldObject leaving = objects.visible(payload);
            AccessRules.requireOwner(caller, leaving.info());
            WrapRules.requireWrap(objects.visible(wrappingKey).info(), leaving.info());
            try (SecretBytes value = leaving.value()) {
                return allowed(use, (mechanism, engineKey) -> mechanism.wrap(engineKey, algorithm, value));
            }
        });
    }

    Call call(Use use) {
        Algorithm algorithm = use.algorithm();
        return new Call(caller, use.name(), use.key().value(), algorithm.type().name(), parameterDigest.of(algorithm));
    }

    /** Uses of a key with a limit are one at a time, and counted on disk before their result is released. */
    private <T> T counting(Use use, Supplier<T> work) {
        Call call = new Call(caller, "count-use", use.key().value(), use.name(), Octets.EMPTY);
        List<T> result = new ArrayList<>(1);
        objects.update(call, use.key(), attributes -> {
            Attributes counted = counted(use.key(), attributes);
            result.add(work.get());
            return counted;
        });
        return result.get(0);
    }

    private static Attributes counted(KeyId key, Attributes now) {
        long count = now.find(Attribute.USAGE_COUNT).orElse(0L);
        long limit = now.get(Attribute.USAGE_LIMIT);
        if (count >= limit) {
            throw HsmException.keyUsageExhausted(
                    "the key " + key + " has been used " + limit + " times, which is its usage limit");
        }
        return now.with(Attribute.USAGE_COUNT, count + 1);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(parts.clock().instant(), ZoneId.systemDefault());
    }

    /**
     * A key, what is to be done with it, and how.
     *
     * @param name the operation as the audit log calls it
     */
    record Use(String name, Usage usage, Operation operation, KeyId key, Algorithm algorithm) {

        /** The use whose operation bears the usage's name. */
        static Use of(Usage usage, KeyId key, Algorithm algorithm) {
            return new Use(usage.attribute().name(), usage, Operation.valueOf(usage.name()), key, algorithm);
        }
    }
}
