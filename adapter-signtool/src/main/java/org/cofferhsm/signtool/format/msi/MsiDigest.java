package org.cofferhsm.signtool.format.msi;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.List;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;

/**
 * The digests of an installer database: all streams in the order of their names, each storage's class behind what is in
 * it; and the pre-hash, which covers names, sizes, states and times. The signature's own streams count nowhere.
 */
record MsiDigest(CompoundFile file, DigestAlgorithm algorithm) {

    /** Of the content alone. */
    Octets plain() throws IOException {
        MessageDigest digest = algorithm.start();
        add(file.root(), digest);
        return Octets.of(digest.digest());
    }

    /** Of the pre-hash and the content. */
    Octets extended() throws IOException {
        MessageDigest digest = algorithm.start();
        digest.update(preHash().toByteArray());
        add(file.root(), digest);
        return Octets.of(digest.digest());
    }

    private void add(Storage storage, MessageDigest digest) throws IOException {
        for (Storage.Child child : signed(storage)) {
            if (child.storage().isPresent()) {
                add(child.storage().get(), digest);
            } else {
                file.pass(child.entry(), digest::update);
            }
        }
        digest.update(storage.entry().classId().toByteArray());
    }

    /** What the stream {@code MsiDigitalSignatureEx} says. */
    Octets preHash() {
        MessageDigest digest = algorithm.start();
        digest.update(file.root().entry().classId().toByteArray());
        digest.update(file.root().entry().state());
        describe(file.root(), digest);
        return Octets.of(digest.digest());
    }

    private void describe(Storage storage, MessageDigest digest) {
        for (Storage.Child child : signed(storage)) {
            DirectoryEntry entry = child.entry();
            digest.update(entry.name());
            digest.update(entry.isStream() ? entry.sizeBytes() : entry.classId().toByteArray());
            digest.update(entry.state());
            digest.update(entry.times());
            child.storage().ifPresent(inner -> describe(inner, digest));
        }
    }

    private List<Storage.Child> signed(Storage storage) {
        return storage.entry().equals(file.root().entry())
                ? storage.children().stream()
                        .filter(child -> !SignatureStreams.isOne(child.entry()))
                        .toList()
                : storage.children();
    }
}
