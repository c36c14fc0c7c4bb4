package org.cofferhsm.hsm.crypto.rsa;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import org.cofferhsm.hsm.crypto.EngineKeyPair;
import org.cofferhsm.hsm.crypto.TestEngine;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.ObjectClass;

/** A pair of 2049 bits, which the module does not make but reads. */
final class OddModulus {

    private OddModulus() {}

    static EngineKeyPair pair(TestEngine engine) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA", "SunRsaSign");
        generator.initialize(2049);
        KeyPair pair = generator.generateKeyPair();
        RsaKeyCodec codec = new RsaKeyCodec(engine.engine());
        return new EngineKeyPair(
                codec.decode(
                        ObjectClass.PUBLIC_KEY, KeyType.RSA, pair.getPublic().getEncoded()),
                codec.decode(
                        ObjectClass.PRIVATE_KEY, KeyType.RSA, pair.getPrivate().getEncoded()));
    }
}
