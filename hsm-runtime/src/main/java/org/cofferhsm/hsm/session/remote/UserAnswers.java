package org.cofferhsm.hsm.session.remote;

import java.time.Duration;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;
import org.cofferhsm.hsm.user.Role;

/** What the service answers on users. */
final class UserAnswers {

    private UserAnswers() {}

    static void user(ServedSession served, MessageReader in, MessageWriter out) {
        UserFields.user(out, served.session().user());
    }

    static void list(ServedSession served, MessageReader in, MessageWriter out) {
        Fields.list(out, served.session().users().list(), UserFields::user);
    }

    static void create(ServedSession served, MessageReader in, MessageWriter out) {
        String name = in.text();
        Role role = UserFields.role(in);
        Wire.lentLastPin(in, pin -> served.session().users().create(name, role, pin));
    }

    static void delete(ServedSession served, MessageReader in, MessageWriter out) {
        served.session().users().delete(Fields.last(in, in.text()));
    }

    static void resetPin(ServedSession served, MessageReader in, MessageWriter out) {
        String name = in.text();
        Wire.lentLastPin(in, pin -> served.session().users().resetPin(name, pin));
    }

    static void changeOwnPin(ServedSession served, MessageReader in, MessageWriter out) {
        Wire.lentPin(
                in, old -> Wire.lentLastPin(in, pin -> served.session().users().changeOwnPin(old, pin)));
    }

    static void changeOwnPinKeepingOld(ServedSession served, MessageReader in, MessageWriter out) {
        Duration time = Duration.ofMillis(in.u64());
        Wire.lentPin(
                in, old -> Wire.lentLastPin(in, pin -> served.session().users().changeOwnPin(old, pin, time)));
    }

    static void endOldPin(ServedSession served, MessageReader in, MessageWriter out) {
        served.session().users().endOldPin(Fields.last(in, in.text()));
    }
}
