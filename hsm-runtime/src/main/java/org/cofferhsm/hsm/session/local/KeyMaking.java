package org.cofferhsm.hsm.session.local;

import java.util.List;
import org.cofferhsm.hsm.crypto.EngineKey;
import org.cofferhsm.hsm.crypto.EngineKeyPair;
import org.cofferhsm.hsm.crypto.Operation;
import org.cofferhsm.hsm.crypto.SharedSecret;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.Encapsulated;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.KeyPairIds;
import org.cofferhsm.hsm.key.KeyPairTemplate;
import org.cofferhsm.hsm.key.KeyTemplate;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.ObjectInfo;
import org.cofferhsm.hsm.key.SecretBytes;
import org.cofferhsm.hsm.key.Usage;
import org.cofferhsm.hsm.policy.Caller;
import org.cofferhsm.hsm.policy.DeriveRules;
import org.cofferhsm.hsm.policy.NewObject;
import org.cofferhsm.hsm.policy.Right;
import org.cofferhsm.hsm.policy.WrapRules;

/** New keys of one caller: generated, unwrapped, derived, agreed on. */
final class KeyMaking {

    private final Caller caller;
    private final ReachableObjects objects;
    private final KeyUses uses;
    private final ModuleParts parts;

    KeyMaking(Caller caller, ReachableObjects objects, KeyUses uses, ModuleParts parts) {
        this.caller = caller;
        this.objects = objects;
        this.uses = uses;
        this.parts = parts;
    }

    KeyId generate(KeyTemplate template) {
        Algorithm algorithm = GeneratingMechanism.of(typeOf(template.attributes()));
        return recorded(Call.of(caller, "key-generate", algorithm.toString()), template.attributes(), call -> {
            Right.USE_KEYS.require(caller);
            Attributes wanted = NewObject.generated(caller, template.attributes(), algorithm.type());
            EngineKey key =
                    parts.mechanisms().ready(algorithm, Operation.GENERATE).generate(algorithm, wanted);
            return store(call, wanted, key);
        });
    }

    KeyPairIds generate(KeyPairTemplate template) {
        Algorithm algorithm = GeneratingMechanism.of(typeOf(template.publicKey()));
        return recorded(Call.of(caller, "key-pair-generate", algorithm.toString()), template.privateKey(), call -> {
            Right.USE_KEYS.require(caller);
            Attributes wantedPublic = NewObject.generated(caller, template.publicKey(), algorithm.type());
            Attributes wantedPrivate = NewObject.generated(caller, template.privateKey(), algorithm.type());
            EngineKeyPair pair =
                    parts.mechanisms().ready(algorithm, Operation.GENERATE_PAIR).generatePair(algorithm, wantedPublic);
            try (SecretBytes publicValue = encoded(pair.publicKey());
                    SecretBytes privateValue = encoded(pair.privateKey())) {
                List<KeyId> handles = objects.add(
                        call,
                        List.of(
                                new NewObjectValue(described(wantedPublic, pair.publicKey()), publicValue),
                                new NewObjectValue(described(wantedPrivate, pair.privateKey()), privateValue)));
                return new KeyPairIds(handles.get(0), handles.get(1));
            }
        });
    }

    KeyId unwrap(KeyId unwrappingKey, byte[] wrapped, Algorithm algorithm, KeyTemplate template) {
        KeyUses.Use use = KeyUses.Use.of(Usage.UNWRAP, unwrappingKey, algorithm);
        return recorded(uses.call(use), template.attributes(), call -> {
            ObjectInfo unwrapping = objects.visible(unwrappingKey).info();
            WrapRules.requireUnwrap(unwrapping);
            Attributes wanted = NewObject.imported(
                    caller, WrapRules.entering(unwrapping, template).attributes());
            return uses.allowed(use, (mechanism, key) -> {
                try (SecretBytes value = mechanism.unwrap(key, algorithm, wrapped)) {
                    requireSecret(value);
                    return store(call, wanted, unwrapped(wanted, value));
                }
            });
        });
    }

    KeyId derive(KeyId baseKey, Algorithm algorithm, KeyTemplate template) {
        KeyUses.Use use = KeyUses.Use.of(Usage.DERIVE, baseKey, algorithm);
        return recorded(uses.call(use), template.attributes(), call -> {
            Attributes wanted = derivedFrom(baseKey, template);
            int bytes = Math.toIntExact(wanted.find(Attribute.VALUE_LENGTH).orElse(0L));
            return uses.allowed(use, (mechanism, key) -> {
                try (SecretBytes value = mechanism.derive(key, algorithm, bytes)) {
                    return store(call, wanted, parsed(wanted, value));
                }
            });
        });
    }

