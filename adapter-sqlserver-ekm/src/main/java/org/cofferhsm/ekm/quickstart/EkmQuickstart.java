package org.cofferhsm.ekm.quickstart;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import org.cofferhsm.ekm.EkmAlgorithm;
import org.cofferhsm.ekm.EkmKey;
import org.cofferhsm.ekm.EkmProvider;
import org.cofferhsm.ekm.Thumbprint;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.spi.QuickstartContext;
import org.cofferhsm.hsm.spi.QuickstartStep;
import org.cofferhsm.hsm.spi.StepFile;

/**
 * Does what SQL Server asks of a provider for TDE (an RSA key over a database encryption key) and for cells (an AES
 * key), and has a program that is not ours encrypt under the exported public key.
 */
public final class EkmQuickstart implements QuickstartStep {

    private static final int DEK_BYTES = 32;
    private static final String TDE_KEY = "quickstart-tde";
    private static final String CELL_KEY = "quickstart-cells";

    @Override
    public int order() {
        return 2;
    }

    @Override
    public String product() {
        return "SQL Server EKM";
    }

    @Override
    public String userName() {
        return "ekm";
    }

    @Override
    public Outcome run(QuickstartContext context) {
        OaepSender sender = new OaepSender();
        Path pem = context.directory().resolve("ekm-tde-public.pem");
        String done = context.withSession(session -> {
            EkmProvider provider = new EkmProvider(session);
            boolean isNew = provider.keys().isEmpty();
            encryptDatabaseKey(session, provider, sender, pem);
            encryptCell(provider);
            return "RSA_2048 and AES_256 keys " + (isNew ? "created" : "opened")
                    + ", database key and cell encrypted and decrypted";
        });
        String way = new StandInRun(context.environment()).run(TDE_KEY, CELL_KEY);
        return new Outcome(
                done + "; a stand-in for SQL Server ran TDE " + way, sender.name(), tryNext(context.directory()));
    }

    private String tryNext(Path directory) {
        Path home = directory.resolveSibling(".").normalize();
        Path pins = directory.resolveSibling("pins").resolve(userName() + ".pin");
        return "coffer key list --verbose --home " + new StepFile(home).quoted() + " --pin-file "
                + new StepFile(pins).quoted();
    }

    private static void encryptDatabaseKey(Session session, EkmProvider provider, OaepSender sender, Path pem) {
        Thumbprint key = openOrCreate(provider, TDE_KEY, EkmAlgorithm.RSA_2048);
        byte[] dek = session.random(DEK_BYTES);
        try {
            byte[] byProvider = provider.encrypt(key, Octets.EMPTY, dek);
            requireSame(dek, provider.decrypt(key, Octets.EMPTY, byProvider));
            byte[] byOther = sender.encrypt(provider.publicKey(key), pem, dek);
            requireSame(dek, provider.decrypt(key, Octets.EMPTY, byOther));
        } finally {
            Arrays.fill(dek, (byte) 0);
        }
    }

    private static void encryptCell(EkmProvider provider) {
        Thumbprint key = openOrCreate(provider, CELL_KEY, EkmAlgorithm.AES_256);
        byte[] cell = "4111 1111 1111 1111".getBytes(StandardCharsets.UTF_16LE);
        byte[] encrypted = provider.encrypt(key, Octets.EMPTY, cell);
        requireSame(cell, provider.decrypt(key, Octets.EMPTY, encrypted));
    }

    private static Thumbprint openOrCreate(EkmProvider provider, String name, EkmAlgorithm algorithm) {
        boolean exists = provider.keys().stream().map(EkmKey::name).anyMatch(name::equals);
        EkmKey key = exists ? provider.open(name) : provider.create(name, algorithm);
        return key.thumbprint();
    }

    private static void requireSame(byte[] expected, byte[] actual) {
        if (!MessageDigest.isEqual(expected, actual)) {
            throw HsmException.internal("the EKM provider decrypted to something else than was encrypted");
        }
    }
}
