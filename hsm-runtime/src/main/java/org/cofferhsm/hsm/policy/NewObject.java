package org.cofferhsm.hsm.policy;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.key.Usage;

/** What the attributes of a new object become: what the caller may ask for, the defaults, and what the module says. */
public final class NewObject {

    private static final int MAX_LABEL = 256;
    private static final int MAX_ID = 255;

    /** What only the module sets (PKCS#11 v3.1 §4.2, §4.7). */
    private static final Set<Attribute<?>> MODULE_SETS = Set.of(
            Attribute.LOCAL,
            Attribute.ALWAYS_SENSITIVE,
            Attribute.NEVER_EXTRACTABLE,
            Attribute.KEY_GEN_MECHANISM,
            Attribute.CHECK_VALUE,
            Attribute.OWNER,
            Attribute.SHARED_USERS,
            Attribute.USAGE_COUNT,
            Attribute.PAST_USAGES);

    private NewObject() {}

    /** A key made inside: its secret has never been anywhere else. */
    public static Attributes generated(Caller caller, Attributes template, MechanismType mechanism) {
        Attributes key =
                common(caller, template).with(Attribute.LOCAL, true).with(Attribute.KEY_GEN_MECHANISM, mechanism);
        return key.get(Attribute.CLASS).isSecret()
                ? key.with(Attribute.ALWAYS_SENSITIVE, key.is(Attribute.SENSITIVE))
                        .with(Attribute.NEVER_EXTRACTABLE, !key.is(Attribute.EXTRACTABLE))
                : key;
    }

    /** An object that came from outside: a certificate, data, a public key, or an unwrapped key. */
    public static Attributes imported(Caller caller, Attributes template) {
        Attributes object = common(caller, template);
        if (!object.get(Attribute.CLASS).isKey()) {
            return object;
        }
        Attributes key = object.with(Attribute.LOCAL, false);
        return key.get(Attribute.CLASS).isSecret()
                ? key.with(Attribute.ALWAYS_SENSITIVE, false).with(Attribute.NEVER_EXTRACTABLE, false)
                : key;
    }

    /** A key made from another: never safer than its base was (PKCS#11 v3.1 §5.18.5). */
    public static Attributes derived(Caller caller, Attributes template, Attributes base) {
        Attributes key = common(caller, template).with(Attribute.LOCAL, false);
        return key.with(Attribute.ALWAYS_SENSITIVE, base.is(Attribute.ALWAYS_SENSITIVE) && key.is(Attribute.SENSITIVE))
                .with(
                        Attribute.NEVER_EXTRACTABLE,
                        base.is(Attribute.NEVER_EXTRACTABLE) && !key.is(Attribute.EXTRACTABLE));
    }

    private static Attributes common(Caller caller, Attributes template) {
        ObjectClass objectClass = template.find(Attribute.CLASS)
                .orElseThrow(
                        () -> HsmException.templateIncomplete("the template does not say the class of the object"));
        refuseModuleSet(template);
        requireNoTrust(template);
        requireKnownQuorum(template);
        requireConsistent(template);
        Attributes object =
                DestroyRules.guarded(withDefaults(objectClass, template)).with(Attribute.OWNER, caller.name());
        return objectClass.isKey() ? PastUsages.remembering(object) : object;
    }

    private static Attributes withDefaults(ObjectClass objectClass, Attributes template) {
        Attributes object = template.withDefault(Attribute.TOKEN, true)
                .withDefault(Attribute.PRIVATE, objectClass.isSecret() || objectClass == ObjectClass.DATA)
                .withDefault(Attribute.MODIFIABLE, true)
                .withDefault(Attribute.COPYABLE, true)
                .withDefault(Attribute.DESTROYABLE, true)
                .withDefault(Attribute.LABEL, "");
        if (objectClass.isKey()) {
            object = object.withDefault(Attribute.ID, Octets.EMPTY);
            for (Usage usage : usagesOf(objectClass)) {
                object = object.withDefault(usage.attribute(), false);
            }
        }
        return objectClass.isSecret()
                ? object.withDefault(Attribute.SENSITIVE, true)
                        .withDefault(Attribute.EXTRACTABLE, false)
                        .withDefault(Attribute.WRAP_WITH_TRUSTED, false)
                : object;
    }

    private static void refuseModuleSet(Attributes template) {
        Optional<Attribute<?>> first =
                template.present().stream().filter(MODULE_SETS::contains).findFirst();
        if (first.isPresent()) {
            throw HsmException.attributeReadOnly("the attribute " + first.get() + " is set by the module alone");
        }
    }

    /** Complains about what is wrong with any object, new or changed. */
    static void requireConsistent(Attributes object) {
        requireSizes(object);
        requireUsagesOf(object.get(Attribute.CLASS), object);
        requireDates(object);
    }

    private static void requireSizes(Attributes template) {
        if (template.find(Attribute.LABEL).orElse("").length() > MAX_LABEL) {
            throw HsmException.attributeValueInvalid("a label has at most " + MAX_LABEL + " characters");
        }
        if (template.find(Attribute.ID).map(id -> id.length() > MAX_ID).orElse(false)) {
            throw HsmException.attributeValueInvalid("an id has at most " + MAX_ID + " bytes");
        }
    }

    private static void requireNoTrust(Attributes template) {
        if (template.is(Attribute.TRUSTED)) {
            throw HsmException.roleNotPermitted("a new object is never trusted; an admin sets trusted afterwards");
        }
    }

    private static void requireKnownQuorum(Attributes template) {
        if (template.find(Attribute.MANAGE_QUORUM).orElse(0L) != 0
                || template.find(Attribute.USE_QUORUM).orElse(0L) != 0) {
            throw HsmException.attributeValueInvalid(
                    "quorum values other than 0 take approvals, which this version of" + " Coffer does not have");
        }
    }

    private static void requireUsagesOf(ObjectClass objectClass, Attributes template) {
        Set<Usage> foreign = EnumSet.allOf(Usage.class);
        foreign.removeAll(usagesOf(objectClass));
        for (Usage usage : foreign) {
            if (template.is(usage.attribute())) {
                throw HsmException.templateInconsistent(
                        "an object of the class " + objectClass + " cannot " + usage.attribute());
            }
        }
    }

    private static void requireDates(Attributes object) {
        if (object.has(Attribute.START_DATE)
                && object.has(Attribute.END_DATE)
                && object.get(Attribute.END_DATE).isBefore(object.get(Attribute.START_DATE))) {
            throw HsmException.templateInconsistent("the end date is before the start date");
        }
    }

    static Set<Usage> usagesOf(ObjectClass objectClass) {
        return switch (objectClass) {
            case SECRET_KEY -> EnumSet.allOf(Usage.class);
            case PUBLIC_KEY -> EnumSet.of(Usage.ENCRYPT, Usage.VERIFY, Usage.WRAP, Usage.DERIVE);
            case PRIVATE_KEY -> EnumSet.of(Usage.DECRYPT, Usage.SIGN, Usage.UNWRAP, Usage.DERIVE);
            case CERTIFICATE, DATA -> EnumSet.noneOf(Usage.class);
        };
    }
}
