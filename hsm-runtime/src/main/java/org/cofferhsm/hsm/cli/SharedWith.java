package org.cofferhsm.hsm.cli;

import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.hsm.command.UsageException;

/** Which key is shared with whom. */
record SharedWith(KeyFilter filter, String user) {

    static void declare(OptionSet options) {
        options.requiredValues("filter", "FILTER", KeyFilter.SYNTAX)
                .required("username", "NAME", "the crypto user who may use the key")
                .value("role", "ROLE", "crypto-user; there is no other choice");
    }

    static SharedWith of(Invocation invocation) {
        invocation.find("role").filter(role -> !role.equals("crypto-user")).ifPresent(role -> {
            throw new UsageException("keys are shared with users of the role crypto-user, not " + role);
        });
        return new SharedWith(KeyFilter.of(invocation, "filter"), invocation.get("username"));
    }
}
