package org.cofferhsm.hsm.cli;

import java.security.Security;
import java.util.ArrayList;
import java.util.List;

/**
 * The order of this program's security providers: the JDK's SunJCE, which every command needs, ahead of SunEC. A provider
 * is looked for by loading those in front of it, and to load SunEC the JDK searches all its modules, which costs a short
 * command 10 ms. Nothing is offered by both.
 */
final class ProviderOrder {

    private static final String PROPERTY = "security.provider.";
    private static final String EARLIER = "SunJCE";
    private static final String LATER = "SunEC";

    private ProviderOrder() {}

    /** To be called before anything asks for an algorithm; without an effect later, or on another JVM's list. */
    static void arrange() {
        List<String> names = configured();
        int at = names.indexOf(LATER);
        if (at >= 0 && names.indexOf(EARLIER) > at) {
            names.remove(EARLIER);
            names.add(at, EARLIER);
            for (int i = 0; i < names.size(); i++) {
                Security.setProperty(PROPERTY + (i + 1), names.get(i));
            }
        }
    }

    private static List<String> configured() {
        List<String> names = new ArrayList<>();
        String name = Security.getProperty(PROPERTY + 1);
        while (name != null) {
            names.add(name);
            name = Security.getProperty(PROPERTY + (names.size() + 1));
        }
        return names;
    }
}
