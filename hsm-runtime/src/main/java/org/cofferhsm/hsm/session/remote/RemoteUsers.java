package org.cofferhsm.hsm.session.remote;

import java.time.Duration;
import java.util.List;
import org.cofferhsm.hsm.session.Users;
import org.cofferhsm.hsm.user.Role;
import org.cofferhsm.hsm.user.UserInfo;

/** The users, through the service. */
record RemoteUsers(Calls calls) implements Users {

    @Override
    public List<UserInfo> list() {
        return calls.call(Operation.LIST_USERS, out -> {}, in -> Fields.list(in, UserFields::user));
    }

    @Override
    public void create(String name, Role role, char[] pin) {
        calls.run(Operation.CREATE_USER, out -> {
            Fields.constant(out.text(name), role);
            out.secretText(pin);
        });
    }

    @Override
    public void delete(String name) {
        calls.run(Operation.DELETE_USER, out -> out.text(name));
    }

    @Override
    public void resetPin(String name, char[] newPin) {
        calls.run(Operation.RESET_PIN, out -> out.text(name).secretText(newPin));
    }

    @Override
    public void changeOwnPin(char[] oldPin, char[] newPin) {
        calls.run(Operation.CHANGE_OWN_PIN, out -> out.secretText(oldPin).secretText(newPin));
        calls.refresh(); // the ticket from before stood for the old PIN
    }

    @Override
    public void changeOwnPin(char[] oldPin, char[] newPin, Duration oldPinValidFor) {
        calls.run(
                Operation.CHANGE_OWN_PIN_KEEPING_OLD,
                out -> out.u64(oldPinValidFor.toMillis()).secretText(oldPin).secretText(newPin));
        calls.refresh(); // as good as the old PIN, and no longer
    }

    @Override
    public void endOldPin(String name) {
        calls.run(Operation.END_OLD_PIN, out -> out.text(name));
    }
}
