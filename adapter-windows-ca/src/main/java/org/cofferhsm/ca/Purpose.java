package org.cofferhsm.ca;

import org.bouncycastle.asn1.x509.KeyPurposeId;

/** What an issued certificate's key is for: extended key usage (RFC 5280 §4.2.1.12). */
public enum Purpose {
    SERVER_AUTHENTICATION(KeyPurposeId.id_kp_serverAuth),
    CLIENT_AUTHENTICATION(KeyPurposeId.id_kp_clientAuth),
    CODE_SIGNING(KeyPurposeId.id_kp_codeSigning);

    private final KeyPurposeId id;

    Purpose(KeyPurposeId id) {
        this.id = id;
    }

    KeyPurposeId id() {
        return id;
    }
}
