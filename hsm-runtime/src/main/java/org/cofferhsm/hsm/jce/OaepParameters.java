package org.cofferhsm.hsm.jce;

import java.security.InvalidAlgorithmParameterException;
import java.security.spec.MGF1ParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.cofferhsm.hsm.key.Hash;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.key.Parameters;

/** RSAES-OAEP's parameters between the JCA's form and the module's (RFC 8017 §7.1). */
final class OaepParameters {

    private OaepParameters() {}

    /** What the JDK takes for {@code OAEPWith<hash>AndMGF1Padding} without a spec: MGF1 stays with SHA-1. */
    static Parameters.Oaep usual(Hash hash) {
        return new Parameters.Oaep(hash, Hash.SHA1, Octets.EMPTY);
    }

    static Parameters.Oaep read(OAEPParameterSpec spec) throws InvalidAlgorithmParameterException {
        if (!(spec.getMGFParameters() instanceof MGF1ParameterSpec mgf)) {
            throw new InvalidAlgorithmParameterException("the mask generation function is MGF1 (RFC 8017)");
        }
        if (!(spec.getPSource() instanceof PSource.PSpecified source)) {
            throw new InvalidAlgorithmParameterException("the label of OAEP is given as PSpecified (RFC 8017)");
        }
        return new Parameters.Oaep(
                HashNames.hash(spec.getDigestAlgorithm()),
                HashNames.hash(mgf.getDigestAlgorithm()),
                Octets.of(source.getValue()));
    }

    static OAEPParameterSpec spec(Parameters.Oaep oaep) {
        return new OAEPParameterSpec(
                oaep.hash().standardName(),
                "MGF1",
                new MGF1ParameterSpec(oaep.mgfHash().standardName()),
                new PSource.PSpecified(oaep.label().toByteArray()));
    }
}
