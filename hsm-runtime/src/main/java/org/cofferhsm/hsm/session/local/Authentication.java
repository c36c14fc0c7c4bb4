package org.cofferhsm.hsm.session.local;

import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.cofferhsm.hsm.audit.AuditLog;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.policy.Caller;
import org.cofferhsm.hsm.policy.PinRules;

/**
 * The check of a PIN. Wrong PINs are counted on disk before the answer is given, so that neither a crash nor many
 * threads give further tries; an unknown name gets the same answer, in the same time, as a wrong PIN.
 *
 * <p>A PIN that was verified once is known again in this process by a keyed digest, since the verifier is slow on
 * purpose; a wrong PIN always takes the slow way. While any user's old PIN is good, that way is two verifiers long for
 * every user and every name, so that the time tells neither which PIN was nearly right nor who has an old one.
 */
public final class Authentication {

    private final UserAccounts accounts;
    private final Pins pins;
    private final AuditLog audit;
    private final Clock clock;
    private final Map<Long, Memo> memosOfPresent = new ConcurrentHashMap<>();
    private final Map<Long, Memo> memosOfOld = new ConcurrentHashMap<>();

    public Authentication(UserAccounts accounts, Pins pins, AuditLog audit, Clock clock) {
        this.accounts = accounts;
        this.pins = pins;
        this.audit = audit;
        this.clock = clock;
    }

    /** No PIN is tried that could not be recorded if it is wrong: it would not count. */
    private void requireCounting() {
        audit.reserve(1);
    }

    /** Who logs in by that PIN; complains by {@code pinIncorrect} or {@code userLocked}. */
    ProvedUser login(String name, char[] pin) {
        requireCounting();
        HeldUser user = accounts.find(name).orElse(null);
        if (user == null) {
            pretend(pin); // takes as long as for a user that exists
            throw refuse(Call.of(new Caller(name, Call.MODULE.role()), "login", ""), incorrect());
        }
        Caller caller = new Caller(user.account().name(), user.account().role());
        Call call = Call.of(caller, "login", "");
        ProvedUser proved;
        synchronized (user.lock()) {
            HeldUser current = accounts.find(name).orElse(null);
            if (current == null || current.lock() != user.lock()) { // removed since, or another of the same name
                throw refuse(call, incorrect());
            }
            proved = new ProvedUser(current, verify(call, current, pin));
        }
        audit.record(call.detailed(detail(proved, clock.instant())).done());
        return proved;
    }

    /** What the audit log says about the PIN: while there are two of them, which. */
    static String detail(ProvedUser proved, Instant now) {
        UserAccount account = proved.user().account();
        return switch (proved.pin()) {
            case OLD ->
                "by the old PIN, which is good until "
                        + account.oldPinUntil().map(Instant::toString).orElse("now");
            case PRESENT -> account.hasOldPinAt(now) ? "by the new PIN" : "";
        };
    }

    /** Which PIN of the user it is; complains unless it is one, and counts a wrong one. */
    WhichPin verify(Call call, HeldUser user, char[] pin) {
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
        Optional<WhichPin> known = known(user, memo);
        if (known.isPresent()) {
            return known.get();
        }
        WhichPin which = match(user, pin).orElseThrow(() -> count(call, user));
        memos(which).put(account.id(), new Memo(user.sealedVerifiers(), memo));
        if (account.failures() > 0 && which == WhichPin.PRESENT) { // or whoever has the old one could guess the new one
            accounts.setFailures(call.done(), user, 0);
        }
        return which;
    }

    /** Complains unless it is the user's present PIN: an old one logs in, and proves nothing else. */
    void verifyPresent(Call call, HeldUser user, char[] pin) {
        requireCounting();
        if (verify(call, user, pin) == WhichPin.OLD) {
            throw HsmException.pinIncorrect("that is the old PIN of "
                    + user.account().name() + ", which logs in but cannot change the PIN; prove the new one");
        }
    }

    /** Does the same work whichever it is. */
    private Optional<WhichPin> match(HeldUser user, char[] pin) {
        try (Verifiers verifiers = user.verifiers()) {
            boolean present = pins.matches(pin, verifiers.present());
            boolean old = false;
            if (hasOldPin(user)) {
                old = verifiers
                        .old()
                        .filter(verifier -> pins.matches(pin, verifier))
                        .isPresent();
            } else if (anyOldPin()) {
                pins.pretend(pin);
            }
            if (present) {
                return Optional.of(WhichPin.PRESENT);
            }
            return old ? Optional.of(WhichPin.OLD) : Optional.empty();
        }
    }

    private void pretend(char[] pin) {
        pins.pretend(pin);
        if (anyOldPin()) {
            pins.pretend(pin);
        }
    }

    private boolean anyOldPin() {
        return accounts.anyOldPinAt(clock.instant());
    }

    private boolean hasOldPin(HeldUser user) {
        return user.account().hasOldPinAt(clock.instant());
    }

    private HsmException count(Call call, HeldUser user) {
        HsmException refusal = incorrect();
        int failures = user.account().failures() + 1;
        accounts.setFailures(
                call.refused(refusal.reason().name(), "wrong PIN " + failures + " of " + PinRules.MAX_FAILURES),
                user,
                failures);
        return refusal;
    }

    private Optional<WhichPin> known(HeldUser user, byte[] memo) {
        if (isKnown(user, WhichPin.PRESENT, memo)) {
            return Optional.of(WhichPin.PRESENT);
        }
        return hasOldPin(user) && isKnown(user, WhichPin.OLD, memo) ? Optional.of(WhichPin.OLD) : Optional.empty();
    }

    /** Known only while the stored verifiers are the very ones that were checked then, and no wrong PIN came since. */
    private boolean isKnown(HeldUser user, WhichPin which, byte[] memo) {
        Memo known = memos(which).get(user.account().id());
        return known != null && known.verifiers == user.sealedVerifiers() && MessageDigest.isEqual(known.digest, memo);
    }

    /** By the user's number. */
    private Map<Long, Memo> memos(WhichPin which) {
        return which == WhichPin.PRESENT ? memosOfPresent : memosOfOld;
    }

    private HsmException refuse(Call call, HsmException refusal) {
        audit.record(call.refused(refusal.reason().name(), ""));
        return refusal;
    }

    private static HsmException incorrect() {
        return HsmException.pinIncorrect("the user name or the PIN is wrong");
    }

    private record Memo(Object verifiers, byte[] digest) {}
}
