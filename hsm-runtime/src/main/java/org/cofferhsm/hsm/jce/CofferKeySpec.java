package org.cofferhsm.hsm.jce;

import java.security.spec.AlgorithmParameterSpec;
import java.util.Optional;
import org.cofferhsm.hsm.key.KeyTemplate;

/**
 * What a secret key to be generated, or a key to be unwrapped, shall be: given to {@code KeyGenerator.init} or, for
 * unwrapping, to {@code Cipher.init}.
 *
 * @param template label, uses and all other attributes; a token object unless it says otherwise
 * @param cipher the parameters that the unwrapping cipher itself takes (an IV, OAEP), when it takes any
 */
public record CofferKeySpec(KeyTemplate template, Optional<AlgorithmParameterSpec> cipher)
        implements AlgorithmParameterSpec {

    public CofferKeySpec(KeyTemplate template) {
        this(template, Optional.empty());
    }
}
