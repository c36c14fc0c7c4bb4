package org.cofferhsm.hsm.pkcs11.peer;

import com.sun.jna.Memory;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.NativeLongByReference;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.cofferhsm.hsm.cryptoki.CryptokiCall;

/** Calls by chance on the objects that there are. */
final class Sequences {

    private static final int[] AES = {16, 16, 24, 32, 32, 32, 0, 7, 33};
    private static final int[] SECRET = {16, 20, 32, 64, 0};
    private static final int MOST_FOUND = 1000;
    /** Attributes whose values both have to tell alike. */
    private static final int[] READ = {
        0x0, 0x1, 0x2, 0x3, 0x11, 0x100, 0x102, 0x103, 0x104, 0x105, 0x106, 0x107, 0x108, 0x10a, 0x10c, 0x161, 0x162,
        0x163, 0x164, 0x165, 0x166, 0x170, 0x171, 0x180, 0x210, 0x110, 0x121
    };

    private final Random random;
    private final Templates templates;

    Sequences(Random random) {
        this.random = random;
        this.templates = new Templates(random);
    }

    Step next(int objects) {
        int dice = random.nextInt(100);
        int object = objects == 0 || templates.chance(3) ? objects + 7 : random.nextInt(objects);
        if (objects < 3 || dice < 18) {
            return make();
        }
        if (dice < 36) {
            return read(object);
        }
        if (dice < 44) {
            return change(object);
        }
        if (dice < 50) {
            return copy(object);
        }
        if (dice < 57) {
            return find();
        }
        if (dice < 60) {
            return destroy(object);
        }
        return dice < 92 ? use(object) : wrap(object, random.nextInt(objects));
    }

    private Step make() {
        return switch (random.nextInt(5)) {
            case 0, 1 -> generate(Mechanism.plain(0x1080, "AES_KEY_GEN"), templates.secretKey(AES));
            case 2 -> generate(Mechanism.plain(0x350, "GENERIC_SECRET_KEY_GEN"), templates.secretKey(SECRET));
            case 3 -> generatePair(templates.publicHalf(), templates.privateHalf());
            default -> create(templates.data());
        };
    }

    private static Step generate(Mechanism mechanism, List<Entry> template) {
        return new Step(
                "GenerateKey " + mechanism.name() + " " + Entry.text(template),
                side -> side.making(
                        CryptokiCall.GENERATE_KEY,
                        mechanism.memory(),
                        Entry.memory(template),
                        new NativeLong(template.size())));
    }

    private static Step generatePair(List<Entry> publicHalf, List<Entry> privateHalf) {
        return new Step(
                "GenerateKeyPair EC " + Entry.text(publicHalf) + " " + Entry.text(privateHalf),
                side -> side.makingPair(
                        Mechanism.plain(0x1040, "EC_KEY_PAIR_GEN").memory(),
                        Entry.memory(publicHalf),
                        new NativeLong(publicHalf.size()),
                        Entry.memory(privateHalf),
                        new NativeLong(privateHalf.size())));
    }

    private static Step create(List<Entry> template) {
        return new Step(
                "CreateObject " + Entry.text(template),
                side -> side.making(
                        CryptokiCall.CREATE_OBJECT, Entry.memory(template), new NativeLong(template.size())));
    }

    private Step read(int object) {
        int type = READ[random.nextInt(READ.length)];
        return new Step("GetAttributeValue #" + object + " 0x" + Integer.toHexString(type), side -> {
            Memory entry = Entry.memory(List.of(new Entry(type, new byte[200], "")));
            long value = side.call(CryptokiCall.GET_ATTRIBUTE_VALUE, side.object(object), entry, new NativeLong(1));
            long length = entry.getLong(16);
            return value != 0
                    ? Answer.of(value)
                    : new Answer(value, HexFormat.of().formatHex(entry.getByteArray(24, (int) length)));
        });
    }

    private Step change(int object) {
        List<Entry> template = templates.few();
        return new Step(
                "SetAttributeValue #" + object + " " + Entry.text(template),
                side -> Answer.of(side.call(
                        CryptokiCall.SET_ATTRIBUTE_VALUE,
                        side.object(object),
                        Entry.memory(template),
                        new NativeLong(template.size()))));
    }

    private Step copy(int object) {
        List<Entry> template = templates.few();
        return new Step(
                "CopyObject #" + object + " " + Entry.text(template),
                side -> side.making(
                        CryptokiCall.COPY_OBJECT,
                        side.object(object),
                        Entry.memory(template),
                        new NativeLong(template.size())));
    }

    private Step find() {
        List<Entry> template = templates.filter();
        return new Step("FindObjects " + Entry.text(template), side -> {
            long value =
                    side.call(CryptokiCall.FIND_OBJECTS_INIT, Entry.memory(template), new NativeLong(template.size()));
            if (value != 0) {
                return Answer.of(value);
            }
            Memory handles = new Memory(8 * MOST_FOUND);
            NativeLongByReference count = new NativeLongByReference();
            long found = side.call(CryptokiCall.FIND_OBJECTS, handles, new NativeLong(MOST_FOUND), count);
            long ended = side.call(CryptokiCall.FIND_OBJECTS_FINAL);
            return new Answer(
                    found == 0 ? ended : found,
                    side.known(handles.getLongArray(0, count.getValue().intValue())));
        });
    }

