package org.cofferhsm.tde;

import java.util.function.Function;
import org.cofferhsm.hsm.key.SecretBytes;

/**
 * The key that encrypts one tablespace, in the clear as a database holds it in its memory. Lent by {@link #use}, wiped
 * by {@link #close}.
 */
public final class TablespaceKey implements AutoCloseable {

    private final TablespaceAlgorithm algorithm;
    private final SecretBytes secret;

    private TablespaceKey(TablespaceAlgorithm algorithm, SecretBytes secret) {
        this.algorithm = algorithm;
        this.secret = secret;
    }

    /** Takes over the bytes of a key. */
    static TablespaceKey owning(byte[] bytes) {
        return new TablespaceKey(TablespaceAlgorithm.ofKeyBytes(bytes.length), SecretBytes.owning(bytes));
    }

    public TablespaceAlgorithm algorithm() {
        return algorithm;
    }

    /** Lends the bytes of the key for the time of one call; copies are the borrower's to wipe. */
    public <T> T use(Function<byte[], T> borrower) {
        return secret.use(borrower);
    }

    /** Whether both are the same key, compared in constant time. */
    public boolean sameAs(TablespaceKey other) {
        return secret.sameAs(other.secret);
    }

    @Override
    public void close() {
        secret.close();
    }

    @Override
    public String toString() {
        return "TablespaceKey[" + algorithm + "]";
    }
}
