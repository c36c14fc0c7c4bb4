package org.cofferhsm.hsm.session.local;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import org.cofferhsm.hsm.crypto.KeyCodec;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.Octets;

/** Values that come in the clear: checked, and described by their own attributes. Secrets do not come this way. */
final class ImportedValue {

    /** PKCS#11's CKC_X_509. */
    private static final long X_509 = 0;

    private static final int MAX_BYTES = 1 << 20;

    private ImportedValue() {}

    static Attributes describe(Attributes wanted, byte[] value, KeyCodec codec) {
        if (value.length == 0 || value.length > MAX_BYTES) {
            throw HsmException.dataLengthRange(
                    "an object's value has 1 to " + MAX_BYTES + " bytes, not " + value.length);
        }
        return switch (wanted.get(Attribute.CLASS)) {
            case DATA -> wanted;
            case CERTIFICATE -> Described.by(wanted, certificate(value));
            case PUBLIC_KEY -> Described.by(wanted, publicKey(wanted, value, codec));
            case SECRET_KEY, PRIVATE_KEY ->
                throw HsmException.keyFunctionNotPermitted("keys enter the module wrapped, never in the clear;"
                        + " wrap the key under a public key of the module and unwrap it here");
        };
    }

    private static Attributes publicKey(Attributes wanted, byte[] value, KeyCodec codec) {
        KeyType type = wanted.find(Attribute.KEY_TYPE).orElseGet(() -> codec.typeOfPublicKey(value));
        return codec.describe(codec.decode(ObjectClass.PUBLIC_KEY, type, value));
    }

    private static Attributes certificate(byte[] value) {
        try {
            X509Certificate certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(value));
            return Attributes.of(Attribute.CERTIFICATE_TYPE, X_509)
                    .with(
                            Attribute.SUBJECT,
                            Octets.of(certificate.getSubjectX500Principal().getEncoded()))
                    .with(
                            Attribute.ISSUER,
                            Octets.of(certificate.getIssuerX500Principal().getEncoded()))
                    .with(
                            Attribute.SERIAL_NUMBER,
                            Octets.of(certificate.getSerialNumber().toByteArray()));
        } catch (CertificateException e) {
            throw HsmException.dataInvalid("the value is no X.509 certificate").causedBy(e);
        }
    }
}
