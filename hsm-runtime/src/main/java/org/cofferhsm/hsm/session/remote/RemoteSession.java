package org.cofferhsm.hsm.session.remote;

import java.util.function.Consumer;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.Encapsulated;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.KeyPairIds;
import org.cofferhsm.hsm.key.KeyPairTemplate;
import org.cofferhsm.hsm.key.KeyTemplate;
import org.cofferhsm.hsm.key.ObjectInfo;
import org.cofferhsm.hsm.session.AuditTrail;
import org.cofferhsm.hsm.session.CipherOperation;
import org.cofferhsm.hsm.session.DigestOperation;
import org.cofferhsm.hsm.session.Matches;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.session.SignOperation;
import org.cofferhsm.hsm.session.Users;
import org.cofferhsm.hsm.session.VerifyOperation;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;
import org.cofferhsm.hsm.user.UserInfo;

/**
 * A session in another process than the module's: each call is a request to the service that owns the module. What the
 * service refuses is refused here, for the same reason and in the same words.
 */
public final class RemoteSession implements Session {

    private final Calls calls;

    RemoteSession(Calls calls) {
        this.calls = calls;
    }

    @Override
    public UserInfo user() {
        return calls.user();
    }

    @Override
    public Users users() {
        calls.requireOpen();
        return new RemoteUsers(calls);
    }

    @Override
    public AuditTrail auditTrail() {
        calls.run(Operation.AUDIT_TRAIL, out -> {});
        return new RemoteAuditTrail(calls);
    }

    @Override
    public void note(String subject, String text) {
        calls.run(Operation.NOTE, out -> out.text(subject).text(text));
    }

    @Override
    public KeyId generate(KeyTemplate template) {
        return key(Operation.GENERATE, out -> AttributeFields.template(out, template));
    }

    @Override
    public KeyPairIds generate(KeyPairTemplate template) {
        return calls.call(
                Operation.GENERATE_PAIR,
                out -> AttributeFields.pairTemplate(out, template),
                in -> new KeyPairIds(Fields.key(in), Fields.key(in)));
    }

    @Override
    public KeyId create(Attributes attributes, byte[] value) {
        return key(Operation.CREATE, out -> {
            AttributeFields.attributes(out, attributes);
            out.bytes(value);
        });
    }

    @Override
    public KeyId copy(KeyId object, Attributes changes) {
        return key(Operation.COPY, out -> with(out, object, changes));
    }

    @Override
    public void destroy(KeyId object) {
        calls.run(Operation.DESTROY, out -> Fields.key(out, object));
    }

    @Override
    public ObjectInfo describe(KeyId object) {
        return calls.call(Operation.DESCRIBE, out -> Fields.key(out, object), AttributeFields::object);
    }

    @Override
    public void change(KeyId object, Attributes changes) {
        calls.run(Operation.CHANGE, out -> with(out, object, changes));
    }

    @Override
    public Matches find(Attributes filter) {
        return new RemoteSearch(calls).matches(Operation.FIND, out -> AttributeFields.attributes(out, filter));
    }

    @Override
    public Matches find(String label) {
        return new RemoteSearch(calls).matches(Operation.FIND_LABEL, out -> out.text(label));
    }

    @Override
    public byte[] value(KeyId object) {
        return calls.call(Operation.VALUE, out -> Fields.key(out, object), MessageReader::bytes);
    }

    @Override
    public void share(KeyId key, String userName) {
        calls.run(Operation.SHARE, out -> with(out, key).text(userName));
    }

    @Override
    public void unshare(KeyId key, String userName) {
        calls.run(Operation.UNSHARE, out -> with(out, key).text(userName));
    }

    @Override
    public byte[] encrypt(KeyId key, Algorithm algorithm, byte[] plaintext) {
        if (plaintext.length > Wire.ONE_CALL) {
            try (CipherOperation encryption = startEncrypt(key, algorithm)) {
                return Whole.of(encryption, plaintext);
            }
        }
        return use(Operation.ENCRYPT, key, algorithm, plaintext);
    }

    @Override
    public byte[] decrypt(KeyId key, Algorithm algorithm, byte[] ciphertext) {
        if (ciphertext.length > Wire.ONE_CALL) {
            try (CipherOperation decryption = startDecrypt(key, algorithm)) {
                return Whole.of(decryption, ciphertext);
            }
        }
        return use(Operation.DECRYPT, key, algorithm, ciphertext);
    }

    @Override
    public byte[] sign(KeyId key, Algorithm algorithm, byte[] data) {
        if (data.length > Wire.ONE_CALL) {
            try (SignOperation signing = startSign(key, algorithm)) {
                signing.update(data, 0, data.length);
                return signing.finish();
            }
        }
        return use(Operation.SIGN, key, algorithm, data);
    }

