package org.cofferhsm.hsm.cli;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.Collection;
import java.util.Set;
import org.cofferhsm.hsm.error.HsmException;

/** Users and groups of the operating system who may connect; a misspelt name is told before anybody waits in vain. */
final class AllowedNames {

    private static final UserPrincipalLookupService KNOWN =
            FileSystems.getDefault().getUserPrincipalLookupService();

    private AllowedNames() {}

    static Set<String> users(Collection<String> names) {
        return known(names, "user", KNOWN::lookupPrincipalByName);
    }

    static Set<String> groups(Collection<String> names) {
        return known(names, "group", KNOWN::lookupPrincipalByGroupName);
    }

    private static Set<String> known(Collection<String> names, String kind, Lookup lookup) {
        names.forEach(name -> require(name, kind, lookup));
        return Set.copyOf(names);
    }

    private static void require(String name, String kind, Lookup lookup) {
        try {
            lookup.find(name);
        } catch (IOException e) {
            throw HsmException.argumentInvalid("this machine knows no " + kind + " " + name + "; see getent "
                            + (kind.equals("user") ? "passwd" : "group"))
                    .causedBy(e);
        }
    }

    private interface Lookup {
        Object find(String name) throws IOException;
    }
}
