package org.cofferhsm.hsm.session.local;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.ObjectInfo;
import org.cofferhsm.hsm.policy.AccessRules;
import org.cofferhsm.hsm.policy.Caller;

/** The objects that one session reaches: the module's token objects and its own session objects. */
final class ReachableObjects implements AutoCloseable {

    private final Caller caller;
    private final TokenObjects tokenObjects;
    private final SessionObjects sessionObjects;
    private final SessionLife life;

    ReachableObjects(SessionLife life, TokenObjects tokenObjects, SessionObjects sessionObjects) {
        this.life = life;
        this.caller = life.caller();
        this.tokenObjects = tokenObjects;
        this.sessionObjects = sessionObjects;
    }

    /** The object of that handle, if the caller may know of it. */
    HeldObject visible(KeyId handle) {
        return find(handle)
                .filter(object -> AccessRules.sees(caller, object.attributes()))
                .orElseThrow(() -> HsmException.keyNotFound("no object of this user has the key reference " + handle));
    }

    List<ObjectInfo> matching(Attributes filter) {
        return Stream.of(tokenObjects.catalogue(), sessionObjects.catalogue())
                .flatMap(catalogue -> catalogue.candidates(filter))
                .filter(object -> AccessRules.sees(caller, object.attributes())
                        && object.attributes().match(filter))
                .map(HeldObject::info)
                .sorted((one, other) -> one.id().compareTo(other.id()))
                .toList();
    }

    /** Keeps new objects, all or none, where their attribute {@code token} says; they share it. */
    List<KeyId> add(Call call, List<NewObjectValue> objects) {
        boolean token = objects.stream().anyMatch(object -> object.attributes().is(Attribute.TOKEN));
        boolean session =
                objects.stream().anyMatch(object -> !object.attributes().is(Attribute.TOKEN));
        if (token && session) {
            throw HsmException.templateInconsistent(
                    "both halves of a key pair have to be token objects, or both session objects");
        }
        return token
                ? life.owning(() -> tokenObjects.add(call, objects))
                : objects.stream().map(sessionObjects::add).toList();
    }

    void update(Call call, KeyId handle, UnaryOperator<Attributes> change) {
        if (handle.isSessionObject()) {
            sessionObjects.update(handle, change);
        } else {
            tokenObjects.update(call, handle, change);
        }
    }

    void remove(Call call, KeyId handle) {
        if (handle.isSessionObject()) {
            sessionObjects.remove(handle);
        } else {
            tokenObjects.remove(call, handle);
        }
    }

    private Optional<HeldObject> find(KeyId handle) {
        return (handle.isSessionObject() ? sessionObjects.catalogue() : tokenObjects.catalogue()).find(handle);
    }

    @Override
    public void close() {
        sessionObjects.close();
    }
}
