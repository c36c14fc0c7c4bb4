package org.cofferhsm.hsm.session.remote;

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
    }

    static UserInfo user(MessageReader in) {
        return new UserInfo(in.text(), role(in), Fields.flag(in), Fields.flag(in));
    }

    static Role role(MessageReader in) {
        return Fields.constant(in, Role.class);
    }
}
