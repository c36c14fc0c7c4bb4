package org.cofferhsm.hsm.session.local;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.policy.Caller;
import org.cofferhsm.hsm.policy.PinRules;
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
        Instant now = parts.clock().instant();
        return parts.accounts().all().stream().map(account -> account.info(now)).toList();
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
            parts.accounts().delete(call, exact, () -> requireNoKeys(exact)); // made since the first look
        });
    }

    @Override
    public void resetPin(String name, char[] newPin) {
        manage("user-reset-pin", name, call -> parts.accounts().setPin(call, name, newPin));
    }

    @Override
    public void changeOwnPin(char[] oldPin, char[] newPin) {
        changeOwnPin(oldPin, (call, self) -> parts.accounts().setPin(call, caller.name(), newPin));
    }

    @Override
    public void changeOwnPin(char[] oldPin, char[] newPin, Duration oldPinValidFor) {
        changeOwnPin(oldPin, (call, self) -> {
            PinRules.requireOverlap(caller.role(), oldPinValidFor);
            if (Arrays.equals(oldPin, newPin)) {
                throw HsmException.pinInvalid("the new PIN is the old one; two that are good at once have to differ");
            }
            Instant until = parts.clock().instant().plus(oldPinValidFor).truncatedTo(ChronoUnit.MILLIS);
            parts.accounts().setPinKeepingOld(call, self, newPin, until);
        });
    }

    private void changeOwnPin(char[] oldPin, BiConsumer<Call, HeldUser> change) {
        life.requireOpen();
        Call call = Call.of(caller, "user-change-pin", caller.name());
        parts.recorder().change(call, () -> {
            HeldUser self = parts.accounts().require(caller.name());
            synchronized (self.lock()) {
                parts.authentication().verifyPresent(call, parts.accounts().require(caller.name()), oldPin);
                change.accept(call, parts.accounts().require(caller.name()));
                life.provedPinOf(parts.accounts().require(caller.name()));
            }
            return self;
        });
    }

    @Override
    public void endOldPin(String name) {
        life.requireOpen();
        Call call = Call.of(caller, "user-end-old-pin", name);
        parts.recorder().change(call, () -> {
            if (!name.equalsIgnoreCase(caller.name())) {
                Right.MANAGE_USERS.require(caller);
            }
            parts.accounts().endOldPin(call, name);
            return call;
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
