package org.cofferhsm.signtool.commandline.select;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.signtool.commandline.CommandLines;
import org.cofferhsm.signtool.commandline.Option;
import org.cofferhsm.signtool.commandline.ParsedCommand;
import org.cofferhsm.signtool.commandline.SignToolException;
import org.cofferhsm.signtool.signing.ModuleKey;
import org.cofferhsm.signtool.signing.ModuleKeys;

/** Which certificates there are to choose from: the user's in the module, or the one in a file ({@code /f}). */
public final class Candidates {

    /** How Coffer's key storage provider and PKCS#11 token are called; other providers are other machines. */
    private static final Set<String> OWN_NAMES = Set.of("coffer", "coffer key storage provider");

    private Candidates() {}

    /** In the module. */
    public static List<Candidate> of(ParsedCommand command, CommandLines lines, Session session) {
        command.value(Option.PROVIDER).ifPresent(Candidates::requireOwn);
        List<ModuleKey> keys = new ModuleKeys(session).list();
        return command.value(Option.CERTIFICATE_FILE)
                .map(name -> List.of(withKey(CertificateFile.read(lines.path(name)), keys, session)))
                .orElseGet(() -> keys.stream().map(Candidate::of).toList());
    }

    /** Without the module: the certificate in a file. */
    public static List<Candidate> ofFile(String name, CommandLines lines) {
        return List.of(new Candidate(CertificateFile.read(lines.path(name)), Optional.empty()));
    }

    private static void requireOwn(String provider) {
        if (!OWN_NAMES.contains(provider.toLowerCase(Locale.ROOT))) {
            throw new SignToolException("The provider given by the /csp option is not here: " + provider
                    + "; the module is called \"Coffer Key Storage Provider\"");
        }
    }

    /** The file's certificates come first, so that a renewed one is used with the key that it is for. */
    private static Candidate withKey(List<X509Certificate> chain, List<ModuleKey> keys, Session session) {
        X509Certificate certificate = chain.get(0);
        Optional<ModuleKey> stored = keys.stream()
                .filter(key -> key.certificate().getPublicKey().equals(certificate.getPublicKey()))
                .findFirst();
        List<X509Certificate> whole =
                stored.map(key -> joined(chain, key.chain())).orElse(chain);
        Optional<ModuleKey> key =
                stored.map(one -> under(one, whole)).or(() -> new KeyOfCertificate(session).find(whole));
        return new Candidate(whole, key);
    }

    private static ModuleKey under(ModuleKey key, List<X509Certificate> chain) {
        return new ModuleKey(key.session(), key.id(), key.alias(), chain);
    }

    private static List<X509Certificate> joined(List<X509Certificate> chain, List<X509Certificate> stored) {
        X509Certificate certificate = chain.get(0);
        return Stream.concat(
                        chain.stream(),
                        stored.stream().filter(one -> !one.getPublicKey().equals(certificate.getPublicKey())))
                .distinct()
                .toList();
    }
}
