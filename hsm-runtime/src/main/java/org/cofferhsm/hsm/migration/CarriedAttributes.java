package org.cofferhsm.hsm.migration;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cofferhsm.hsm.cryptoki.CryptokiAttribute;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.ObjectInfo;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.key.Usage;

/** What of an object's attributes comes along, and what becomes otherwise here. */
final class CarriedAttributes {

    private static final List<Attribute<Boolean>> OF_ALL =
            List.of(Attribute.PRIVATE, Attribute.MODIFIABLE, Attribute.COPYABLE, Attribute.DESTROYABLE);
    private static final List<Attribute<Boolean>> OF_SECRETS =
            List.of(Attribute.EXTRACTABLE, Attribute.WRAP_WITH_TRUSTED);
    /** What an object tells or changes here in its own way: unwrapped keys are sensitive, and an admin trusts. */
    private static final List<Attribute<Boolean>> COMPARED_TOO = List.of(Attribute.SENSITIVE, Attribute.TRUSTED);

    private CarriedAttributes() {}

    static Attributes of(ForeignObject object, ObjectClass objectClass) {
        Attributes carried = Attributes.of(Attribute.CLASS, objectClass).with(Attribute.LABEL, object.label());
        for (Attribute<Boolean> attribute : booleans(objectClass)) {
            carried = with(carried, attribute, object.flag(attribute.code()));
        }
        if (objectClass == ObjectClass.DATA) {
            carried = with(carried, Attribute.APPLICATION, object.text(Attribute.APPLICATION));
            return with(carried, Attribute.OBJECT_ID, object.octets(Attribute.OBJECT_ID.code()));
        }
        carried = carried.with(Attribute.ID, object.id());
        carried = with(carried, Attribute.START_DATE, date(object, Attribute.START_DATE));
        return with(carried, Attribute.END_DATE, date(object, Attribute.END_DATE));
    }

    private static <T> Attributes with(Attributes attributes, Attribute<T> attribute, Optional<T> value) {
        return value.map(found -> attributes.with(attribute, found)).orElse(attributes);
    }

    /** Where Coffer and the other token now disagree, in words. */
    static List<String> changes(ForeignObject there, ObjectInfo here) {
        List<String> changes = new ArrayList<>();
        List<Attribute<Boolean>> compared =
                new ArrayList<>(booleans(here.attributes().get(Attribute.CLASS)));
        compared.addAll(COMPARED_TOO);
        for (Attribute<Boolean> attribute : compared) {
            boolean now = here.attributes().is(attribute);
            there.flag(attribute.code())
                    .filter(before -> before != now)
                    .ifPresent(before -> changes.add(attribute + " was " + before + ", is " + now));
        }
        if (there.flag(CryptokiAttribute.ALWAYS_AUTHENTICATE).orElse(false)) {
            changes.add("always-authenticate was true, has no counterpart");
        }
        return changes;
    }

    private static List<Attribute<Boolean>> booleans(ObjectClass objectClass) {
        List<Attribute<Boolean>> attributes = new ArrayList<>(OF_ALL);
        if (objectClass.isSecret()) {
            attributes.addAll(OF_SECRETS);
        }
        for (Usage usage : objectClass.isKey() ? Usage.values() : new Usage[0]) {
            attributes.add(usage.attribute());
        }
        return attributes;
    }

    /** CK_DATE: eight digits, or nothing. */
    private static Optional<LocalDate> date(ForeignObject object, Attribute<LocalDate> attribute) {
        try {
            return object.octets(attribute.code())
                    .map(Octets::toByteArray)
                    .map(digits -> LocalDate.parse(
                            new String(digits, StandardCharsets.US_ASCII), DateTimeFormatter.BASIC_ISO_DATE));
        } catch (DateTimeException e) {
            return Optional.empty(); // zeros or blanks, as tokens give that mean no date
        }
    }
}
