package org.cofferhsm.hsm.pkcs11.calls;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.ObjectInfo;
import org.cofferhsm.hsm.pkcs11.terms.Filter;
import org.cofferhsm.hsm.pkcs11.terms.ImportedObject;
import org.cofferhsm.hsm.pkcs11.terms.KeyFacts;
import org.cofferhsm.hsm.pkcs11.terms.ObjectView;
import org.cofferhsm.hsm.pkcs11.terms.Templates;
import org.cofferhsm.hsm.pkcs11.wire.Ckr;
import org.cofferhsm.hsm.pkcs11.wire.GetAttributes;
import org.cofferhsm.hsm.pkcs11.wire.ObjectTemplate;
import org.cofferhsm.hsm.pkcs11.wire.Operation;
import org.cofferhsm.hsm.pkcs11.wire.SessionObject;
import org.cofferhsm.hsm.pkcs11.wire.SessionTemplate;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;

/** Object management (PKCS#11 v3.1 §5.7). */
final class ObjectCalls {

    private final Application application;

    ObjectCalls(Application application) {
        this.application = application;
    }

    void addTo(CallTable calls) {
        calls.on(Operation.CREATE_OBJECT, this::create)
                .on(Operation.COPY_OBJECT, this::copy)
                .on(Operation.DESTROY_OBJECT, this::destroy)
                .on(Operation.OBJECT_SIZE, this::size)
                .on(Operation.GET_ATTRIBUTES, this::attributes)
                .on(Operation.SET_ATTRIBUTES, this::change)
                .on(Operation.FIND_OBJECTS, this::find)
                .on(Operation.KEY_FACTS, this::keyFacts);
    }

    private void create(MessageReader request, MessageWriter reply) {
        SessionTemplate wanted = SessionTemplate.read(request);
        Session user = application.user(wanted.session());
        ImportedObject object = ImportedObject.of(wanted.template());
        CryptokiSession session =
                application.room(wanted.session(), object.attributes().is(Attribute.TOKEN));
        KeyId made = user.create(object.attributes(), object.value());
        application.adopt(session, made, user);
        reply.u64(made.value());
    }

    private void copy(MessageReader request, MessageWriter reply) {
        ObjectTemplate wanted = ObjectTemplate.read(request);
        Session user = application.user(wanted.session());
        ObjectInfo original = user.describe(application.object(wanted.object()));
        Attributes changes = changes(user, original, wanted);
        boolean token =
                changes.find(Attribute.TOKEN).orElse(original.attributes().is(Attribute.TOKEN));
        CryptokiSession session = application.room(wanted.session(), token);
        require(original, Attribute.COPYABLE, "copied");
        KeyId made = user.copy(original.id(), changes);
        application.adopt(session, made, user);
        reply.u64(made.value());
    }

    private void destroy(MessageReader request, MessageWriter reply) {
        SessionObject wanted = SessionObject.read(request);
        Session user = application.user(wanted.session());
        KeyId object = application.object(wanted.object());
        application.sessions().require(wanted.session()).requireWritable(!object.isSessionObject());
        user.destroy(object);
        application.belongings().forget(object);
    }

    private void size(MessageReader request, MessageWriter reply) {
        SessionObject wanted = SessionObject.read(request);
        Session user = application.user(wanted.session());
        ObjectInfo object = user.describe(application.object(wanted.object()));
        reply.u64(object.attributes().encode().length);
    }

    private void attributes(MessageReader request, MessageWriter reply) {
        GetAttributes wanted = GetAttributes.read(request);
        Session user = application.user(wanted.session());
        ObjectInfo object = user.describe(application.object(wanted.object()));
        ShownAttributes.of(new ObjectView(user, object), wanted.wanted()).write(reply);
    }

    private void change(MessageReader request, MessageWriter reply) {
        ObjectTemplate wanted = ObjectTemplate.read(request);
        Session user = application.user(wanted.session());
        ObjectInfo object = user.describe(application.object(wanted.object()));
        application
                .sessions()
                .require(wanted.session())
                .requireWritable(!object.id().isSessionObject());
        Attributes changes = changes(user, object, wanted);
        if (changes.has(Attribute.TRUSTED) && !application.login().isSecurityOfficer()) {
            throw Ckr.ATTRIBUTE_READ_ONLY.because("only the SO sets CKA_TRUSTED");
        }
        if (!changes.hasOnly(Attribute.DESTROYABLE)) { // about which the policy decides
            require(object, Attribute.MODIFIABLE, "changed");
        }
        user.change(object.id(), changes);
    }

    private static Attributes changes(Session user, ObjectInfo object, ObjectTemplate wanted) {
        Templates.requireNothingEmptied(wanted.template(), new ObjectView(user, object));
        return Templates.read(object.attributes().get(Attribute.CLASS), wanted.template(), Set.of());
    }

    private static void require(ObjectInfo object, Attribute<Boolean> attribute, String done) {
        if (!object.attributes().find(attribute).orElse(true)) {
            throw Ckr.ACTION_PROHIBITED.because("the object " + object.id() + " may not be " + done);
        }
    }

    /** Before the login there is nothing to find. */
    private void find(MessageReader request, MessageWriter reply) {
        SessionTemplate wanted = SessionTemplate.read(request);
        application.sessions().require(wanted.session());
        Optional<Session> user = application.login().current();
        Filter filter = Filter.of(wanted.template());
        List<ObjectInfo> found = user.isPresent() && filter.possible() ? matching(user.get(), filter) : List.of();
        reply.u32(found.size());
        found.forEach(object -> reply.u64(object.id().value()));
    }

    private List<ObjectInfo> matching(Session user, Filter filter) {
        return user.find(filter.matched()).list().stream()
                .filter(object -> application.belongings().isAlive(object.id()))
                .filter(object -> filter.compared().isEmpty() || filter.accepts(new ObjectView(user, object)))
                .toList();
    }

    private void keyFacts(MessageReader request, MessageWriter reply) {
        SessionObject wanted = SessionObject.read(request);
        Session user = application.user(wanted.session());
        ObjectInfo object = user.describe(application.key(wanted.object()));
        if (!object.attributes().get(Attribute.CLASS).isKey()) {
            throw Ckr.KEY_HANDLE_INVALID.because("the object " + object.id() + " is no key");
        }
        KeyFacts facts = KeyFacts.of(object.attributes());
        reply.u32(facts.objectClass()).u32(facts.keyType()).u32(facts.bits()).u32(facts.uses());
    }
}
