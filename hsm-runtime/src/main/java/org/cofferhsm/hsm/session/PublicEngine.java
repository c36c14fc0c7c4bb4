package org.cofferhsm.hsm.session;

import org.cofferhsm.hsm.key.Algorithm;

/** What a module does for anybody: it takes no key and nobody's rights, so it is not recorded. */
public interface PublicEngine {

    /** Bytes of the module's random generator, 1 to 1,048,576. */
    byte[] random(int bytes);

    byte[] digest(Algorithm algorithm, byte[] data);

    DigestOperation startDigest(Algorithm algorithm);
}
