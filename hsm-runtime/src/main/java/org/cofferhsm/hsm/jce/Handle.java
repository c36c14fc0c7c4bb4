package org.cofferhsm.hsm.jce;

import java.security.InvalidKeyException;
import java.security.Key;
import java.util.Objects;
import javax.security.auth.DestroyFailedException;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.ObjectInfo;
import org.cofferhsm.hsm.session.Session;
import org.jspecify.annotations.Nullable;

/** An object of the module and the way to it. */
final class Handle {

    private final Connection connection;
    private final ObjectInfo object;

    Handle(Connection connection, ObjectInfo object) {
        this.connection = connection;
        this.object = object;
    }

    /** The handle inside one of our own keys; any other key is refused, so that the JCA asks another provider. */
    static Handle of(@Nullable Key key) throws InvalidKeyException {
        if (key instanceof CofferPrivateKey own) {
            return own.handle();
        }
        if (key instanceof CofferPublicKey own) {
            return own.handle();
        }
        if (key instanceof CofferSecretKey own) {
            return own.handle();
        }
        if (key == null) {
            throw new InvalidKeyException("there is no key");
        }
        throw new InvalidKeyException("the " + key.getAlgorithm()
                + " key is not in the module; take it from a Coffer key store or generator");
    }

    Session session() {
        return connection.session();
    }

    Connection connection() {
        return connection;
    }

    KeyId id() {
        return object.id();
    }

    /** The attributes when the handle was made; they describe the key, the module decides about its use. */
    Attributes attributes() {
        return object.attributes();
    }

    String label() {
        return object.label();
    }

    KeyType type() {
        return attributes().get(Attribute.KEY_TYPE);
    }

    boolean isOf(ObjectClass objectClass) {
        return attributes().get(Attribute.CLASS) == objectClass;
    }

    boolean isToken() {
        return attributes().is(Attribute.TOKEN);
    }

    /**
     * Destroys a session object. A token object outlives its handles: frameworks call {@code destroy} to wipe a copy,
     * and that must not take the key away.
     */
    void destroy() throws DestroyFailedException {
        if (isToken()) {
            throw new DestroyFailedException("the key " + this + " is a token object and outlives this handle;"
                    + " delete it through KeyStore.deleteEntry or Session.destroy");
        }
        try {
            session().destroy(id());
        } catch (HsmException e) {
            DestroyFailedException failed = new DestroyFailedException(e.getMessage());
            failed.initCause(e);
            throw failed;
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Handle handle && connection == handle.connection && id().equals(handle.id());
    }

    @Override
    public int hashCode() {
        return Objects.hash(System.identityHashCode(connection), id());
    }

    @Override
    public String toString() {
        return label().isEmpty() ? id().toString() : id() + " (" + label() + ")";
    }
}
