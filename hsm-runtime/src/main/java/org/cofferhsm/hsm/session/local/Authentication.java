package org.cofferhsm.hsm.session.local;

import java.security.MessageDigest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.cofferhsm.hsm.audit.AuditLog;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.SecretBytes;
import org.cofferhsm.hsm.policy.Caller;
import org.cofferhsm.hsm.policy.PinRules;

/**
 * The check of a PIN. Wrong PINs are counted on disk before the answer is given, so that neither a crash nor many
 * threads give further tries; an unknown name gets the same answer, in the same time, as a wrong PIN.
 *
 * <p>A PIN that was verified once is known again in this process by a keyed digest, since the verifier is slow on
 * purpose; a wrong PIN always takes the slow way.
 */
public final class Authentication {

    private final UserAccounts accounts;
    private final Pins pins;
    private final AuditLog audit;
    private final Map<Long, Memo> memos = new ConcurrentHashMap<>();

    public Authentication(UserAccounts accounts, Pins pins, AuditLog audit) {
        this.accounts = accounts;
        this.pins = pins;
        this.audit = audit;
    }

    /** Who logs in by that PIN; complains by {@code pinIncorrect} or {@code userLocked}. */
    HeldUser login(String name, char[] pin) {
        HeldUser user = accounts.find(name).orElse(null);
        if (user == null) {
            pins.pretend(pin); // takes as long as for a user that exists
            throw refuse(Call.of(new Caller(name, Call.MODULE.role()), "login", ""), incorrect());
        }
        Caller caller = new Caller(user.account().name(), user.account().role());
        Call call = Call.of(caller, "login", "");
        HeldUser current;
        synchronized (user.lock()) {
            current = accounts.find(name).orElse(null);
            if (current == null || current.lock() != user.lock()) { // removed since, or another of the same name
                throw refuse(call, incorrect());
            }
            verify(call, current, pin);
        }
        audit.record(call.done());
        return current;
    }

    /** Complains unless the PIN is that of the user; counts a wrong one. */
    void verify(Call call, HeldUser user, char[] pin) {
        UserAccount account = user.account();
        if (account.locked()) {
            throw refuse(
                    call,
                    HsmException.userLocked("the user " + account.name() + " is locked after " + PinRules.MAX_FAILURES
                            + " wrong PINs; an admin unlocks it with coffer user change-password"));
        }
        if (!account.activated()) {
            throw refuse(call, HsmException.moduleNotActivated("the module's admin has no PIN yet; run coffer init"));
        }
        byte[] memo = pins.memo(account.id(), pin);
        if (isKnown(user, memo)) {
            return;
        }
        requireMatch(call, user, pin);
        memos.put(account.id(), new Memo(user.sealedVerifier(), memo));
        if (account.failures() > 0) {
            accounts.setFailures(call.done(), user, 0);
        }
    }

    private void requireMatch(Call call, HeldUser user, char[] pin) {
        try (SecretBytes verifier = user.verifier()) {
            if (!pins.matches(pin, verifier)) {
                HsmException refusal = incorrect();
                int failures = user.account().failures() + 1;
                accounts.setFailures(
                        call.refused(refusal.reason().name(), "wrong PIN " + failures + " of " + PinRules.MAX_FAILURES),
                        user,
                        failures);
                throw refusal;
            }
        }
    }

    /** Known only while the stored verifier is the very one that was checked then, and no wrong PIN came since. */
    private boolean isKnown(HeldUser user, byte[] memo) {
        Memo known = memos.get(user.account().id());
        return known != null && known.verifier == user.sealedVerifier() && MessageDigest.isEqual(known.digest, memo);
    }

    private HsmException refuse(Call call, HsmException refusal) {
        audit.record(call.refused(refusal.reason().name(), ""));
        return refusal;
    }

    private static HsmException incorrect() {
        return HsmException.pinIncorrect("the user name or the PIN is wrong");
    }

    private record Memo(Object verifier, byte[] digest) {}
}
