package org.cofferhsm.signtool.commandline.stamp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cofferhsm.signtool.commandline.Option;
import org.cofferhsm.signtool.commandline.ParsedCommand;
import org.cofferhsm.signtool.commandline.SignToolException;
import org.cofferhsm.signtool.commandline.console.Surroundings;
import org.cofferhsm.signtool.verify.TrustedBundle;

/** What a command trusts: {@code --trust} and {@code --crl}, or else the system's roots. */
public record TrustChoice(ParsedCommand command, Surroundings surroundings) {

    /** What {@code --trust} names; empty without it. */
    public Set<X509Certificate> named() {
        Set<X509Certificate> all = new HashSet<>();
        for (List<String> name : command.values(Option.TRUST)) {
            all.addAll(certificates(surroundings.lines().path(name.get(0))));
        }
        return all;
    }

    /** The same, and the system's roots where nothing is named. */
    public Set<X509Certificate> effective() {
        Set<X509Certificate> named = named();
        boolean system = named.isEmpty() && Files.isReadable(TrustedBundle.SYSTEM);
        return system ? certificates(TrustedBundle.SYSTEM) : named;
    }

    /** What {@code --crl} names. */
    public List<X509CRL> revocationLists() {
        List<X509CRL> all = new ArrayList<>();
        for (List<String> name : command.values(Option.REVOCATION_LIST)) {
            Path file = surroundings.lines().path(name.get(0));
            try {
                all.addAll(TrustedBundle.crls(file));
            } catch (IOException e) {
                throw unreadable(file, e);
            }
        }
        return all;
    }

    private static Set<X509Certificate> certificates(Path file) {
        try {
            return TrustedBundle.certificates(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static SignToolException unreadable(Path file, IOException cause) {
        String what =
                cause instanceof NoSuchFileException ? "File not found: " : "There was an error opening the file: ";
        return new SignToolException(what + file, cause);
    }
}
