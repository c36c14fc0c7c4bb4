package org.cofferhsm.hsm.jce;

import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidParameterException;
import java.security.KeyPair;
import java.security.KeyPairGeneratorSpi;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyPairIds;
import org.cofferhsm.hsm.key.KeyPairTemplate;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.session.Session;
import org.jspecify.annotations.Nullable;

/** Generates key pairs in the module. A given random generator is not used: the module has its own. */
final class CofferKeyPairGenerator extends KeyPairGeneratorSpi {

    private final Connection connection;
    private final PairKind kind;
    private KeyPairTemplate template;

    CofferKeyPairGenerator(Connection connection, PairKind kind) {
        this.connection = connection;
        this.kind = kind;
        this.template = kind.usual();
    }

    @Override
    public void initialize(int bits, @Nullable SecureRandom random) {
        template = kind.ofSize(bits)
                .orElseThrow(() -> new InvalidParameterException(
                        "a key pair of the type " + kind.type() + " has not " + bits + " bits"));
    }

    @Override
    public void initialize(@Nullable AlgorithmParameterSpec parameters, @Nullable SecureRandom random)
            throws InvalidAlgorithmParameterException {
        template = kind.of(parameters);
    }

    @Override
    public KeyPair generateKeyPair() {
        return Failures.unchecked(() -> {
            KeyPairIds ids = connection.session().generate(template);
            giveId(ids);
            KeyHandles handles = new KeyHandles(connection);
            return new KeyPair(handles.publicKey(ids.publicKey()), handles.privateKey(ids.privateKey()));
        });
    }

    /** Both halves get the id that their certificates will have, unless the template says another. */
    private void giveId(KeyPairIds ids) {
        Session session = connection.session();
        Attributes made = session.describe(ids.privateKey()).attributes();
        if (made.find(Attribute.ID).filter(id -> !id.isEmpty()).isPresent() || !made.is(Attribute.MODIFIABLE)) {
            return;
        }
        Octets id = SubjectPublicKey.of(session.value(ids.publicKey())).identifier();
        session.change(ids.publicKey(), Attributes.of(Attribute.ID, id));
        session.change(ids.privateKey(), Attributes.of(Attribute.ID, id));
    }
}
