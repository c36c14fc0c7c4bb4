package org.cofferhsm.ekm;

import static org.cofferhsm.hsm.key.Usage.DECRYPT;
import static org.cofferhsm.hsm.key.Usage.ENCRYPT;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.KeyPairIds;
import org.cofferhsm.hsm.key.KeyPairTemplate;
import org.cofferhsm.hsm.key.KeyTemplate;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.ObjectInfo;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.session.Matches;
import org.cofferhsm.hsm.session.Session;

/** The keys of a user that SQL Server can use: secret keys and private keys, found by name or thumbprint. */
final class EkmKeys {

    private static final long LARGEST_KEY_ID = 0xffff_ffffL;

    private final Session session;
    private final String user;
    private final Clock clock;

    EkmKeys(Session session, Clock clock) {
        this.session = session;
        this.user = session.user().name();
        this.clock = clock;
    }

    void createSymmetric(String name, EkmAlgorithm algorithm) {
        session.generate(KeyTemplate.aes(algorithm.bits())
                .labelled(name)
                .allowing(ENCRYPT, DECRYPT)
                .with(Attribute.ID, Octets.of(session.random(Thumbprint.LENGTH)))
                .with(Attribute.CALLER_IV, false)
                .with(Attribute.ALLOWED_MECHANISMS, Set.of(MechanismType.AES_GCM)));
    }

    /** The id can only be set once the key is there; {@link #withThumbprint} finds a key that was left without. */
    void createAsymmetric(String name, EkmAlgorithm algorithm) {
        KeyPairIds pair = session.generate(KeyPairTemplate.rsa(algorithm.bits())
                .labelled(name)
                .allowing(ENCRYPT, DECRYPT)
                .with(Attribute.ALLOWED_MECHANISMS, Set.of(MechanismType.RSA_PKCS_OAEP)));
        Thumbprint thumbprint =
                RsaPublicKeys.thumbprint(session.describe(pair.privateKey()).attributes());
        Attributes id = Attributes.of(Attribute.ID, thumbprint.bytes());
        session.change(pair.privateKey(), id);
        session.change(pair.publicKey(), id);
    }

    /** Keys with that name, dropped ones too. */
    List<ObjectInfo> named(String name) {
        return usable(session.find(name)).toList();
    }

    /** The key of that thumbprint, dropped or not. */
    ObjectInfo withThumbprint(Thumbprint thumbprint) {
        return one(find(thumbprint), "the thumbprint " + thumbprint);
    }

    private List<ObjectInfo> find(Thumbprint thumbprint) {
        Predicate<ObjectInfo> same = key -> thumbprint(key).equals(Optional.of(thumbprint));
        List<ObjectInfo> withId = usable(session.find(Attributes.of(Attribute.ID, thumbprint.bytes())))
                .filter(same)
                .toList();
        return withId.isEmpty() ? all().filter(same).toList() : withId;
    }

    /** All keys that EKM can use. */
    Stream<ObjectInfo> all() {
        return Stream.of(ObjectClass.PRIVATE_KEY, ObjectClass.SECRET_KEY)
                .map(objectClass -> session.find(Attributes.of(Attribute.CLASS, objectClass)))
                .flatMap(this::usable);
    }

    /** The key of that id; a key's id is its handle in the module, which is the same in all sessions and never used again. */
    ObjectInfo withKeyId(int keyId) {
        ObjectInfo object = session.describe(new KeyId(Math.max(1, Integer.toUnsignedLong(keyId))));
        if (!isUsable(object)) {
            throw HsmException.keyNotFound(
                    "the object " + object.id() + " of user \"" + user + "\" is not a key for EKM");
        }
        return object;
    }

    /** In order; handles that a key id has no room for are left out, and such keys are found by name and thumbprint. */
    long[] ids() {
        return Stream.of(ObjectClass.PRIVATE_KEY, ObjectClass.SECRET_KEY)
                .flatMap(objectClass -> session.find(Attributes.of(Attribute.CLASS, objectClass)).list().stream())
                .mapToLong(object -> object.id().value())
                .filter(id -> id <= LARGEST_KEY_ID)
                .sorted()
                .toArray();
    }

