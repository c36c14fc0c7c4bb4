package org.cofferhsm.hsm.session.local;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.ObjectInfo;
import org.cofferhsm.hsm.key.SecretBytes;
import org.cofferhsm.hsm.policy.AccessRules;
import org.cofferhsm.hsm.policy.Caller;
import org.cofferhsm.hsm.policy.ChangeRules;
import org.cofferhsm.hsm.policy.DestroyRules;
import org.cofferhsm.hsm.policy.NewObject;
import org.cofferhsm.hsm.policy.Right;
import org.cofferhsm.hsm.user.Role;

/** What one caller does with objects as such: store, copy, change, share, read, destroy. */
final class ObjectCalls {

    private final Caller caller;
    private final ReachableObjects objects;
    private final ModuleParts parts;

    ObjectCalls(Caller caller, ReachableObjects objects, ModuleParts parts) {
        this.caller = caller;
        this.objects = objects;
        this.parts = parts;
    }

    KeyId create(Attributes attributes, byte[] value) {
        Call call = Call.of(
                caller, "object-create", attributes.find(Attribute.LABEL).orElse(""));
        return making(call, attributes, () -> {
            Right.USE_KEYS.require(caller);
            Attributes wanted = NewObject.imported(caller, attributes);
            Attributes complete = ImportedValue.describe(wanted, value, parts.codec());
            try (SecretBytes copy = SecretBytes.copyOf(value)) {
                return objects.add(call, List.of(new NewObjectValue(complete, copy)))
                        .get(0);
            }
        });
    }

    KeyId copy(KeyId object, Attributes changes) {
        Call call = Call.on(caller, "object-copy", object);
        Attributes where = objects.visible(object).attributes().withAll(changes);
        return making(call, where, () -> {
            HeldObject original = objects.visible(object);
            List<Attributes> copy = new ArrayList<>(1);
            objects.update(
                    call,
                    object,
                    now -> { // decided by what it is then, and an admin may just have trusted it
                        copy.add(ChangeRules.copied(caller, new ObjectInfo(object, now), changes));
                        return ChangeRules.original(now);
                    });
            try (SecretBytes value = original.value()) {
                return objects.add(call, List.of(new NewObjectValue(copy.get(0), value)))
                        .get(0);
            }
        });
    }

    void destroy(KeyId object) {
        recordedChange(Call.on(caller, "object-destroy", object), object, call -> {
            DestroyRules.require(caller, objects.visible(object).info());
            objects.remove(call, object);
        });
    }

    void change(KeyId object, Attributes changes) {
        Call named = Call.on(caller, "object-change", object).detailed(changes.toString());
        recordedChange(
                named,
                object,
                call -> update(
                        call,
                        object,
                        current -> ChangeRules.changed(caller, new ObjectInfo(object, current), changes)));
    }

    void share(KeyId key, String userName) {
        Call named = Call.on(caller, "key-share", key).detailed(userName);
        recordedChange(named, key, call -> {
            UserAccount other = parts.accounts().require(userName).account();
            if (other.role() != Role.CRYPTO_USER) {
                throw HsmException.roleNotPermitted(
                        "keys are shared with crypto users; " + other.name() + " is of the role " + other.role());
            }
            owned(call, key, attributes -> Shares.with(attributes, other.name()));
        });
    }

    void unshare(KeyId key, String userName) {
        Call named = Call.on(caller, "key-unshare", key).detailed(userName);
        recordedChange(
                named,
                key,
                call -> owned(call, key, attributes -> Shares.without(attributes, sharer(attributes, userName))));
    }

    /** The exact name of somebody the key is shared with. */
    private static String sharer(Attributes key, String userName) {
        return Shares.of(key).stream()
                .filter(userName::equalsIgnoreCase)
                .findFirst()
                .orElseThrow(() -> HsmException.userNotFound("the key is not shared with \"" + userName + "\""));
    }

    byte[] value(KeyId object) {
        HeldObject held = objects.visible(object);
        if (held.attributes().get(Attribute.CLASS).isSecret()) {
            return parts.recorder().use(Call.on(caller, "read-value", object), () -> {
                AccessRules.requireUse(caller, held.info());
                requireReadable(held.info());
                return bytes(held);
            });
        }
        AccessRules.requireUse(caller, held.info());
        return bytes(held);
    }

    private static byte[] bytes(HeldObject held) {
        try (SecretBytes value = held.value()) {
            return value.use(byte[]::clone);
        }
    }

    private static void requireReadable(ObjectInfo key) {
        Attributes attributes = key.attributes();
        if (attributes.is(Attribute.SENSITIVE) || !attributes.is(Attribute.EXTRACTABLE)) {
            throw HsmException.keyUnextractable(
                    "the key " + key.id()
                            + " is sensitive or not extractable, so its value never leaves in the clear; wrap it if it may be wrapped");
        }
    }

    private void owned(Call call, KeyId key, UnaryOperator<Attributes> change) {
        AccessRules.requireOwner(caller, objects.visible(key).info());
        if (key.isSessionObject()) {
            throw HsmException.argumentInvalid("a session object cannot be shared");
        }
        update(call, key, change);
    }

    private void update(Call call, KeyId object, UnaryOperator<Attributes> change) {
        objects.visible(object);
        objects.update(call, object, change);
    }

    /** Token objects are recorded with their change, session objects like a use. */
    private <T> T making(Call call, Attributes attributes, Supplier<T> work) {
        return attributes.find(Attribute.TOKEN).orElse(true)
                ? parts.recorder().change(call, work)
                : parts.recorder().use(call, work);
    }

    private void recordedChange(Call call, KeyId object, Consumer<Call> work) {
        Supplier<Call> supplied = () -> {
            work.accept(call);
            return call;
        };
        if (object.isSessionObject()) {
            parts.recorder().use(call, supplied);
        } else {
            parts.recorder().change(call, supplied);
        }
    }
}
