package org.cofferhsm.hsm.session.local;

import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;

/** The meeting of what a template asked for and what the value says of itself. */
final class Described {

    private Described() {}

    /** All of both; complains where they contradict each other. */
    static Attributes by(Attributes wanted, Attributes said) {
        for (Attribute<?> attribute : wanted.differences(said)) {
            if (wanted.has(attribute)) {
                throw HsmException.templateInconsistent(
                        "the template asks for another " + attribute + " than the value has (" + said.format() + ")");
            }
        }
        return wanted.withAll(said);
    }
}
