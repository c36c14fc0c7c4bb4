package org.cofferhsm.samples;

import java.io.PrintStream;
import java.util.Arrays;
import org.cofferhsm.ekm.EkmAlgorithm;
import org.cofferhsm.ekm.EkmKey;
import org.cofferhsm.ekm.EkmProvider;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.session.Session;

/** What SQL Server asks of an EKM provider: create or open a key, encrypt the database encryption key, decrypt it. */
public final class EncryptDatabaseKey {

    private EncryptDatabaseKey() {}

    public static void main(String[] arguments) {
        DemoModule.run(arguments, "ekm", session -> run(session, DemoModule.out()));
    }

    static void run(Session session, PrintStream out) {
        EkmProvider provider = new EkmProvider(session);
        EkmKey key = openOrCreate(provider);
        out.println(key.algorithm() + " key \"" + key.name() + "\", thumbprint " + key.thumbprint());

        byte[] databaseKey = session.random(32);
        byte[] encrypted = provider.encrypt(key.thumbprint(), Octets.EMPTY, databaseKey);
        byte[] decrypted = provider.decrypt(key.thumbprint(), Octets.EMPTY, encrypted);
        out.println("database key encrypted to " + encrypted.length + " bytes and back: "
                + Arrays.equals(databaseKey, decrypted));
        Arrays.fill(databaseKey, (byte) 0);
        Arrays.fill(decrypted, (byte) 0);
    }

    /** CREATE ASYMMETRIC KEY … WITH ALGORITHM = RSA_2048, CREATION_DISPOSITION = CREATE_NEW or OPEN_EXISTING. */
    private static EkmKey openOrCreate(EkmProvider provider) {
        return provider.keys().stream()
                .filter(key -> key.name().equals("sales-tde"))
                .findFirst()
                .orElseGet(() -> provider.create("sales-tde", EkmAlgorithm.RSA_2048));
    }
}
