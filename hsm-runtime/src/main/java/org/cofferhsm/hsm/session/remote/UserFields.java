package org.cofferhsm.hsm.session.remote;

import java.time.Instant;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;
import org.cofferhsm.hsm.user.Role;
import org.cofferhsm.hsm.user.UserInfo;

/** How users travel. */
final class UserFields {

    private UserFields() {}

    static void user(MessageWriter out, UserInfo user) {
        Fields.constant(out.text(user.name()), user.role());
        Fields.flag(out, user.locked());
        Fields.flag(out, user.activated());
        Fields.optional(out, user.oldPinUntil(), (to, time) -> to.u64(time.toEpochMilli()));
    }

    static UserInfo user(MessageReader in) {
        return new UserInfo(
                in.text(), role(in), Fields.flag(in), Fields.flag(in), Fields.optional(in, UserFields::time));
    }

    private static Instant time(MessageReader in) {
        return Instant.ofEpochMilli(in.u64());
    }

    static Role role(MessageReader in) {
        return Fields.constant(in, Role.class);
    }
}
