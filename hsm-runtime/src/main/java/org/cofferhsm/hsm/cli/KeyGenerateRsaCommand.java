package org.cofferhsm.hsm.cli;

import java.math.BigInteger;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.NumberRange;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.KeyPairTemplate;
import org.cofferhsm.hsm.key.Octets;

/** {@code coffer key generate-asymmetric-pair rsa}. */
final class KeyGenerateRsaCommand extends KeyGeneratePairCommand {

    KeyGenerateRsaCommand() {
        super("rsa", "Make an RSA key pair");
    }

    @Override
    void declareKind(OptionSet options) {
        options.required("modulus-size-bits", "N", "2048 to 4096")
                .value("public-exponent", "N", "65537 unless said otherwise");
    }

    @Override
    KeyPairTemplate kind(Invocation invocation) {
        KeyPairTemplate pair = KeyPairTemplate.rsa(invocation.number("modulus-size-bits", NumberRange.SIZE));
        return invocation
                .findNumber("public-exponent", NumberRange.POSITIVE)
                .map(exponent -> pair.withPublic(Attribute.PUBLIC_EXPONENT, octets(exponent)))
                .orElse(pair);
    }

    private static Octets octets(int exponent) {
        return Octets.of(BigInteger.valueOf(exponent).toByteArray());
    }
}
