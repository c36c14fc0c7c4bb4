package org.cofferhsm.hsm.policy;

import java.util.Set;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.user.Role;

/** What a role may do at all, whatever the key. */
public enum Right {
    USE_KEYS("use or manage keys", Set.of(Role.CRYPTO_USER)),
    USE_ENGINE("use digests or the random generator", Set.of(Role.CRYPTO_USER, Role.ADMIN)),
    SEE_KEYS("see keys", Set.of(Role.CRYPTO_USER, Role.ADMIN)),
    TRUST_KEYS("set the attribute trusted", Set.of(Role.ADMIN)),
    MANAGE_MODULE("lock or zeroize the module", Set.of(Role.ADMIN)),
    MANAGE_USERS("manage users", Set.of(Role.ADMIN)),
    SEE_USERS("see users", Set.of(Role.ADMIN, Role.CRYPTO_USER)),
    READ_AUDIT("read the audit log", Set.of(Role.ADMIN, Role.AUDITOR));

    private final String words;
    private final Set<Role> holders;

    Right(String words, Set<Role> holders) {
        this.words = words;
        this.holders = holders;
    }

    /** Complains when the caller's role does not hold this right. */
    public void require(Caller caller) {
        if (!holders.contains(caller.role())) {
            throw HsmException.roleNotPermitted("the user " + caller.name() + " is of the role " + caller.role()
                    + ", which may not " + words + "; log in as "
                    + String.join(
                            " or ",
                            holders.stream().map(Role::toString).sorted().toList()));
        }
    }
}
