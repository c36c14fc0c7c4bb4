package org.cofferhsm.tde.wallet;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Optional;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.Octets;

/**
 * One entry of a wallet in escrow: a private data object, in which the value is encrypted under an escrow key and all the
 * rest is authenticated with it.
 *
 * @param key the identifier (CKA_ID) of the escrow key
 */
record EscrowRecord(Header header, Octets key, Octets sealed) {

    static final String LABEL = "COFFER.TDE.ESCROW.";
    private static final String VERSION = "coffer-tde-escrow 1";
    private static final String APPLICATION = "org.cofferhsm.tde.wallet";

    /**
     * What may be seen of an entry without opening it.
     *
     * @param wallet which of the user's wallets it is from
     * @param name the entry's name in the wallet
     * @param number counts the records of a wallet from 1; of two with one name, the higher is the later
     * @param made the date that is stored with a master key
     */
    record Header(String wallet, String name, long number, Instant time, Optional<LocalDateTime> made) {

        Optional<WalletKeyId> keyId() {
            return EntryNames.key(name);
        }

        /** The label of the object: with the identifier alone for a master key. */
        String label() {
            return LABEL + keyId().map(WalletKeyId::text).orElse(name);
        }
    }

    /** What all these objects have. */
    static Attributes all() {
        return Attributes.of(Attribute.CLASS, ObjectClass.DATA).with(Attribute.APPLICATION, APPLICATION);
    }

    Attributes attributes() {
        return all().with(Attribute.LABEL, header.label())
                .with(Attribute.TOKEN, true)
                .with(Attribute.PRIVATE, true);
    }

    /** What is authenticated with the value. */
    static Octets authenticated(Header header, Octets key) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            write(out, header, key);
        } catch (IOException e) { // not in memory
            throw new UncheckedIOException(e);
        }
        return Octets.of(bytes.toByteArray());
    }

    private static void write(DataOutputStream out, Header header, Octets key) throws IOException {
        out.writeUTF(VERSION);
        out.writeUTF(header.wallet());
        out.writeUTF(header.name());
        out.writeLong(header.number());
        out.writeUTF(header.time().toString());
        out.writeUTF(header.made().map(LocalDateTime::toString).orElse(""));
        out.writeUTF(key.toHex());
    }

    byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(authenticated(header, key).toByteArray());
        bytes.writeBytes(sealed.toByteArray());
        return bytes.toByteArray();
    }

    static EscrowRecord decode(byte[] encoded) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(encoded))) {
            String version = in.readUTF();
            if (!version.equals(VERSION)) {
                throw HsmException.storeVersionUnsupported("a record of the wallet escrow is of the version \""
                        + version + "\"; a newer version of Coffer may have written it");
            }
            Header header = new Header(
                    in.readUTF(), in.readUTF(), in.readLong(), Instant.parse(in.readUTF()), date(in.readUTF()));
            return new EscrowRecord(header, Octets.ofHex(in.readUTF()), Octets.of(in.readAllBytes()));
        } catch (IOException | DateTimeException | IllegalArgumentException e) {
            throw HsmException.dataInvalid("a record of the wallet escrow is malformed")
                    .causedBy(e);
        }
    }

    private static Optional<LocalDateTime> date(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(LocalDateTime.parse(text));
    }
}
