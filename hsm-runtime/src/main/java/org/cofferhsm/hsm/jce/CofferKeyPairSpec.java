package org.cofferhsm.hsm.jce;

import java.security.spec.AlgorithmParameterSpec;
import org.cofferhsm.hsm.key.KeyPairTemplate;

/**
 * What a key pair to be generated shall be: given to {@code KeyPairGenerator.initialize}.
 *
 * @param template label, uses and all other attributes; token objects unless it says otherwise
 */
public record CofferKeyPairSpec(KeyPairTemplate template) implements AlgorithmParameterSpec {}
