package org.cofferhsm.signtool.commandline.select;

import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.ObjectInfo;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.signtool.signing.ModuleKey;

/** Finds the private key of a certificate that is not in the module, by the key pair's public half. */
record KeyOfCertificate(Session session) {

    Optional<ModuleKey> find(List<X509Certificate> chain) {
        byte[] wanted = chain.get(0).getPublicKey().getEncoded();
        return session.find(Attributes.of(Attribute.CLASS, ObjectClass.PUBLIC_KEY)).list().stream()
                .filter(half -> MessageDigest.isEqual(session.value(half.id()), wanted))
                .flatMap(half -> privateHalf(half).stream())
                .findFirst()
                .map(key -> new ModuleKey(session, key.id(), key.label(), chain));
    }

    /** The halves of a pair share their id, or where they have none, their label. */
    private Optional<ObjectInfo> privateHalf(ObjectInfo half) {
        Attributes filter = Attributes.of(Attribute.CLASS, ObjectClass.PRIVATE_KEY)
                .with(Attribute.KEY_TYPE, half.attributes().get(Attribute.KEY_TYPE));
        Optional<Octets> id = half.attributes().find(Attribute.ID).filter(octets -> !octets.isEmpty());
        List<ObjectInfo> halves = session.find(id.map(octets -> filter.with(Attribute.ID, octets))
                        .orElseGet(() -> filter.with(Attribute.LABEL, half.label())))
                .list();
        return halves.size() == 1 ? Optional.of(halves.get(0)) : Optional.empty();
    }
}