    @Override
    public boolean verify(KeyId key, Algorithm algorithm, byte[] data, byte[] signature) {
        if (data.length > Wire.ONE_CALL) {
            try (VerifyOperation verification = startVerify(key, algorithm)) {
                verification.update(data, 0, data.length);
                return verification.finish(signature);
            }
        }
        return calls.call(
                Operation.VERIFY,
                out -> with(out, key, algorithm).bytes(signature).bytes(data),
                Fields::flag);
    }

    @Override
    public byte[] wrap(KeyId wrappingKey, KeyId payload, Algorithm algorithm) {
        return calls.call(
                Operation.WRAP, out -> with(with(out, wrappingKey), payload, algorithm), MessageReader::bytes);
    }

    @Override
    public KeyId unwrap(KeyId unwrappingKey, byte[] wrapped, Algorithm algorithm, KeyTemplate template) {
        return key(Operation.UNWRAP, out -> {
            with(out, unwrappingKey).bytes(wrapped);
            Fields.algorithm(out, algorithm);
            AttributeFields.template(out, template);
        });
    }

    @Override
    public KeyId derive(KeyId baseKey, Algorithm algorithm, KeyTemplate template) {
        return key(Operation.DERIVE, out -> AttributeFields.template(with(out, baseKey, algorithm), template));
    }

    @Override
    public Encapsulated encapsulate(KeyId publicKey, Algorithm algorithm, KeyTemplate template) {
        return calls.call(
                Operation.ENCAPSULATE,
                out -> AttributeFields.template(with(out, publicKey, algorithm), template),
                in -> new Encapsulated(Fields.octets(in), Fields.key(in)));
    }

    @Override
    public KeyId decapsulate(KeyId privateKey, Algorithm algorithm, byte[] ciphertext, KeyTemplate template) {
        return key(
                Operation.DECAPSULATE,
                out -> AttributeFields.template(with(out, privateKey, algorithm).bytes(ciphertext), template));
    }

    @Override
    public byte[] digest(Algorithm algorithm, byte[] data) {
        if (data.length > Wire.ONE_CALL) {
            try (DigestOperation digest = startDigest(algorithm)) {
                digest.update(data, 0, data.length);
                return digest.finish();
            }
        }
        return calls.call(
                Operation.DIGEST,
                out -> {
                    Fields.algorithm(out, algorithm);
                    out.bytes(data);
                },
                MessageReader::bytes);
    }

    @Override
    public byte[] random(int bytes) {
        return calls.call(Operation.RANDOM, out -> out.u32(bytes), MessageReader::bytes);
    }

    @Override
    public CipherOperation startEncrypt(KeyId key, Algorithm algorithm) {
        return new RemoteCipherOperation(start(Operation.START_ENCRYPT, key, algorithm));
    }

    @Override
    public CipherOperation startDecrypt(KeyId key, Algorithm algorithm) {
        return new RemoteCipherOperation(start(Operation.START_DECRYPT, key, algorithm));
    }

    @Override
    public SignOperation startSign(KeyId key, Algorithm algorithm) {
        return new RemoteOutcome(start(Operation.START_SIGN, key, algorithm));
    }

    @Override
    public VerifyOperation startVerify(KeyId key, Algorithm algorithm) {
        return new RemoteVerifyOperation(start(Operation.START_VERIFY, key, algorithm));
    }

    @Override
    public DigestOperation startDigest(Algorithm algorithm) {
        return new RemoteOutcome(
                RemoteStream.start(calls, Operation.START_DIGEST, out -> Fields.algorithm(out, algorithm)));
    }

    @Override
    public void close() {
        calls.close();
    }

    private KeyId key(Operation operation, Consumer<MessageWriter> fields) {
        return calls.call(operation, fields, Fields::key);
    }

    private byte[] use(Operation operation, KeyId key, Algorithm algorithm, byte[] data) {
        return calls.call(operation, out -> with(out, key, algorithm).bytes(data), MessageReader::bytes);
    }

    private RemoteStream start(Operation operation, KeyId key, Algorithm algorithm) {
        return RemoteStream.start(calls, operation, out -> with(out, key, algorithm));
    }

    private static MessageWriter with(MessageWriter out, KeyId key) {
        Fields.key(out, key);
        return out;
    }

    private static MessageWriter with(MessageWriter out, KeyId key, Algorithm algorithm) {
        Fields.algorithm(with(out, key), algorithm);
        return out;
    }

    private static void with(MessageWriter out, KeyId object, Attributes changes) {
        AttributeFields.attributes(with(out, object), changes);
    }
}
