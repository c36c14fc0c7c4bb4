package org.cofferhsm.hsm.session.local;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.cofferhsm.hsm.audit.AuditLog;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.policy.Caller;
import org.cofferhsm.hsm.policy.PinRules;
import org.cofferhsm.hsm.session.TicketHolder;

/**
 * Tickets stand for a login after a restart of the service: given to a logged-in user, taken instead of the PIN. One ends
 * with its time, with the PIN that it was given for, and with the user. Where a change leaves the old PIN good for a while,
 * so are the tickets of its logins, and no longer.
 */
public final class Tickets {

    private static final String RESUME = "resume";

    private final TicketSeal seal;
    private final UserAccounts accounts;
    private final AuditLog audit;
    private final Clock clock;
    private final Duration lifetime;

    public Tickets(TicketSeal seal, UserAccounts accounts, AuditLog audit, Term term) {
        this.seal = seal;
        this.accounts = accounts;
        this.audit = audit;
        this.clock = term.clock();
        this.lifetime = term.lifetime();
    }

    /** What tells the PIN that was proved from those before and after it. */
    Octets pinOf(ProvedUser proved) {
        try (Verifiers verifiers = proved.user().verifiers()) {
            return switch (proved.pin()) {
                case PRESENT -> seal.digest(verifiers.present());
                case OLD -> verifiers.old().map(seal::digest).orElse(Octets.EMPTY);
            };
        }
    }

    /** The user with the PIN that has this digest, if that PIN is still good. */
    private Optional<ProvedUser> proved(HeldUser user, Octets pin) {
        Stream<WhichPin> good = user.account().hasOldPinAt(clock.instant())
                ? Stream.of(WhichPin.PRESENT, WhichPin.OLD)
                : Stream.of(WhichPin.PRESENT);
        return good.map(which -> new ProvedUser(user, which))
                .filter(candidate -> pinOf(candidate).equals(pin))
                .findFirst();
    }

    /** A ticket for a session whose user logged in with that PIN; complains when it is another now. */
    byte[] issue(Caller caller, Octets pin, TicketHolder holder) {
        HeldUser user = accounts.require(caller.name());
        if (proved(user, pin).isEmpty()) {
            throw HsmException.pinIncorrect(
                    "the PIN of " + caller.name() + " was changed since this session began; log in again");
        }
        Instant now = clock.instant();
        return seal.seal(
                new Ticket(user.account().id(), caller.name(), pin, seal.digest(holder), now, now.plus(lifetime)));
    }

    /** Whom a ticket logs in; complains by {@code pinIncorrect}, or by {@code userLocked}. */
    ProvedUser redeem(byte[] sealed, TicketHolder holder) {
        Ticket ticket = seal.open(sealed)
                .orElseThrow(() -> refused(
                        "", HsmException.pinIncorrect("the ticket is not one of this module;" + " log in by the PIN")));
        ProvedUser proved = userOf(ticket, holder);
        audit.record(call(ticket.user())
                .detailed(Authentication.detail(proved, clock.instant()))
                .done());
        return proved;
    }

    private ProvedUser userOf(Ticket ticket, TicketHolder holder) {
        if (!ticket.holder().equals(seal.digest(holder))) {
            throw refused(
                    ticket.user(),
                    HsmException.pinIncorrect(
                            "the ticket of " + ticket.user() + " was not given to this process; log in by the PIN"));
        }
        if (!ticket.isGoodAt(clock.instant())) {
            throw refused(
                    ticket.user(),
                    HsmException.pinIncorrect("the ticket of " + ticket.user() + ", given at " + ticket.issued()
                            + " until " + ticket.expires() + ", is not good now; log in by the PIN"));
        }
        return accounts.find(ticket.user())
                .filter(user -> user.account().id() == ticket.account())
                .map(user -> unchanged(user, ticket))
                .orElseThrow(() -> refused(
                        ticket.user(),
                        HsmException.pinIncorrect("the user " + ticket.user() + " of the ticket was removed")));
    }

    private ProvedUser unchanged(HeldUser user, Ticket ticket) {
        if (user.account().locked()) {
            throw refused(
                    ticket.user(),
                    HsmException.userLocked("the user " + ticket.user() + " is locked after " + PinRules.MAX_FAILURES
                            + " wrong PINs; an admin unlocks it with coffer user change-password"));
        }
        return proved(user, ticket.pin())
                .orElseThrow(() -> refused(
                        ticket.user(),
                        HsmException.pinIncorrect("the PIN of " + ticket.user()
                                + " was changed since the ticket was given; log in by the new one")));
    }

    private HsmException refused(String user, HsmException refusal) {
        audit.record(call(user).refused(refusal.reason().name(), String.valueOf(refusal.getMessage())));
        return refusal;
    }

    private static Call call(String user) {
        return Call.of(new Caller(user, Call.MODULE.role()), RESUME, "");
    }

    /** How long tickets are good, by which clock. */
    public record Term(Clock clock, Duration lifetime) {}
}
