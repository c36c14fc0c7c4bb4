package org.cofferhsm.hsm.jce;

import java.security.Key;
import java.security.spec.KeySpec;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.KeyTemplate;

/**
 * A key made from another inside the module (HKDF, SP 800-108, ECDH): given to {@code SecretKeyFactory.generateSecret}.
 *
 * @param base the key to derive from, a key of the module
 * @param algorithm how, such as {@link Algorithm#hkdf}
 * @param template what the derived key shall be
 */
public record CofferDerivationSpec(Key base, Algorithm algorithm, KeyTemplate template) implements KeySpec {}
