package org.cofferhsm.tde.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.Optional;
import org.cofferhsm.hsm.error.HsmException;

/** The user and the group that files are given to. */
public record Owner(String user, String group) {

    /** Oracle's usual software owner. */
    public static final Owner ORACLE = new Owner("oracle", "oinstall");

    static final Owner ROOT = new Owner("root", "root");

    /** Reads {@code user:group}. */
    public static Owner parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
            throw HsmException.argumentInvalid("an owner is given as user:group, such as oracle:oinstall, not " + text);
        }
        return new Owner(parts[0], parts[1]);
    }

    /** Whom a file or directory belongs to. */
    public static Owner of(Path file) {
        try {
            PosixFileAttributes attributes =
                    Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return new Owner(attributes.owner().getName(), attributes.group().getName());
        } catch (IOException e) {
            throw HsmException.argumentInvalid("the owner of " + file + " cannot be read")
                    .causedBy(e);
        }
    }

    /** Says which of the two names this machine does not know. */
    Optional<String> unknown(Path place) {
        UserPrincipalLookupService names = place.getFileSystem().getUserPrincipalLookupService();
        if (!isKnown(user, names::lookupPrincipalByName)) {
            return Optional.of(user);
        }
        return isKnown(group, names::lookupPrincipalByGroupName) ? Optional.empty() : Optional.of(group);
    }

    @FunctionalInterface
    private interface Lookup {
        UserPrincipal of(String name) throws IOException;
    }

    private static boolean isKnown(String name, Lookup names) {
        try {
            return !names.of(name).getName().isEmpty();
        } catch (UserPrincipalNotFoundException e) {
            return false;
        } catch (IOException e) {
            throw HsmException.argumentInvalid("the name " + name + " cannot be looked up")
                    .causedBy(e);
        }
    }

    /** Gives the file away; only root may, unless it is this owner's already. */
    void give(Path file) throws IOException {
        if (of(file).equals(this)) {
            return;
        }
        UserPrincipalLookupService names = file.getFileSystem().getUserPrincipalLookupService();
        PosixFileAttributeView view =
                Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        view.setGroup(names.lookupPrincipalByGroupName(group));
        view.setOwner(names.lookupPrincipalByName(user));
    }

    @Override
    public String toString() {
        return user + ":" + group;
    }
}
