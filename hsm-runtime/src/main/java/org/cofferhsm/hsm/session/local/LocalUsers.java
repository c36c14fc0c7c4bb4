package org.cofferhsm.hsm.session.local;

import java.util.List;
import java.util.function.Consumer;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.policy.Caller;
import org.cofferhsm.hsm.policy.Right;
import org.cofferhsm.hsm.session.Users;
import org.cofferhsm.hsm.user.Role;
import org.cofferhsm.hsm.user.UserInfo;

/** The users, as one logged-in user may see and change them. */
final class LocalUsers implements Users {

    private final SessionLife life;
    private final Caller caller;
    private final ModuleParts parts;

    LocalUsers(SessionLife life, ModuleParts parts) {
        this.life = life;
        this.caller = life.caller();
        this.parts = parts;
    }

    @Override
    public List<UserInfo> list() {
        life.requireOpen();
        Right.SEE_USERS.require(caller);
        return parts.accounts().all().stream().map(UserAccount::info).toList();
    }

    @Override
    public void create(String name, Role role, char[] pin) {
        manage("user-create", name + " as " + role, call -> parts.accounts().create(call, name, role, pin));
    }

    @Override
    public void delete(String name) {
        manage("user-delete", name, call -> {
            String exact = parts.accounts().require(name).account().name();
            requireNoKeys(exact);
            takeBackShares(exact);
            parts.accounts().delete(call, exact);
        });
    }

    @Override
    public void resetPin(String name, char[] newPin) {
        manage("user-reset-pin", name, call -> parts.accounts().setPin(call, name, newPin));
    }

    @Override
    public void changeOwnPin(char[] oldPin, char[] newPin) {
        life.requireOpen();
        Call call = Call.of(caller, "user-change-pin", caller.name());
        parts.recorder().change(call, () -> {
            HeldUser self = parts.accounts().require(caller.name());
            synchronized (self.lock()) {
                parts.authentication().verify(call, parts.accounts().require(caller.name()), oldPin);
                parts.accounts().setPin(call, caller.name(), newPin);
                life.provedPinOf(parts.accounts().require(caller.name()));
            }
            return self;
        });
    }

    private void manage(String operation, String detail, Consumer<Call> work) {
        life.requireOpen();
        Call call = Call.of(caller, operation, detail);
        parts.recorder().change(call, () -> {
            Right.MANAGE_USERS.require(caller);
            work.accept(call);
            return call;
        });
    }

    private void requireNoKeys(String name) {
        long owned = parts.tokenObjects().catalogue().all().stream()
                .filter(object -> object.attributes()
                        .find(Attribute.OWNER)
                        .filter(name::equals)
                        .isPresent())
                .count();
        if (owned > 0) {
            throw HsmException.userInUse(
                    "the user " + name + " owns " + owned + " objects; they have to be destroyed first");
        }
    }

    /** Else a later user of that name would find them shared. */
    private void takeBackShares(String name) {
        parts.tokenObjects().catalogue().all().stream()
                .filter(object -> Shares.of(object.attributes()).contains(name))
                .forEach(object -> parts.tokenObjects()
                        .update(
                                Call.on(caller, "key-unshare", object.id()),
                                object.id(),
                                attributes -> Shares.without(attributes, name)));
    }
}
