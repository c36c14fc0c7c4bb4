package org.cofferhsm.hsm.jce;

import java.security.InvalidAlgorithmParameterException;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Curve;
import org.cofferhsm.hsm.key.KeyPairTemplate;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.key.PqcParameterSet;
import org.jspecify.annotations.Nullable;

/**
 * A kind of key pair by the JCA's name for it, and how that name's parameters are read.
 *
 * @param curves the curves to choose from, the usual one first; none for other kinds
 * @param sets the parameter sets to choose from, the usual one first; none for other kinds
 */
record PairKind(List<Curve> curves, List<PqcParameterSet> sets) {

    private static final int USUAL_RSA_BITS = 3072;

    static final PairKind RSA = new PairKind(List.of(), List.of());
    static final PairKind EC = ofCurves(Curve.P256, Curve.P384, Curve.P521, Curve.SECP256K1);

    static PairKind ofCurves(Curve... curves) {
        return new PairKind(List.of(curves), List.of());
    }

    static PairKind ofSets(PqcParameterSet... sets) {
        return new PairKind(List.of(), List.of(sets));
    }

    KeyType type() {
        if (!curves.isEmpty()) {
            return curves.get(0).keyType();
        }
        return sets.isEmpty() ? KeyType.RSA : sets.get(0).keyType();
    }

    /** The template when the program says nothing. */
    KeyPairTemplate usual() {
        if (!curves.isEmpty()) {
            return of(curves.get(0));
        }
        return sets.isEmpty() ? rsa(USUAL_RSA_BITS) : of(sets.get(0));
    }

    /** The template for a size in bits, when the kind has that size. */
    Optional<KeyPairTemplate> ofSize(int bits) {
        if (type() == KeyType.RSA) {
            return bits >= 2048 && bits <= 4096 ? Optional.of(rsa(bits)) : Optional.empty();
        }
        return curves.stream().filter(curve -> curve.bits() == bits).findFirst().map(this::of);
    }

    KeyPairTemplate of(@Nullable AlgorithmParameterSpec parameters) throws InvalidAlgorithmParameterException {
        if (parameters instanceof CofferKeyPairSpec spec) {
            return checked(spec.template());
        }
        if (parameters instanceof RSAKeyGenParameterSpec spec && type() == KeyType.RSA) {
            return rsa(spec);
        }
        // keytool names a curve in the newer of these two, most programs in the older.
        if (parameters instanceof NamedParameterSpec spec) {
            return named(spec.getName());
        }
        if (parameters instanceof ECGenParameterSpec spec) {
            return named(spec.getName());
        }
        if (parameters instanceof ECParameterSpec spec) {
            return of(curve(spec));
        }
        throw new InvalidAlgorithmParameterException(
                "the generator of " + type() + " keys takes a size, a name, or a CofferKeyPairSpec, not " + parameters);
    }

    private KeyPairTemplate checked(KeyPairTemplate template) throws InvalidAlgorithmParameterException {
        KeyType wanted = template.privateKey().find(Attribute.KEY_TYPE).orElse(type());
        if (wanted != type()) {
            throw new InvalidAlgorithmParameterException(
                    "the template is for a pair of the type " + wanted + ", the generator for " + type());
        }
        return template;
    }

    private KeyPairTemplate named(String name) throws InvalidAlgorithmParameterException {
        Optional<KeyPairTemplate> set = sets.stream()
                .filter(candidate -> candidate.standardName().equalsIgnoreCase(name))
                .findFirst()
                .map(this::of);
        return set.or(() -> curve(name).map(this::of))
                .orElseThrow(() -> new InvalidAlgorithmParameterException(
                        "\"" + name + "\" is none of " + Arrays.asList(curves, sets)));
    }

    private Optional<Curve> curve(String name) {
        try {
            return Optional.of(name.contains(".") ? Curve.ofOid(name) : Curve.named(name))
                    .filter(curves::contains);
        } catch (HsmException unknown) {
            return Optional.empty();
        }
    }

    private Curve curve(ECParameterSpec wanted) throws InvalidAlgorithmParameterException {
        for (Curve candidate : curves) {
            if (CurveParameters.of(candidate).getCurve().equals(wanted.getCurve())) {
                return candidate;
            }
        }
        throw new InvalidAlgorithmParameterException("the curve is none of " + curves);
    }

    private KeyPairTemplate of(Curve curve) {
        return Defaults.pair(KeyPairTemplate.ec(curve), type());
    }

    private KeyPairTemplate of(PqcParameterSet set) {
        return Defaults.pair(KeyPairTemplate.pqc(set), type());
    }

    private KeyPairTemplate rsa(int bits) {
        return Defaults.pair(KeyPairTemplate.rsa(bits), KeyType.RSA);
    }

    private KeyPairTemplate rsa(RSAKeyGenParameterSpec spec) throws InvalidAlgorithmParameterException {
        if (spec.getKeyParams() != null) {
            throw new InvalidAlgorithmParameterException("keys bound to parameters of RSASSA-PSS are not made");
        }
        Octets exponent = Octets.of(spec.getPublicExponent().toByteArray());
        return ofSize(spec.getKeysize())
                .map(template -> template.withPublic(Attribute.PUBLIC_EXPONENT, exponent))
                .orElseThrow(() -> new InvalidAlgorithmParameterException(
                        "an RSA key has 2048 to 4096 bits, not " + spec.getKeysize()));
    }
}
