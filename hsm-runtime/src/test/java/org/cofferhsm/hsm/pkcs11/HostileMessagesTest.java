package org.cofferhsm.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.pkcs11.TemplateBuilder.template;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.pkcs11.wire.Operation;
import org.cofferhsm.hsm.spi.Client;
import org.cofferhsm.hsm.spi.ClientCalls;
import org.cofferhsm.hsm.spi.MessageWriter;
import org.junit.jupiter.api.Test;

/** Sound requests of every operation, cut, prolonged and with bytes and lengths altered. */
class HostileMessagesTest extends ProgramTests {

    private static final long SESSION = 7;
    private static final int ROUNDS = 150;
    private static final byte[] NONE = {};

    private record Sound(Operation operation, byte[] body) {}

    private final List<Sound> requests = new ArrayList<>();

    @Test
    void answersEveryDistortionByAValueOfCryptoki() {
        try (ClientCalls calls = new Pkcs11Service()
                .connect(module.hsm(), new Client("user", Octets.of(Program.NUMBER), 1, "hostile"), line -> {})) {
            collect(program.loggedIn(ALICE));
            open(calls);
            Random random = new Random(20_260_101);
            int done = 0;
            for (int round = 0; round < ROUNDS; round++) {
                for (Sound request : requests) {
                    byte[] distorted = distorted(request.body(), random);
                    done += Hostile.send(calls, request.operation().number(), distorted) ? 1 : 0;
                }
                open(calls);
            }
            assertThat(done).as("requests that were sound enough to be done").isGreaterThan(3 * ROUNDS);
        }
        assertThat(requests.stream().map(Sound::operation).distinct()).hasSize(Operation.values().length);
    }

    /** As a program would begin; a distorted request may have closed or logged out what was there. */
    private void open(ClientCalls calls) {
        for (Operation operation : List.of(Operation.CLOSE_ALL_SESSIONS, Operation.OPEN_SESSION, Operation.LOGIN)) {
            requests.stream()
                    .filter(request -> request.operation() == operation)
                    .findFirst()
                    .ifPresent(request -> Hostile.send(calls, operation.number(), request.body()));
        }
    }

