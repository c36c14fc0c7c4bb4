package org.cofferhsm.hsm.cli;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.HsmConfig;
import org.cofferhsm.hsm.KeyFile;
import org.cofferhsm.hsm.ModuleState;
import org.cofferhsm.hsm.access.ModuleAccess;
import org.cofferhsm.hsm.command.Credentials;
import org.cofferhsm.hsm.command.PrivateFile;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.user.Role;
import org.cofferhsm.hsm.user.UserInfo;

/** The quickstart's module; makes what is missing of it and leaves what is there. */
record QuickstartModule(QuickstartHome home) {

    private static final String ADMIN = Hsm.FIRST_ADMIN;

    /** A module with an admin and these crypto users. */
    QuickstartHome prepare(Collection<String> users) {
        try (ModuleAccess module = ModuleAccess.to(home.directory(), this::activated);
                Session session = home.login(module, ADMIN)) {
            createMissing(session, users);
        }
        return home;
    }

    private Hsm activated() {
        Hsm hsm = openOrInitialize();
        try {
            activate(hsm);
            return hsm;
        } catch (HsmException e) {
            hsm.close();
            throw e;
        }
    }

    private void activate(Hsm hsm) {
        if (!hsm.activated()) {
            try (Credentials admin = home.newCredentials(ADMIN)) {
                hsm.activate(admin.pin());
            }
        }
    }

    private Hsm openOrInitialize() {
        boolean fresh = Hsm.stateOf(home.directory()) == ModuleState.UNINITIALIZED;
        if (!fresh && !home.hasPin(ADMIN)) {
            throw HsmException.moduleAlreadyInitialized("the directory " + home.directory()
                    + " holds a module that quickstart did not make, or its file " + home.pinFile(ADMIN)
                    + " is missing; put that back, or name another directory by --home");
        }
        if (!fresh) {
            return Hsm.open(home.directory(), KeyFile.in(home.directory()));
        }
        PrivateFile.createDirectories(home.directory());
        home.newCredentials(ADMIN).close(); // written down before the module can need it
        return Hsm.initialize(HsmConfig.at(home.directory()), KeyFile.in(home.directory()));
    }

    private void createMissing(Session session, Collection<String> users) {
        Set<String> present =
                session.users().list().stream().map(UserInfo::name).collect(Collectors.toSet());
        for (String user : users) {
            if (!present.contains(user)) {
                try (Credentials credentials = home.newCredentials(user)) {
                    session.users().create(user, Role.CRYPTO_USER, credentials.pin());
                }
            }
        }
    }
}
