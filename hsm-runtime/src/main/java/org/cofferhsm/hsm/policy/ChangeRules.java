package org.cofferhsm.hsm.policy;

import static org.cofferhsm.hsm.policy.UseRules.named;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.ObjectInfo;
import org.cofferhsm.hsm.key.Usage;

/** Which attributes of an object may change, in which direction, by whom. */
public final class ChangeRules {

    /** Attributes that their owner may set freely. */
    private static final Set<Attribute<?>> FREE = Set.of(
            Attribute.LABEL,
            Attribute.ID,
            Attribute.START_DATE,
            Attribute.END_DATE,
            Attribute.SUBJECT,
            Attribute.CERTIFICATE_CATEGORY,
            Attribute.DESTROYABLE); // PKCS#11 v3.1 §4.4 gives it no direction

    /** Attributes that only go on (PKCS#11 v3.1 §4.8, §4.9; v2.40 table 10 note 11). */
    private static final Set<Attribute<?>> ONLY_ON = Set.of(Attribute.SENSITIVE, Attribute.WRAP_WITH_TRUSTED);

    /** Attributes that only go off. */
    private static final Set<Attribute<?>> ONLY_OFF =
            Set.of(Attribute.EXTRACTABLE, Attribute.MODIFIABLE, Attribute.COPYABLE, Attribute.CALLER_IV);

    private static final Set<Attribute<?>> USAGES =
            Arrays.stream(Usage.values()).map(Usage::attribute).collect(Collectors.toUnmodifiableSet());

    /** Attributes that a copy may have otherwise, since they say where it is (PKCS#11 v3.1 §5.7.2). */
    private static final List<Attribute<Boolean>> PLACEMENT = List.of(Attribute.TOKEN, Attribute.PRIVATE);

    private ChangeRules() {}

    /** The attributes after the change; complains when any of them may not change so. */
    public static Attributes changed(Caller caller, ObjectInfo object, Attributes changes) {
        if (changes.has(Attribute.TRUSTED)) {
            return trusted(caller, object, changes);
        }
        AccessRules.requireOwner(caller, object);
        requireModifiable(object, changes);
        Attributes current = object.attributes();
        for (Attribute<?> attribute : current.differences(changes)) {
            requireChange(object, attribute, changes);
        }
        Attributes after = DestroyRules.guarded(current, current.withAll(changes));
        NewObject.requireConsistent(after);
        if (!after.get(Attribute.CLASS).isKey()) {
            return after;
        }
        return PastUsages.remembering(after);
    }

    /** The attributes of a copy: as a change, but any object may be copied that says so. */
    public static Attributes copied(Caller caller, ObjectInfo object, Attributes changes) {
        AccessRules.requireOwner(caller, object);
        if (!object.attributes().is(Attribute.COPYABLE)) {
            throw HsmException.attributeReadOnly(
                    "the object " + named(object) + " may not be copied (copyable is false)");
        }
        if (object.attributes().is(Attribute.TRUSTED) || object.attributes().has(Attribute.USAGE_LIMIT)) {
            throw HsmException.attributeReadOnly("the key " + named(object)
                    + " is trusted or has a usage limit, which a copy would escape; it may not be copied");
        }
        if (object.attributes().is(Attribute.PRIVATE)
                && changes.has(Attribute.PRIVATE)
                && !changes.is(Attribute.PRIVATE)) {
            throw HsmException.attributeReadOnly("a copy of the private object " + named(object) + " is private");
        }
        Attributes placed = object.attributes().with(Attribute.MODIFIABLE, true);
        Attributes others = changes;
        for (Attribute<Boolean> attribute : PLACEMENT) {
            placed = changes.has(attribute) ? placed.with(attribute, changes.is(attribute)) : placed;
            others = others.without(attribute);
        }
        boolean modifiable =
                changes.find(Attribute.MODIFIABLE).orElse(object.attributes().is(Attribute.MODIFIABLE));
        Attributes copy = changed(caller, new ObjectInfo(object.id(), placed), others.without(Attribute.MODIFIABLE))
                .with(Attribute.MODIFIABLE, modifiable)
                .without(Attribute.SHARED_USERS);
        return original(DestroyRules.guarded(copy));
    }

    /** The attributes of an object that is being copied: both remember that there are two. */
    public static Attributes original(Attributes object) {
        return object.get(Attribute.CLASS).isKey() ? PastUsages.copied(object) : object;
    }

    private static void requireModifiable(ObjectInfo object, Attributes changes) {
        boolean saysWhetherItMayGo = changes.hasOnly(Attribute.DESTROYABLE);
        if (!object.attributes().is(Attribute.MODIFIABLE) && !saysWhetherItMayGo) {
            throw HsmException.attributeReadOnly(
                    "the object " + named(object) + " may not be changed (modifiable is false)");
        }
        if (object.attributes().is(Attribute.TRUSTED)) {
            throw HsmException.attributeReadOnly("the key " + named(object)
                    + " is trusted, so its attributes stay as they are; an admin can take the trust back");
        }
    }

    private static void requireChange(ObjectInfo object, Attribute<?> attribute, Attributes changes) {
        if (FREE.contains(attribute)) {
            return;
        }
        if (ONLY_ON.contains(attribute)) {
            requireDirection(object, attribute, changes, true);
        } else if (ONLY_OFF.contains(attribute)) {
            requireDirection(object, attribute, changes, false);
        } else if (USAGES.contains(attribute)) {
            requireUsageChange(object, attribute, changes);
        } else if (attribute.equals(Attribute.USAGE_LIMIT)) {
            requireLower(object, changes);
        } else {
            throw HsmException.attributeReadOnly(
                    "the attribute " + attribute + " of " + named(object) + " may not be changed");
        }
    }

    private static void requireDirection(ObjectInfo object, Attribute<?> attribute, Attributes changes, boolean to) {
        if (!changes.present().contains(attribute) || isTrue(attribute, changes) != to) {
            throw HsmException.attributeReadOnly("the attribute " + attribute + " of " + named(object)
                    + " may change to " + to + " only, and not back");
        }
    }

    private static boolean isTrue(Attribute<?> attribute, Attributes changes) {
        return changes.format().contains(attribute.name() + "=true");
    }

    /**
     * A secret key's uses are only taken away: what was added later would do to what it had wrapped before, or to what a
     * copy of it had, what no rule about one object at one time can see.
     */
    private static void requireUsageChange(ObjectInfo object, Attribute<?> usage, Attributes changes) {
        if (object.attributes().get(Attribute.CLASS) == ObjectClass.SECRET_KEY) {
            requireDirection(object, usage, changes, false);
        }
    }

    private static void requireLower(ObjectInfo object, Attributes changes) {
        long wanted = changes.get(Attribute.USAGE_LIMIT);
        if (object.attributes().find(Attribute.USAGE_LIMIT).orElse(Long.MAX_VALUE) < wanted) {
            throw HsmException.attributeReadOnly("the usage limit of " + named(object) + " may only go down");
        }
    }

    private static Attributes trusted(Caller caller, ObjectInfo object, Attributes changes) {
        Right.TRUST_KEYS.require(caller);
        if (changes.present().size() > 1) {
            throw HsmException.roleNotPermitted("an admin sets the attribute trusted and no other");
        }
        if (!object.attributes().get(Attribute.CLASS).isKey()) {
            return object.attributes().withAll(changes);
        }
        if (changes.is(Attribute.TRUSTED)) {
            TrustRules.require(object);
        }
        return object.attributes().withAll(changes);
    }
}
