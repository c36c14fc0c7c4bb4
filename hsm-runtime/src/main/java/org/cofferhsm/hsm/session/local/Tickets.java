package org.cofferhsm.hsm.session.local;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.cofferhsm.hsm.audit.AuditLog;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.key.SecretBytes;
import org.cofferhsm.hsm.policy.Caller;
import org.cofferhsm.hsm.policy.PinRules;
import org.cofferhsm.hsm.session.TicketHolder;

/**
 * Tickets stand for a login after a restart of the service: given to a logged-in user, taken instead of the PIN. One ends
 * with its time, with any change of the user's PIN, and with the user.
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

    /** What tells the user's PIN from the one before or after it. */
    Octets pinOf(HeldUser user) {
        try (SecretBytes verifier = user.verifier()) {
            return seal.digest(verifier);
        }
    }

    /** A ticket for a session whose user logged in with that PIN; complains when it is another now. */
    byte[] issue(Caller caller, Octets pin, TicketHolder holder) {
        HeldUser user = accounts.require(caller.name());
        if (!pinOf(user).equals(pin)) {
            throw HsmException.pinIncorrect(
                    "the PIN of " + caller.name() + " was changed since this session began; log in again");
        }
        Instant now = clock.instant();
        return seal.seal(
                new Ticket(user.account().id(), caller.name(), pin, seal.digest(holder), now, now.plus(lifetime)));
    }

    /** Whom a ticket logs in; complains by {@code pinIncorrect}, or by {@code userLocked}. */
    HeldUser redeem(byte[] sealed, TicketHolder holder) {
        Ticket ticket = seal.open(sealed)
                .orElseThrow(() -> refused(
                        "", HsmException.pinIncorrect("the ticket is not one of this module;" + " log in by the PIN")));
        HeldUser user = userOf(ticket, holder);
        audit.record(call(ticket.user()).done());
        return user;
    }

    private HeldUser userOf(Ticket ticket, TicketHolder holder) {
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

    private HeldUser unchanged(HeldUser user, Ticket ticket) {
        if (user.account().locked()) {
            throw refused(
                    ticket.user(),
                    HsmException.userLocked("the user " + ticket.user() + " is locked after " + PinRules.MAX_FAILURES
                            + " wrong PINs; an admin unlocks it with coffer user change-password"));
        }
        if (!pinOf(user).equals(ticket.pin())) {
            throw refused(
                    ticket.user(),
                    HsmException.pinIncorrect("the PIN of " + ticket.user()
                            + " was changed since the ticket was given; log in by the new one"));
        }
        return user;
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
