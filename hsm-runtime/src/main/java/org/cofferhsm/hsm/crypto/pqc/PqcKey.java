package org.cofferhsm.hsm.crypto.pqc;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.security.Key;
import javax.security.auth.Destroyable;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.params.MLKEMPrivateKeyParameters;
import org.cofferhsm.hsm.crypto.EngineKey;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.PqcParameterSet;

/** A key of Bouncy Castle's lightweight interface in the JCA's clothes, so that it fits into an {@link EngineKey}. */
final class PqcKey implements Key, Destroyable {

    private static final long serialVersionUID = 1L;

    private final PqcParameterSet set;
    private final transient AsymmetricKeyParameter parameters;

    PqcKey(PqcParameterSet set, AsymmetricKeyParameter parameters) {
        this.set = set;
        this.parameters = parameters;
    }

    static PqcKey of(EngineKey key) {
        if (key.jca() instanceof PqcKey pqc) {
            return pqc;
        }
        throw HsmException.keyTypeInconsistent("the key is not one for lattice mechanisms");
    }

    PqcParameterSet set() {
        return set;
    }

    AsymmetricKeyParameter parameters() {
        return parameters;
    }

    @Override
    public String getAlgorithm() {
        return set.standardName();
    }

    /** None: {@link PqcKeyCodec} writes it. */
    @Override
    @SuppressWarnings("NullAway") // the JCA's way of saying that a key does not encode itself
    public String getFormat() {
        return null;
    }

    @Override
    @SuppressWarnings("NullAway") // as above
    public byte[] getEncoded() {
        return null;
    }

    @Override
    public void destroy() {
        if (parameters instanceof MLDSAPrivateKeyParameters key) {
            key.destroy();
        }
        if (parameters instanceof MLKEMPrivateKeyParameters key) {
            key.destroy();
        }
    }

    private void writeObject(ObjectOutputStream out) throws NotSerializableException {
        throw new NotSerializableException("a key is never serialized");
    }

    @Override
    public String toString() {
        return set + (parameters.isPrivate() ? " private key" : " public key");
    }
}