    /** Whether SQL Server is told of that key: it is there, for EKM, and was not dropped. */
    boolean isListed(long id) {
        try {
            ObjectInfo object = session.describe(new KeyId(id));
            return isUsable(object) && !isDropped(object);
        } catch (HsmException gone) {
            if (gone.reason() != Reason.KEY_NOT_FOUND) {
                throw gone;
            }
            return false;
        }
    }

    /** Whether there are keys of others for this user, and none of its own. */
    boolean onlyUsesOthers() {
        List<ObjectInfo> visible = all().toList();
        return !visible.isEmpty() && visible.stream().noneMatch(this::owns);
    }

    private boolean owns(ObjectInfo key) {
        return key.attributes().find(Attribute.OWNER).filter(user::equals).isPresent();
    }

    /** Keys that somebody made visible to everybody are nobody's: they must not get in the way of this user's. */
    private boolean isOurs(ObjectInfo key) {
        return owns(key)
                || key.attributes()
                        .find(Attribute.SHARED_USERS)
                        .orElse(Set.of())
                        .contains(user);
    }

    private Stream<ObjectInfo> usable(Matches matches) {
        return matches.list().stream().filter(this::isUsable);
    }

    private boolean isUsable(ObjectInfo object) {
        return object.attributes().get(Attribute.CLASS).isSecret()
                && isOurs(object)
                && EkmAlgorithm.of(object.attributes()).isPresent()
                && thumbprint(object).isPresent();
    }

    /** The only one, or the only one that the user owns: another user's shared key never stands in for it. */
    ObjectInfo one(List<ObjectInfo> keys, String sought) {
        List<ObjectInfo> own = keys.stream().filter(this::owns).toList();
        List<ObjectInfo> candidates = own.isEmpty() ? keys : own;
        if (candidates.size() > 1) {
            throw HsmException.keyAmbiguous(candidates.size() + " keys of user \"" + user + "\" have " + sought
                    + "; rename or unshare all but one");
        }
        return candidates.stream()
                .findFirst()
                .orElseThrow(() -> HsmException.keyNotFound(
                        "no key of user \"" + user + "\" has " + sought + "; is the credential the right one?"));
    }

    /** What SQL Server is told of a key. */
    EkmKey describe(ObjectInfo key) {
        return new EkmKey(
                key.label(),
                thumbprint(key).orElseThrow(),
                EkmAlgorithm.of(key.attributes()).orElseThrow());
    }

    private static Optional<Thumbprint> thumbprint(ObjectInfo key) {
        if (key.attributes().get(Attribute.CLASS) == ObjectClass.PRIVATE_KEY) {
            return Optional.of(RsaPublicKeys.thumbprint(key.attributes()));
        }
        return key.attributes()
                .find(Attribute.ID)
                .filter(id -> id.length() == Thumbprint.LENGTH)
                .map(Thumbprint::new);
    }

    /** The handle to encrypt with: the public half of a pair, or the key itself. */
    KeyId encrypting(ObjectInfo key) {
        return key.attributes().get(Attribute.CLASS) == ObjectClass.SECRET_KEY ? key.id() : publicHalf(key);
    }

    /** By its modulus, so that whatever is found is the same key. */
    private KeyId publicHalf(ObjectInfo key) {
        Attributes half = Attributes.of(Attribute.CLASS, ObjectClass.PUBLIC_KEY)
                .with(Attribute.MODULUS, key.attributes().get(Attribute.MODULUS))
                .with(Attribute.PUBLIC_EXPONENT, key.attributes().get(Attribute.PUBLIC_EXPONENT));
        return session.find(half)
                .first()
                .orElseThrow(() -> HsmException.keyNotFound("the key \"" + key.label()
                        + "\" has no public half in the module any more; nothing can be encrypted under it here"));
    }

    /** Deactivated (SP 800-57 part 1 §7.3): it decrypts what it encrypted and encrypts no more. */
    void deactivate(ObjectInfo key) {
        Attributes ended =
                Attributes.of(Attribute.END_DATE, LocalDate.now(clock).minusDays(1));
        KeyId encrypting = encrypting(key);
        session.change(key.id(), ended);
        if (!encrypting.equals(key.id())) {
            session.change(encrypting, ended);
        }
    }

    boolean isDropped(ObjectInfo key) {
        return key.attributes()
                .find(Attribute.END_DATE)
                .filter(LocalDate.now(clock)::isAfter)
                .isPresent();
    }
}
