package org.cofferhsm.ekm.doctor;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cofferhsm.ekm.EkmStatus;
import org.cofferhsm.ekm.Thumbprint;
import org.cofferhsm.ekm.channel.Operation;
import org.cofferhsm.ekm.doctor.ServiceProbe.Reply;
import org.cofferhsm.hsm.ServiceAddress;
import org.cofferhsm.hsm.command.Credentials;
import org.cofferhsm.hsm.command.Finding;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.spi.MalformedMessageException;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;

/** Whether the service does for a credential what SQL Server will ask of it. */
public final class ServiceCheck {

    private static final long SESSION = 1;
    private static final byte[] NO_IV = {};

    private final ServiceProbe probe;
    private final List<Finding> findings = new ArrayList<>();

    private ServiceCheck(ServiceProbe probe) {
        this.probe = probe;
    }

    /**
     * What there is to say of that service.
     *
     * @param credentials of the crypto user to open a session for, if any is given; its caller's to close
     */
    public static List<Finding> of(ServiceAddress service, Optional<Credentials> credentials) {
        try (ServiceProbe probe = ServiceProbe.connect(service)) {
            ServiceCheck check = new ServiceCheck(probe);
            check.findings.add(Finding.ok("service", "ekm answers at " + service));
            credentials.ifPresentOrElse(check::credential, check::noCredential);
            return check.findings;
        } catch (HsmException e) {
            return List.of(Finding.problem("service", e.getMessage() + " [" + e.reason() + "]"));
        } catch (MalformedMessageException e) {
            return List.of(Finding.problem("service", "what answers at " + service + " is no coffer serve"));
        }
    }

    private void noCredential() {
        findings.add(Finding.note("credential", "not checked; name its crypto user by --as or --pin-file"));
    }

    private void credential(Credentials credentials) {
        MessageWriter fields = new MessageWriter(64).u64(SESSION).text(credentials.user());
        Reply opened = probe.ask(Operation.OPEN_SESSION.number(), fields.secretText(credentials.pin()));
        if (opened.status() != 0) {
            findings.add(Finding.problem("credential", credentials.user() + ": " + said(opened)));
            return;
        }
        findings.add(Finding.ok("credential", "opens a session for the crypto user " + credentials.user()));
        keys();
        probe.ask(Operation.CLOSE_SESSION.number(), new MessageWriter(8).u64(SESSION));
    }

    private void keys() {
        int before = findings.size();
        int last = 0;
        Reply next = probe.ask(Operation.NEXT_KEY.number(), key(last));
        while (next.status() == 0) {
            last = next.fields().u32();
            key(probe.ask(Operation.KEY_BY_ID.number(), key(last)));
            next = probe.ask(Operation.NEXT_KEY.number(), key(last));
        }
        if (next.status() != EkmStatus.NOT_FOUND.code()) {
            findings.add(Finding.problem("keys", said(next)));
        } else if (findings.size() == before) {
            findings.add(Finding.note(
                    "keys", "none: create one from SQL Server or by coffer ekm keys create, or have one shared"));
        }
    }

    private static MessageWriter key(int id) {
        return new MessageWriter(16).u64(SESSION).u32(id);
    }

    private void key(Reply shown) {
        if (shown.status() != 0) {
            findings.add(Finding.problem("key", said(shown)));
            return;
        }
        String name = shown.fields().text();
        byte[] thumbprint = shown.fields().bytes();
        findings.add(use("key " + name, thumbprint));
    }

    /** Encrypts something under the key and decrypts it again: one use of each kind, which the audit log tells. */
    private Finding use(String name, byte[] thumbprint) {
        byte[] probeText = new byte[32];
        new SecureRandom().nextBytes(probeText);
        Reply encrypted = probe.ask(Operation.ENCRYPT.number(), data(thumbprint, probeText));
        if (encrypted.status() != 0) {
            return Finding.problem(name, "does not encrypt: " + said(encrypted));
        }
        Reply decrypted = probe.ask(
                Operation.DECRYPT.number(), data(thumbprint, encrypted.fields().bytes()));
        if (decrypted.status() != 0) {
            return Finding.problem(name, "does not decrypt: " + said(decrypted));
        }
        return MessageDigest.isEqual(probeText, decrypted.fields().bytes())
                ? Finding.ok(name, new Thumbprint(Octets.of(thumbprint)) + " encrypts and decrypts")
                : Finding.problem(name, "decrypts to something else than was encrypted");
    }

    private static MessageWriter data(byte[] thumbprint, byte[] data) {
        return new MessageWriter(400)
                .u64(SESSION)
                .bytes(thumbprint)
                .bytes(NO_IV)
                .bytes(data);
    }

    private static String said(Reply refusal) {
        String status = EkmStatus.ofCode(refusal.status())
                .map(known -> refusal.status() + " " + known)
                .orElseGet(() -> "status 0x" + Integer.toHexString(refusal.status()));
        MessageReader why = refusal.fields();
        return why.atEnd() ? status : status + " (" + why.text() + ")";
    }
}
