package org.cofferhsm.ekm.standin;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import org.cofferhsm.ekm.Thumbprint;
import org.cofferhsm.hsm.key.Octets;

/** ENCRYPTBYKEY and DECRYPTBYKEY: one call for each value. */
final class CellStatements {

    private static final byte[] NO_IV = {};
    private static final HexFormat HEX = HexFormat.of();

    private CellStatements() {}

    static List<Statement> all() {
        return List.of(
                Statement.of(
                        "SELECT ENCRYPTBYKEY\\(KEY_GUID\\('<key>'\\)\\s*,\\s*N'(?<text>[^']*)'\\)",
                        CellStatements::encrypt),
                Statement.of("SELECT DECRYPTBYKEY\\(0x(?<cell>[0-9a-fA-F]*)\\)", CellStatements::decrypt));
    }

    /** A cell begins with what tells the key: here its thumbprint, where SQL Server has a GUID. */
    private static Rows encrypt(SqlConnection connection, Matcher found) {
        KeyRow key = Optional.ofNullable(connection.server().symmetricKeys().get(found.group("key")))
                .orElseThrow(() -> new SqlError(15151, "there is no symmetric key " + found.group("key")));
        byte[] text = found.group("text").getBytes(StandardCharsets.UTF_16LE);
        Thumbprint thumbprint = key.key().thumbprint();
        byte[] sealed = connection.call(
                key.provider(),
                33049,
                "cannot encrypt under " + key.name(),
                session -> session.callbacks().encrypt(session.number(), thumbprint, NO_IV, text));
        byte[] cell = ByteBuffer.allocate(Thumbprint.LENGTH + sealed.length)
                .put(thumbprint.bytes().toByteArray())
                .put(sealed)
                .array();
        return Rows.value("cell", "0x" + HEX.formatHex(cell));
    }

    private static Rows decrypt(SqlConnection connection, Matcher found) {
        ByteBuffer cell = ByteBuffer.wrap(HEX.parseHex(found.group("cell")));
        byte[] thumbprint = new byte[Thumbprint.LENGTH];
        byte[] sealed = new byte[Math.max(0, cell.remaining() - Thumbprint.LENGTH)];
        cell.get(thumbprint).get(sealed);
        KeyRow key = connection.server().symmetricKeys().values().stream()
                .filter(each -> each.key().thumbprint().bytes().equals(Octets.of(thumbprint)))
                .findFirst()
                .orElseThrow(() -> new SqlError(33049, "the cell's key is not in the catalogue"));
        byte[] text = connection.call(
                key.provider(),
                33049,
                "cannot decrypt under " + key.name(),
                session ->
                        session.callbacks().decrypt(session.number(), key.key().thumbprint(), NO_IV, sealed));
        return Rows.value("text", new String(text, StandardCharsets.UTF_16LE));
    }
}
