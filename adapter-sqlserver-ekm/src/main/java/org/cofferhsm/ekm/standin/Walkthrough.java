package org.cofferhsm.ekm.standin;

import java.util.List;
import java.util.Map;
import org.cofferhsm.hsm.error.HsmException;

/** A database and a cell encrypted, and the server restarted: from T-SQL that opens two keys which are there. */
public final class Walkthrough {

    private static final String CELL = "4111 1111 1111 1111";

    private final String user;
    private final String secret;

    /** As this crypto user. */
    public Walkthrough(String user, String secret) {
        this.user = user;
        this.secret = secret;
    }

    /** Complains when anything comes out other than it went in. */
    public void run(SqlServer server, String rsaKey, String aesKey) {
        SqlConnection admin = server.connect("sa");
        statements(rsaKey, aesKey).forEach(admin::execute);
        String cell = admin.execute("SELECT ENCRYPTBYKEY(KEY_GUID('cells'), N'" + CELL + "')")
                .value();
        Map<String, SqlError> failed = server.restart();
        if (!failed.isEmpty()) {
            throw HsmException.internal("the stand-in's database did not start: " + failed);
        }
        try (SqlConnection later = server.connect("sa")) {
            if (!later.execute("SELECT DECRYPTBYKEY(" + cell + ")").value().equals(CELL)) {
                throw HsmException.internal("the stand-in's cell decrypted to something else than was encrypted");
            }
        }
    }

    private List<String> statements(String rsaKey, String aesKey) {
        return List.of(
                "CREATE CRYPTOGRAPHIC PROVIDER Coffer FROM FILE = 'coffer-ekm'",
                "CREATE CREDENTIAL ekm WITH IDENTITY = '" + user + "', SECRET = '" + secret
                        + "' FOR CRYPTOGRAPHIC PROVIDER Coffer",
                "ALTER LOGIN sa ADD CREDENTIAL ekm",
                "CREATE ASYMMETRIC KEY tde FROM PROVIDER Coffer WITH PROVIDER_KEY_NAME = '" + rsaKey
                        + "', CREATION_DISPOSITION = OPEN_EXISTING",
                "CREATE LOGIN tde_login FROM ASYMMETRIC KEY tde",
                "ALTER LOGIN tde_login ADD CREDENTIAL ekm",
                "CREATE SYMMETRIC KEY cells FROM PROVIDER Coffer WITH PROVIDER_KEY_NAME = '" + aesKey
                        + "', CREATION_DISPOSITION = OPEN_EXISTING",
                "CREATE DATABASE shop",
                "USE shop",
                "CREATE DATABASE ENCRYPTION KEY WITH ALGORITHM = AES_256 ENCRYPTION BY SERVER ASYMMETRIC KEY tde",
                "ALTER DATABASE shop SET ENCRYPTION ON");
    }
}