    private static Step destroy(int object) {
        return new Step(
                "DestroyObject #" + object,
                side -> Answer.of(side.call(CryptokiCall.DESTROY_OBJECT, side.object(object))));
    }

    private Step use(int object) {
        byte[] data = new byte[templates.one(0, 1, 15, 16, 20, 32, 32, 48, 100)];
        random.nextBytes(data);
        return switch (random.nextInt(6)) {
            case 0, 1 -> cipher(CryptokiCall.ENCRYPT_INIT, CryptokiCall.ENCRYPT, object, data);
            case 2 -> cipher(CryptokiCall.DECRYPT_INIT, CryptokiCall.DECRYPT, object, data);
            case 3, 4 -> sign(object, data);
            default -> verify(object, data);
        };
    }

    /** Without RSA: SoftHSM 2.6.1 dies of a null pointer when the key is of another type. */
    private Mechanism cipherMechanism() {
        return templates.one(
                Mechanism.plain(0x1081, "AES_ECB"),
                Mechanism.with(0x1082, "AES_CBC", new byte[16]),
                Mechanism.with(0x1085, "AES_CBC_PAD", new byte[16]),
                Mechanism.with(0x1082, "AES_CBC", new byte[15]),
                Mechanism.aesGcm(12),
                Mechanism.plain(0x250, "SHA256"));
    }

    private Mechanism signMechanism() {
        return templates.one(
                Mechanism.plain(0x1041, "ECDSA"),
                Mechanism.plain(0x251, "SHA256_HMAC"),
                Mechanism.plain(0x108a, "AES_CMAC"),
                Mechanism.plain(0x250, "SHA256"));
    }

    private Step cipher(CryptokiCall init, CryptokiCall call, int object, byte[] data) {
        Mechanism mechanism = cipherMechanism();
        return new Step(call.name() + " #" + object + " " + mechanism.name() + " " + data.length, side -> {
            long value = side.call(init, mechanism.memory(), side.object(object));
            return value != 0
                    ? Answer.of(value)
                    : side.writing(call, false, Side.bytes(data), new NativeLong(data.length));
        });
    }

    private Step sign(int object, byte[] data) {
        Mechanism mechanism = signMechanism();
        return new Step("SIGN #" + object + " " + mechanism.name() + " " + data.length, side -> {
            long value = side.call(CryptokiCall.SIGN_INIT, mechanism.memory(), side.object(object));
            return value != 0
                    ? Answer.of(value)
                    : side.writing(CryptokiCall.SIGN, false, Side.bytes(data), new NativeLong(data.length));
        });
    }

    private Step verify(int object, byte[] data) {
        Mechanism mechanism = signMechanism();
        byte[] signature = new byte[templates.one(0, 16, 32, 64, 65)];
        return new Step(
                "VERIFY #" + object + " " + mechanism.name() + " " + data.length + " " + signature.length, side -> {
                    long value = side.call(CryptokiCall.VERIFY_INIT, mechanism.memory(), side.object(object));
                    return Answer.of(
                            value != 0
                                    ? value
                                    : side.call(
                                            CryptokiCall.VERIFY,
                                            Side.bytes(data),
                                            new NativeLong(data.length),
                                            Side.bytes(signature),
                                            new NativeLong(signature.length)));
                });
    }

    /** One call of a digest in any order: the state machine of an operation is the same for all. */
    Step digest() {
        byte[] data = new byte[random.nextInt(80)];
        Mechanism mechanism = templates.one(Mechanism.plain(0x250, "SHA256"), Mechanism.plain(0x1081, "AES_ECB"));
        return switch (random.nextInt(4)) {
            case 0 ->
                new Step(
                        "DigestInit " + mechanism.name(),
                        side -> Answer.of(side.call(CryptokiCall.DIGEST_INIT, mechanism.memory())));
            case 1 ->
                new Step(
                        "DigestUpdate " + data.length,
                        side -> Answer.of(
                                side.call(CryptokiCall.DIGEST_UPDATE, Side.bytes(data), new NativeLong(data.length))));
            case 2 ->
                new Step(
                        "Digest " + data.length,
                        side -> side.writing(CryptokiCall.DIGEST, true, Side.bytes(data), new NativeLong(data.length)));
            default -> new Step("DigestFinal", side -> side.writing(CryptokiCall.DIGEST_FINAL, true));
        };
    }

    private Step wrap(int wrapping, int key) {
        Mechanism mechanism = templates.one(
                Mechanism.plain(0x2109, "AES_KEY_WRAP"),
                Mechanism.plain(0x1081, "AES_ECB"),
                Mechanism.plain(1, "RSA_PKCS"));
        return new Step(
                "WRAP_KEY #" + wrapping + " " + mechanism.name() + " #" + key,
                side -> side.writing(
                        CryptokiCall.WRAP_KEY, false, mechanism.memory(), side.object(wrapping), side.object(key)));
    }

    /** Ends a digest that a sequence has left open. */
    static void settle(Side side) {
        side.call(
                CryptokiCall.DIGEST,
                Pointer.NULL,
                new NativeLong(0),
                new Memory(64),
                new NativeLongByReference(new NativeLong(64)));
        side.call(CryptokiCall.DIGEST_FINAL, new Memory(64), new NativeLongByReference(new NativeLong(64)));
    }
}
