package org.cofferhsm.ekm.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.ekm.channel.SqlServer.NO_IV;
import static org.cofferhsm.ekm.channel.SqlServer.creation;
import static org.cofferhsm.ekm.channel.SqlServer.credential;
import static org.cofferhsm.ekm.channel.SqlServer.data;
import static org.cofferhsm.ekm.channel.SqlServer.key;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.cofferhsm.ekm.EkmAlgorithm;
import org.cofferhsm.ekm.EkmStatus;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;
import org.cofferhsm.hsm.testing.SharedModule;
import org.cofferhsm.hsm.testing.TestModule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EkmServiceTest {

    private static final byte[] DEK = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FOREIGN = new byte[20];

    @RegisterExtension
    static final SharedModule MODULE = new SharedModule();

    private SqlServer server;
    private String user;
    private long session;

    @BeforeEach
    void start() {
        server = SqlServer.of(MODULE.hsm());
        user = MODULE.addUser();
        session = server.open(user);
    }

    @AfterEach
    void end() {
        server.close();
    }

    private List<Integer> keyIds(long reading) {
        List<Integer> ids = new ArrayList<>();
        MessageWriter reply = new MessageWriter(16);
        for (int[] last = {0}; ; ids.add(last[0])) {
            reply.clear();
            int status = server.answer(
                    Operation.NEXT_KEY.number(), out -> out.u64(reading).u32(last[0]), reply);
            if (status != 0) {
                assertThat(status).isEqualTo(EkmStatus.NOT_FOUND.code());
                return ids;
            }
            last[0] = new MessageReader(reply.written()).u32();
        }
    }

    private String nameOf(long reading, int keyId) {
        return server.call(Operation.KEY_BY_ID, out -> out.u64(reading).u32(keyId))
                .text();
    }

    @ParameterizedTest
    @EnumSource(names = {"RSA_2048", "AES_128", "AES_192", "AES_256"})
    void encryptsUnderNewKeys(EkmAlgorithm algorithm) {
        byte[] key = server.create(session, "key", algorithm);

        assertThat(key).hasSize(20);
        assertThat(server.decrypt(session, key, server.encrypt(session, key, DEK)))
                .isEqualTo(DEK);
    }

    @Test
    void showsAKeyByNameThumbprintAndId() {
        byte[] made = server.create(session, "tde-key", EkmAlgorithm.RSA_2048);
        int id = keyIds(session).get(0);

        for (MessageReader shown : List.of(
                server.call(Operation.KEY_BY_NAME, out -> out.u64(session).text("tde-key")),
                server.call(Operation.KEY_BY_THUMBPRINT, key(session, made)),
                server.call(Operation.KEY_BY_ID, out -> out.u64(session).u32(id)))) {
            assertThat(shown.text()).isEqualTo("tde-key");
            assertThat(shown.bytes()).isEqualTo(made);
            assertThat(shown.u32()).isEqualTo(EkmAlgorithm.RSA_2048.id());
            assertThat(shown.u32()).isEqualTo(5);
            shown.end();
        }
    }

    @Test
    void exportsThePublicHalfAsWindowsKeepsIt() {
        byte[] made = server.create(session, "tde-key", EkmAlgorithm.RSA_2048);

        byte[] blob = server.call(Operation.EXPORT_KEY, key(session, made)).bytes();

        assertThat(blob).hasSize(24 + 3 + 256);
        assertThat(blob)
                .startsWith('R', 'S', 'A', '1', 0, 8, 0, 0, 3, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1);
    }

    @Test
    void exportsNothingOfASymmetricKey() {
        byte[] made = server.create(session, "cells", EkmAlgorithm.AES_256);

        server.refused(EkmStatus.NOT_SUPPORTED, Operation.EXPORT_KEY, key(session, made));
    }

    @Test
    void listsTheKeysOfTheCredentialInOneOrderInAllSessions() {
        server.create(session, "one", EkmAlgorithm.AES_128);
        server.create(session, "two", EkmAlgorithm.RSA_2048);
        byte[] dropped = server.create(session, "dropped", EkmAlgorithm.AES_256);
        server.call(Operation.DROP_KEY, key(session, dropped));
        server.create(server.open(MODULE.addUser()), "somebody else's", EkmAlgorithm.AES_128);

        List<Integer> ids = keyIds(session);

        assertThat(ids).extracting(id -> nameOf(session, id)).containsExactly("one", "two");
        assertThat(keyIds(server.open(user))).isEqualTo(ids);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 999_999, -1, Integer.MIN_VALUE})
    void findsNoKeyUnderIdsThatAreNotOne(int id) {
        server.refused(
                EkmStatus.NOT_FOUND,
                Operation.KEY_BY_ID,
                out -> out.u64(session).u32(id));
        assertThat(server.log()).isEmpty();
    }

    @Test
    void refusesAWrongCredentialAndLocksTheUserInTheEnd() {
        String other = MODULE.addUser();
        EkmStatus last = EkmStatus.SUCCESS;
        for (int i = 0; i < 20 && last != EkmStatus.USER_LOCKED; i++) {
            MessageWriter reply = new MessageWriter(64);
            int status =
                    server.answer(Operation.OPEN_SESSION.number(), credential(100 + i, other, "a wrong secret"), reply);
            last = EkmStatus.ofCode(status).orElseThrow();
            assertThat(last).isIn(EkmStatus.AUTH_FAILURE, EkmStatus.USER_LOCKED);
        }

        assertThat(last).isEqualTo(EkmStatus.USER_LOCKED);
        server.refused(EkmStatus.USER_LOCKED, Operation.OPEN_SESSION, credential(99, other, TestModule.PIN));
        server.refused(EkmStatus.AUTH_FAILURE, Operation.OPEN_SESSION, credential(99, "nobody", TestModule.PIN));
        assertThat(server.log()).isNotEmpty().noneMatch(line -> line.contains("a wrong secret"));
    }

    @Test
    void refusesTheCredentialOfAnAdmin() {
        String why = server.refused(
                EkmStatus.NOT_PERMITTED, Operation.OPEN_SESSION, credential(99, "admin", TestModule.PIN));

        assertThat(why).contains("crypto user");
    }

    @Test
    void refusesSessionNumbersThatAreTakenOrZero() {
        server.refused(EkmStatus.INVALID_ARGUMENT, Operation.OPEN_SESSION, credential(session, user, TestModule.PIN));
        server.refused(EkmStatus.INVALID_ARGUMENT, Operation.OPEN_SESSION, credential(0, user, TestModule.PIN));
    }

    @Test
    void refusesClosedSessions() {
        byte[] made = server.create(session, "cells", EkmAlgorithm.AES_256);
        server.close(session);

        server.refused(EkmStatus.SESSION_EXPIRED, Operation.ENCRYPT, data(session, made, NO_IV, DEK));
        server.refused(EkmStatus.SESSION_EXPIRED, Operation.CLOSE_SESSION, out -> out.u64(session));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 16, 20, -1})
    void refusesAlgorithmsThatItDoesNotHave(int algorithm) {
        server.refused(EkmStatus.NOT_SUPPORTED, Operation.CREATE_KEY, creation(session, "key", algorithm));
    }

    @Test
    void refusesVolatileKeysAndUnknownFlags() {
        server.refused(
                EkmStatus.NOT_SUPPORTED,
                Operation.CREATE_KEY,
                out -> out.u64(session).text("key").u32(17).u32(3));
        server.refused(
                EkmStatus.INVALID_ARGUMENT,
                Operation.CREATE_KEY,
                out -> out.u64(session).text("key").u32(17).u32(16));
        assertThat(keyIds(session)).isEmpty();
    }

    @Test
    void takesNamesOf512BytesAndNoLongerOnes() {
        String longest = "é".repeat(254) + "\ud83d\udd11";

        byte[] made = server.create(session, longest, EkmAlgorithm.AES_128);

        assertThat(longest.getBytes(StandardCharsets.UTF_16LE)).hasSize(512);
        assertThat(server.call(Operation.KEY_BY_THUMBPRINT, key(session, made)).text())
                .isEqualTo(longest);
        server.refused(EkmStatus.INVALID_ARGUMENT, Operation.CREATE_KEY, creation(session, longest + "x", 17));
        server.refused(EkmStatus.INVALID_ARGUMENT, Operation.CREATE_KEY, creation(session, "", 17));
    }

    @Test
    void refusesANameThatIsTaken() {
        server.create(session, "key", EkmAlgorithm.AES_128);

        server.refused(EkmStatus.KEY_EXISTS, Operation.CREATE_KEY, creation(session, "key", 19));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 19, 21, 32, 33})
    void findsNothingUnderThumbprintsOfOtherLengths(int length) {
        server.refused(EkmStatus.NOT_FOUND, Operation.ENCRYPT, data(session, new byte[length], NO_IV, DEK));
        server.refused(EkmStatus.NOT_FOUND, Operation.KEY_BY_THUMBPRINT, key(session, new byte[length]));
    }

    @Test
    void findsNothingUnderForeignThumbprints() {
        byte[] theirs = server.create(server.open(MODULE.addUser()), "theirs", EkmAlgorithm.AES_128);

        for (byte[] thumbprint : List.of(FOREIGN, theirs)) {
            server.refused(EkmStatus.NOT_FOUND, Operation.DECRYPT, data(session, thumbprint, NO_IV, DEK));
            server.refused(EkmStatus.NOT_FOUND, Operation.DROP_KEY, key(session, thumbprint));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"RSA_2048", "AES_256"})
    void refusesACiphertextAlteredByOneBit(EkmAlgorithm algorithm) {
        byte[] made = server.create(session, "key", algorithm);
        byte[] ciphertext = server.encrypt(session, made, DEK);

        for (int bit = 0; bit < ciphertext.length * Byte.SIZE; bit += 41) {
            byte[] altered = ciphertext.clone();
            altered[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            server.refused(EkmStatus.DATA_INVALID, Operation.DECRYPT, data(session, made, NO_IV, altered));
        }
    }

    @Test
    void refusesIvsOfOtherLengths() {
        byte[] made = server.create(session, "cells", EkmAlgorithm.AES_256);

        server.refused(EkmStatus.INVALID_ARGUMENT, Operation.ENCRYPT, data(session, made, new byte[15], DEK));
    }

    @Test
    void goesOnDecryptingUnderADroppedKeyAndEncryptsNoMore() {
        byte[] made = server.create(session, "old", EkmAlgorithm.RSA_2048);
        byte[] backup = server.encrypt(session, made, DEK);

        server.call(Operation.DROP_KEY, key(session, made));

        assertThat(server.decrypt(session, made, backup)).isEqualTo(DEK);
        server.refused(EkmStatus.KEY_DROPPED, Operation.ENCRYPT, data(session, made, NO_IV, DEK));
        server.refused(
                EkmStatus.NOT_FOUND,
                Operation.KEY_BY_NAME,
                out -> out.u64(session).text("old"));
        assertThat(server.call(Operation.KEY_BY_THUMBPRINT, key(session, made)).text())
                .isEqualTo("old");
    }

    @Test
    void letsAUserOfSharedKeysUseThemAndNothingElse() {
        byte[] made = server.create(session, "shared", EkmAlgorithm.RSA_2048);
        String using = MODULE.addUser();
        share("shared", using);
        long tde = server.open(using);

        byte[] wrapped = server.encrypt(tde, made, DEK);

        assertThat(server.decrypt(session, made, wrapped)).isEqualTo(DEK);
        server.refused(EkmStatus.NOT_PERMITTED, Operation.DROP_KEY, key(tde, made));
        assertThat(server.refused(EkmStatus.NOT_PERMITTED, Operation.CREATE_KEY, creation(tde, "own", 17)))
                .contains("coffer ekm keys create");
        assertThat(server.decrypt(tde, made, wrapped)).isEqualTo(DEK);
    }

    private void share(String name, String with) {
        try (Session owner = MODULE.login(user)) {
            owner.share(owner.find(name).of(ObjectClass.PRIVATE_KEY).one(), with);
        }
    }

    @Test
    void tellsTheOperatorOnOneLineWhoWasRefusedWhat() {
        server.refused(EkmStatus.NOT_FOUND, Operation.DROP_KEY, key(session, FOREIGN));
        server.create(session, "line\nbreak", EkmAlgorithm.AES_128);
        server.refused(EkmStatus.KEY_EXISTS, Operation.CREATE_KEY, creation(session, "line\nbreak", 17));

        assertThat(server.log()).hasSize(2);
        assertThat(server.log().get(0)).startsWith("sqlservr[1433] of mssql DROP_KEY: 4 NOT_FOUND (");
        assertThat(server.log().get(1)).contains("2121 KEY_EXISTS").doesNotContain("\n");
    }

    @Test
    void answersSeveralConnectionsAtOnceInOneSession() {
        byte[] made = server.create(session, "cells", EkmAlgorithm.AES_256);

        long wrong = IntStream.range(0, 400)
                .parallel()
                .mapToObj(i -> server.decrypt(session, made, server.encrypt(session, made, new byte[] {(byte) i})))
                .filter(plaintext -> plaintext.length != 1)
                .count();

        assertThat(wrong).isZero();
    }

    @Test
    void looksASharedKeyUpAgainWhenItIsNotSharedAnyMore() {
        byte[] made = server.create(session, "shared", EkmAlgorithm.RSA_2048);
        String using = MODULE.addUser();
        share("shared", using);
        long tde = server.open(using);
        byte[] wrapped = server.encrypt(tde, made, DEK);
        assertThat(server.decrypt(tde, made, wrapped)).isEqualTo(DEK);

        try (Session owner = MODULE.login(user)) {
            owner.unshare(owner.find("shared").of(ObjectClass.PRIVATE_KEY).one(), using);
        }
        server.refused(EkmStatus.NOT_FOUND, Operation.DECRYPT, data(tde, made, NO_IV, wrapped));

        share("shared", using);
        assertThat(server.decrypt(tde, made, wrapped)).isEqualTo(DEK);
    }

    @Test
    void doesNotKnowOtherOperations() {
        MessageWriter reply = new MessageWriter(8);
        assertThat(server.answer(99, out -> {}, reply)).isEqualTo(0xffff0007);
        assertThat(server.answer(-1, out -> {}, reply)).isEqualTo(0xffff0007);
    }
}
