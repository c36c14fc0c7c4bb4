package org.cofferhsm.tde.wallet;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.session.Session;

/**
 * The wallets that a crypto user keeps in the module, entry by entry, so that they can be rebuilt when an old backup needs
 * their master keys. Only that user can open them. What is there stays there: a later import adds.
 *
 * <p>Oracle does not find keys in escrow: it finds them in the wallet that is rebuilt from here.
 */
public final class WalletEscrow {

    private static final String NOTES = "tde-wallet-escrow";
    private static final int LONGEST_NAME = 64;

    private final Session session;
    private final Clock clock;
    private final EscrowKeys keys;

    public WalletEscrow(Session session) {
        this(session, Clock.systemUTC());
    }

    WalletEscrow(Session session, Clock clock) {
        this.session = session;
        this.clock = clock;
        this.keys = new EscrowKeys(session);
    }

    /** The master keys in escrow, in the order in which they came. */
    public List<EscrowedKey> masterKeys() {
        return records().stream()
                .map(EscrowRecord::header)
                .flatMap(header ->
                        header
                                .keyId()
                                .map(id -> new EscrowedKey(header.wallet(), id, header.made(), header.time()))
                                .stream())
                .toList();
    }

    /**
     * What {@link #put} would do, without doing it.
     *
     * @throws HsmException DATA_INVALID when the escrow has another value for one of the wallet's master keys
     */
    public EscrowReport plan(String name, Wallet wallet) {
        return plan(wallet, latest(name));
    }

    /**
     * Keeps all the secrets of a wallet. Each is durable before the next; when that is interrupted, doing it again does the
     * rest.
     *
     * @param name which of the user's wallets it is
     */
    public EscrowReport put(String name, Wallet wallet) {
        requireName(name);
        Map<String, EscrowRecord> present = latest(name);
        EscrowReport report = plan(wallet, present);
        long number = present.values().stream()
                .mapToLong(record -> record.header().number())
                .max()
                .orElse(0);
        for (WalletEntry entry : keysFirst(wallet)) {
            if (!report.present().contains(entry.name())) {
                store(name, entry, ++number);
            }
        }
        session.note(
                NOTES,
                "import into \"" + name + "\": " + EscrowReport.keys(report.added()) + " master keys added, "
                        + EscrowReport.keys(report.present()) + " there already, "
                        + report.added().size() + " entries added in all, "
                        + report.changed().size() + " changed");
        return report;
    }

    private static List<WalletEntry> keysFirst(Wallet wallet) {
        Comparator<WalletEntry> keysFirst =
                Comparator.comparing(entry -> EntryNames.key(entry.name()).isEmpty());
        return wallet.entries().stream().sorted(keysFirst).toList();
    }

    private void store(String wallet, WalletEntry entry, long number) {
        Optional<LocalDateTime> made = EntryNames.key(entry.name()).isPresent() ? made(entry) : Optional.empty();
        EscrowRecord.Header header = new EscrowRecord.Header(wallet, entry.name(), number, Instant.now(clock), made);
        EscrowRecord record = keys.seal(header, entry.value());
        session.create(record.attributes(), record.encode());
    }

    private static Optional<LocalDateTime> made(WalletEntry entry) {
        return MasterKeyValue.decode(entry.value()).flatMap(MasterKeyValue::made);
    }

    private EscrowReport plan(Wallet wallet, Map<String, EscrowRecord> present) {
        List<String> added = new ArrayList<>();
        List<String> changed = new ArrayList<>();
        List<String> same = new ArrayList<>();
        for (WalletEntry entry : wallet.entries()) {
            EscrowRecord record = present.get(entry.name());
            if (record == null) {
                added.add(entry.name());
            } else if (isSame(record, entry)) {
                same.add(entry.name());
            } else {
                requireNoKey(entry);
                changed.add(entry.name());
            }
        }
        return new EscrowReport(added, changed, same, wallet.others());
    }

    private boolean isSame(EscrowRecord record, WalletEntry entry) {
        try (var value = keys.open(record)) {
            return value.sameAs(entry.value());
        }
    }

    private static void requireNoKey(WalletEntry entry) {
        EntryNames.key(entry.name()).ifPresent(id -> {
            throw HsmException.dataInvalid("the wallet has another master key under the identifier " + id
                    + " than the escrow; nothing was imported. Find out which is right, or import under another name");
        });
    }

    /**
     * The wallet as it was when it was last imported, with all the master keys that were ever imported under its name. The
     * caller closes it.
     */
    public Wallet rebuild(String name) {
        Map<String, EscrowRecord> present = latest(name);
        if (present.isEmpty()) {
            throw HsmException.keyNotFound("no wallet called \"" + name + "\" is in the escrow of "
                    + session.user().name() + "; see what is there with coffer tde list-escrow");
        }
        List<WalletEntry> entries = new ArrayList<>();
        for (EscrowRecord record : present.values()) {
            entries.add(new WalletEntry(record.header().name(), keys.open(record)));
        }
        Wallet wallet = Wallet.of(entries);
        session.note(
                NOTES,
                "rebuilt \"" + name + "\": " + wallet.masterKeys().size() + " master keys left the module in a wallet,"
                        + " with " + entries.size() + " entries in all");
        return wallet;
    }

    /** The latest record of each entry of a wallet, in the order in which the entries first came. */
    private Map<String, EscrowRecord> latest(String wallet) {
        Map<String, EscrowRecord> latest = new LinkedHashMap<>();
        records().stream()
                .filter(record -> record.header().wallet().equals(wallet))
                .forEach(record -> latest.put(record.header().name(), record));
        return latest;
    }

    private List<EscrowRecord> records() {
        return session
                .find(EscrowRecord.all().with(Attribute.OWNER, session.user().name()))
                .ids()
                .stream()
                .map(id -> EscrowRecord.decode(session.value(id)))
                .sorted(Comparator.comparingLong(record -> record.header().number()))
                .toList();
    }

    private static void requireName(String name) {
        if (name.isBlank() || name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw HsmException.argumentInvalid(
                    "a wallet's name in escrow has 1 to " + LONGEST_NAME + " characters and no control characters");
        }
    }
}
