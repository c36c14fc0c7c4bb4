package org.cofferhsm.hsm.pkcs11.terms;

import java.util.Optional;
import java.util.Set;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.ObjectInfo;
import org.cofferhsm.hsm.pkcs11.wire.Cka;
import org.cofferhsm.hsm.pkcs11.wire.Ckr;
import org.cofferhsm.hsm.session.Session;
import org.jspecify.annotations.Nullable;

/** An object as C_GetAttributeValue shows it (PKCS#11 v3.1 §5.7.5). Not for several threads. */
public final class ObjectView {

    private static final Set<Integer> PRIVATE_PARTS = Set.of(
            Cka.VALUE,
            Cka.PRIVATE_EXPONENT,
            Cka.PRIME_1,
            Cka.PRIME_2,
            Cka.EXPONENT_1,
            Cka.EXPONENT_2,
            Cka.COEFFICIENT,
            Cka.SEED);

    private static final byte[] EMPTY = {};

    private final Session session;
    private final ObjectInfo object;
    private final ObjectClass objectClass;
    private byte @Nullable [] value;

    public ObjectView(Session session, ObjectInfo object) {
        this.session = session;
        this.object = object;
        this.objectClass = object.attributes().get(Attribute.CLASS);
    }

    /** The value of an attribute; complains by ATTRIBUTE_SENSITIVE or ATTRIBUTE_TYPE_INVALID. */
    public byte[] read(int number) {
        Optional<Field<?>> field = Fields.find(number).filter(one -> one.isOf(objectClass));
        return field.flatMap(one -> one.write(attributes()))
                .or(() -> derived(number))
                .orElseThrow(
                        () -> Ckr.ATTRIBUTE_TYPE_INVALID.because("a " + objectClass + " has no such attribute here"));
    }

    private Optional<byte[]> derived(int number) {
        return switch (number) {
            case Cka.UNIQUE_ID -> Optional.of(Form.TEXT.write(object.id().toString()));
            case Cka.PARAMETER_SET -> attributes().find(Attribute.PARAMETER_SET).map(ParameterSets::write);
            case Cka.WRAP_TEMPLATE -> only(objectClass == ObjectClass.PUBLIC_KEY || isSecretKey(), EMPTY);
            case Cka.ALWAYS_AUTHENTICATE -> only(isPrivate(), Form.BOOLEAN.write(false));
            case Cka.SIGN_RECOVER ->
                only(isPrivate(), Form.BOOLEAN.write(isRsa() && attributes().is(Attribute.SIGN)));
            case Cka.VERIFY_RECOVER ->
                only(isPublic(), Form.BOOLEAN.write(isRsa() && attributes().is(Attribute.VERIFY)));
            case Cka.PUBLIC_KEY_INFO -> publicKeyInfo();
            case Cka.URL, Cka.HASH_OF_SUBJECT_PUBLIC_KEY, Cka.HASH_OF_ISSUER_PUBLIC_KEY ->
                only(objectClass == ObjectClass.CERTIFICATE, EMPTY);
            default -> PRIVATE_PARTS.contains(number) ? part(number) : Optional.empty();
        };
    }

    private static Optional<byte[]> only(boolean has, byte[] bytes) {
        return has ? Optional.of(bytes) : Optional.empty();
    }

    private Optional<byte[]> publicKeyInfo() {
        return switch (objectClass) {
            case PUBLIC_KEY -> Optional.of(value());
            case PRIVATE_KEY -> Optional.of(isRsa() ? PublicKeyInfo.rsa(attributes()) : EMPTY);
            case CERTIFICATE, DATA, SECRET_KEY -> Optional.empty();
        };
    }

    private Optional<byte[]> part(int number) {
        return switch (objectClass) {
            case DATA, CERTIFICATE, SECRET_KEY -> only(number == Cka.VALUE, number == Cka.VALUE ? value() : EMPTY);
            case PUBLIC_KEY ->
                number == Cka.VALUE && attributes().has(Attribute.PARAMETER_SET)
                        ? Optional.of(PublicKeyInfo.bits(value()))
                        : Optional.empty();
            case PRIVATE_KEY ->
                PrivateKeyParts.has(keyType(), number)
                        ? Optional.of(PrivateKeyParts.read(keyType(), number, value()))
                        : Optional.empty();
        };
    }

    /** The value in the clear, read once; complains by ATTRIBUTE_SENSITIVE where it never leaves. */
    private byte[] value() {
        byte[] read = value;
        if (read == null) {
            requireReadable();
            read = readValue();
            value = read;
        }
        return read;
    }

    /** Looked at here first, so that programs that ask for everything do not fill the audit log with refusals. */
    private void requireReadable() {
        boolean hidden = attributes().is(Attribute.SENSITIVE) || !attributes().is(Attribute.EXTRACTABLE);
        if (objectClass.isSecret() && hidden) {
            throw Ckr.ATTRIBUTE_SENSITIVE.because("the key is sensitive or not extractable");
        }
    }

    private byte[] readValue() {
        try {
            return session.value(object.id());
        } catch (HsmException e) {
            throw switch (e.reason()) {
                case KEY_UNEXTRACTABLE, ROLE_NOT_PERMITTED -> Ckr.ATTRIBUTE_SENSITIVE.because("" + e.getMessage());
                default -> e;
            };
        }
    }

    private Attributes attributes() {
        return object.attributes();
    }

    private KeyType keyType() {
        return attributes().get(Attribute.KEY_TYPE);
    }

    private boolean isRsa() {
        return keyType() == KeyType.RSA;
    }

    private boolean isPrivate() {
        return objectClass == ObjectClass.PRIVATE_KEY;
    }

    private boolean isPublic() {
        return objectClass == ObjectClass.PUBLIC_KEY;
    }

    private boolean isSecretKey() {
        return objectClass == ObjectClass.SECRET_KEY;
    }
}
