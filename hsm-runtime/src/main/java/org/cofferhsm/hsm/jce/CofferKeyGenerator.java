package org.cofferhsm.hsm.jce;

import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidParameterException;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.KeyGeneratorSpi;
import javax.crypto.SecretKey;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.KeyTemplate;
import org.cofferhsm.hsm.key.KeyType;
import org.jspecify.annotations.Nullable;

/** Generates secret keys in the module. A given random generator is not used: the module has its own. */
final class CofferKeyGenerator extends KeyGeneratorSpi {

    private final Connection connection;
    private final SecretKind kind;
    private KeyTemplate template;

    CofferKeyGenerator(Connection connection, SecretKind kind) {
        this.connection = connection;
        this.kind = kind;
        this.template = kind.template(kind.usualBits());
    }

    @Override
    protected void engineInit(@Nullable SecureRandom random) {
        template = kind.template(kind.usualBits());
    }

    @Override
    protected void engineInit(@Nullable AlgorithmParameterSpec parameters, @Nullable SecureRandom random)
            throws InvalidAlgorithmParameterException {
        if (!(parameters instanceof CofferKeySpec spec)) {
            throw new InvalidAlgorithmParameterException("a Coffer key generator takes a size or a CofferKeySpec");
        }
        KeyType wanted = spec.template().attributes().find(Attribute.KEY_TYPE).orElse(kind.type());
        if (wanted != kind.type()) {
            throw new InvalidAlgorithmParameterException(
                    "the template is for a key of the type " + wanted + ", the generator for " + kind.type());
        }
        template = spec.template();
    }

    @Override
    protected void engineInit(int bits, @Nullable SecureRandom random) {
        if (!kind.accepts(bits)) {
            throw new InvalidParameterException("a key of the type " + kind.type() + " has not " + bits + " bits");
        }
        template = kind.template(bits);
    }

    @Override
    protected SecretKey engineGenerateKey() {
        return Failures.unchecked(
                () -> new KeyHandles(connection).secretKey(connection.session().generate(template)));
    }
}