    private static byte[] distorted(byte[] body, Random random) {
        byte[] bytes = body.clone();
        switch (random.nextInt(5)) {
            case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            case 1 -> bytes = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(40));
            default -> {
                for (int i = 0; i <= random.nextInt(4) && bytes.length > 0; i++) {
                    bytes[random.nextInt(bytes.length)] = interesting(random);
                }
            }
        }
        return bytes;
    }

    private static byte interesting(Random random) {
        byte[] edges = {0, 1, 2, 4, 0x7f, (byte) 0x80, (byte) 0xff, (byte) random.nextInt()};
        return edges[random.nextInt(edges.length)];
    }

    private void add(Operation operation, Consumer<MessageWriter> fields) {
        MessageWriter out = new MessageWriter(64);
        fields.accept(out);
        byte[] body = new byte[out.size()];
        out.written().get(body);
        requests.add(new Sound(operation, body));
    }

    private void collect(long session) {
        long key = aes(session, template().token("aes"));
        long wrapping =
                aes(session, template().token("wrap").with(Attribute.WRAP, true).with(Attribute.UNWRAP, true));
        long[] pair = program.generatePair(
                session,
                MechanismType.RSA_PKCS_KEY_PAIR_GEN.code(),
                template().token("rsa").with(Attribute.MODULUS_BITS, 2048),
                template().token("rsa"));
        collectSessions();
        collectObjects(key);
        collectKeys(key, wrapping);
        collectUses(key, pair);
        collectParts(key);
    }

    private void collectSessions() {
        byte[] pin = ALICE.getBytes(StandardCharsets.UTF_8);
        add(Operation.OPEN_SESSION, out -> out.u64(SESSION).u32(6));
        add(Operation.CLOSE_SESSION, out -> out.u64(8));
        add(Operation.CLOSE_ALL_SESSIONS, out -> {});
        add(Operation.LOGIN, out -> out.u64(SESSION).u32(1).bytes(pin));
        add(Operation.LOGOUT, out -> out.u64(8));
        add(
                Operation.RESUME,
                out -> out.bytes(new byte[80]).raw(Program.NUMBER).u32(1).u64(9).u32(6));
        add(Operation.TOKEN_INFO, out -> {});
        add(Operation.SET_PIN, out -> out.u64(SESSION).bytes(NONE).bytes(pin));
        add(Operation.INIT_PIN, out -> out.u64(SESSION).bytes(pin));
        add(Operation.REFRESH, out -> {});
        add(Operation.RANDOM, out -> out.u64(SESSION).u32(16));
    }

    private void collectObjects(long key) {
        add(
                Operation.CREATE_OBJECT,
                out -> template().of(ObjectClass.DATA).with(0x11, DATA).write(out.u64(SESSION)));
        add(
                Operation.CREATE_OBJECT,
                out -> template()
                        .of(ObjectClass.PUBLIC_KEY)
                        .of(KeyType.EC)
                        .with(Attribute.CURVE, new byte[] {6, 3, 0x2b, 0x65, 0x70})
                        .with(Attribute.EC_POINT, new byte[34])
                        .write(out.u64(SESSION)));
        add(
                Operation.COPY_OBJECT,
                out -> template()
                        .with(Attribute.TOKEN, false)
                        .write(out.u64(SESSION).u64(key)));
        add(Operation.DESTROY_OBJECT, out -> out.u64(SESSION).u64(1L << 62 | 5));
        add(Operation.OBJECT_SIZE, out -> out.u64(SESSION).u64(key));
        add(
                Operation.GET_ATTRIBUTES,
                out -> out.u64(SESSION).u64(key).u32(3).u32(0x11).u32(0x162).u32(0x120));
        add(
                Operation.SET_ATTRIBUTES,
                out -> template()
                        .with(Attribute.LABEL, "x")
                        .with(Attribute.END_DATE, "20990101")
                        .write(out.u64(SESSION).u64(key)));
        add(
                Operation.FIND_OBJECTS,
                out -> template()
                        .of(ObjectClass.SECRET_KEY)
                        .with(Attribute.LABEL, "aes")
                        .with(Attribute.ALLOWED_MECHANISMS, NONE)
                        .write(out.u64(SESSION)));
        add(Operation.KEY_FACTS, out -> out.u64(SESSION).u64(key));
    }

    private void collectKeys(long key, long wrapping) {
        add(
                Operation.GENERATE_KEY,
                out -> template()
                        .with(Attribute.VALUE_LENGTH, 16)
                        .write(out.u64(SESSION)
                                .u64(MechanismType.AES_KEY_GEN.code())
                                .u8(0)));
        add(
                Operation.GENERATE_KEY_PAIR,
                out -> template()
                        .write(template()
                                .with(Attribute.CURVE, new byte[] {6, 3, 0x2b, 0x65, 0x70})
                                .write(out.u64(SESSION)
                                        .u64(MechanismType.EC_EDWARDS_KEY_PAIR_GEN.code())
                                        .u8(0))));
        add(
                Operation.WRAP_KEY,
                out -> plain(out, SESSION, MechanismType.AES_KEY_WRAP_KWP, wrapping)
                        .u64(key));
        add(
                Operation.UNWRAP_KEY,
                out -> template()
                        .of(ObjectClass.SECRET_KEY)
                        .of(KeyType.AES)
                        .write(plain(out, SESSION, MechanismType.AES_KEY_WRAP_KWP, wrapping)
                                .bytes(new byte[24])));
        add(
                Operation.DERIVE_KEY,
                out -> template()
                        .with(Attribute.VALUE_LENGTH, 16)
                        .write(out.u64(SESSION)
                                .u64(MechanismType.SP800_108_COUNTER_KDF.code())
                                .u8(8)
                                .u64(MechanismType.AES_CMAC.code())
                                .u32(1)
                                .u64(1)
                                .bytes(new byte[16])
                                .u64(key)));
    }

    private void collectUses(long key, long[] pair) {
        for (MechanismType type :
                List.of(MechanismType.AES_ECB, MechanismType.SHA256_RSA_PKCS, MechanismType.AES_CMAC)) {
            add(Operation.ENCRYPT, out -> plain(out, SESSION, type, key).bytes(new byte[16]));
            add(Operation.DECRYPT, out -> plain(out, SESSION, type, key).bytes(new byte[16]));
            add(Operation.SIGN, out -> plain(out, SESSION, type, key).bytes(DATA));
            add(
                    Operation.VERIFY,
                    out -> plain(out, SESSION, type, key).bytes(DATA).bytes(new byte[16]));
        }
        add(
                Operation.ENCRYPT,
                out -> out.u64(SESSION)
                        .u64(MechanismType.AES_GCM.code())
                        .u8(2)
                        .bytes(new byte[12])
                        .bytes(DATA)
                        .u32(128)
                        .u64(key)
                        .bytes(DATA));
        add(
                Operation.DECRYPT,
                out -> out.u64(SESSION)
                        .u64(MechanismType.RSA_PKCS_OAEP.code())
                        .u8(3)
                        .u64(0x250)
                        .u64(2)
                        .bytes(NONE)
                        .u64(pair[1])
                        .bytes(new byte[256]));
        add(
                Operation.SIGN,
                out -> out.u64(SESSION)
                        .u64(MechanismType.RSA_PKCS_PSS.code())
                        .u8(4)
                        .u64(0x250)
                        .u64(2)
                        .u32(32)
                        .u64(pair[1])
                        .bytes(new byte[32]));
        add(
                Operation.DIGEST,
                out -> out.u64(SESSION).u64(MechanismType.SHA256.code()).u8(0).bytes(DATA));
        add(
                Operation.SIGN_RECOVER,
                out -> plain(out, SESSION, MechanismType.RSA_PKCS, pair[1]).bytes(DATA));
        add(
                Operation.VERIFY_RECOVER,
                out -> plain(out, SESSION, MechanismType.RSA_X_509, pair[0]).bytes(new byte[256]));
        add(
                Operation.ENCRYPT_MESSAGE,
                out -> out.u64(SESSION)
                        .u64(key)
                        .bytes(new byte[12])
                        .u32(0)
                        .u32(1)
                        .u32(128)
                        .bytes(NONE)
                        .bytes(DATA));
        add(
                Operation.DECRYPT_MESSAGE,
                out -> out.u64(SESSION)
                        .u64(key)
                        .bytes(new byte[12])
                        .bytes(NONE)
                        .bytes(DATA)
                        .bytes(new byte[16]));
    }

    private void collectParts(long key) {
        for (int kind = 1; kind <= 5; kind++) {
            int number = kind;
            MechanismType type = List.of(
                            MechanismType.AES_ECB,
                            MechanismType.AES_ECB,
                            MechanismType.AES_CMAC,
                            MechanismType.AES_CMAC,
                            MechanismType.SHA256)
                    .get(kind - 1);
            add(
                    Operation.START,
                    out -> out.u64(SESSION)
                            .u8(number)
                            .u64(type.code())
                            .u8(0)
                            .u64(number == 5 ? 0 : key)
                            .bytes(DATA));
            add(Operation.UPDATE, out -> out.u64(SESSION).u8(number).bytes(DATA));
            add(Operation.FINISH, out -> out.u64(SESSION).u8(number).bytes(new byte[16]));
        }
        add(Operation.DIGEST_KEY, out -> out.u64(SESSION).u64(key));
        add(Operation.CANCEL, out -> out.u64(SESSION).u8(0));
    }
}