    Encapsulated encapsulate(KeyId publicKey, Algorithm algorithm, KeyTemplate template) {
        KeyUses.Use use = new KeyUses.Use("encapsulate", Usage.DERIVE, Operation.ENCAPSULATE, publicKey, algorithm);
        return recorded(uses.call(use), template.attributes(), call -> {
            Attributes wanted = derivedFrom(publicKey, template);
            return uses.allowed(use, (mechanism, key) -> {
                SharedSecret shared = mechanism.encapsulate(key, algorithm);
                try (SecretBytes secret = shared.secret()) {
                    return new Encapsulated(shared.ciphertext(), store(call, wanted, parsed(wanted, secret)));
                }
            });
        });
    }

    KeyId decapsulate(KeyId privateKey, Algorithm algorithm, byte[] ciphertext, KeyTemplate template) {
        KeyUses.Use use = new KeyUses.Use("decapsulate", Usage.DERIVE, Operation.DECAPSULATE, privateKey, algorithm);
        return recorded(uses.call(use), template.attributes(), call -> {
            Attributes wanted = derivedFrom(privateKey, template);
            return uses.allowed(use, (mechanism, key) -> {
                try (SecretBytes secret = mechanism.decapsulate(key, algorithm, ciphertext)) {
                    return store(call, wanted, parsed(wanted, secret));
                }
            });
        });
    }

    private Attributes derivedFrom(KeyId base, KeyTemplate template) {
        ObjectInfo key = objects.visible(base).info();
        Attributes wanted = NewObject.derived(caller, template.attributes(), key.attributes());
        DeriveRules.require(key, wanted);
        return wanted;
    }

    /** A new token object is recorded with its change, a session object like a use. */
    private <T> T recorded(Call call, Attributes template, Making<T> making) {
        boolean token = template.find(Attribute.TOKEN).orElse(true);
        return token
                ? parts.recorder().change(call, () -> making.make(call))
                : parts.recorder().use(call, () -> making.make(call));
    }

    private KeyId store(Call call, Attributes wanted, EngineKey key) {
        try (SecretBytes value = encoded(key)) {
            return objects.add(call, List.of(new NewObjectValue(described(wanted, key), value)))
                    .get(0);
        } finally {
            key.destroy();
        }
    }

    private SecretBytes encoded(EngineKey key) {
        return SecretBytes.owning(parts.codec().encode(key));
    }

    private static void requireSecret(SecretBytes value) {
        if (value.length() < DeriveRules.MIN_BYTES) {
            throw HsmException.wrappedKeyInvalid(
                    "what was wrapped is shorter than a key of " + DeriveRules.MIN_BYTES + " bytes");
        }
    }

    /** A wrapped key that opens but is no key of the kind asked for is refused like one that does not open. */
    private EngineKey unwrapped(Attributes wanted, SecretBytes value) {
        try (SecretBytes exact = ZeroPadding.removed(wanted.get(Attribute.CLASS), value)) {
            return parsed(wanted, exact);
        } catch (HsmException e) {
            throw switch (e.reason()) {
                case DATA_INVALID, KEY_SIZE_RANGE ->
                    HsmException.wrappedKeyInvalid("what was wrapped is no " + wanted.get(Attribute.KEY_TYPE) + " "
                                    + wanted.get(Attribute.CLASS) + " of a size that the module takes")
                            .causedBy(e);
                default -> e;
            };
        }
    }

    private EngineKey parsed(Attributes wanted, SecretBytes value) {
        ObjectClass objectClass = wanted.get(Attribute.CLASS);
        return value.use(bytes -> parts.codec().decode(objectClass, typeOf(wanted), bytes));
    }

    /** The attributes with what the key says of itself, which must not contradict what was asked for. */
    private Attributes described(Attributes wanted, EngineKey key) {
        return Described.by(wanted, parts.codec().describe(key));
    }

    private static KeyType typeOf(Attributes template) {
        return template.find(Attribute.KEY_TYPE)
                .orElseThrow(() -> HsmException.templateIncomplete("the template does not say the type of the key"));
    }

    @FunctionalInterface
    private interface Making<T> {
        T make(Call call);
    }
}
