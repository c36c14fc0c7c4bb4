package org.cofferhsm.tde.wallet.cli;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.command.Fields;
import org.cofferhsm.hsm.command.Table;
import org.cofferhsm.tde.wallet.EscrowReport;
import org.cofferhsm.tde.wallet.EscrowedKey;
import org.cofferhsm.tde.wallet.Wallet;
import org.cofferhsm.tde.wallet.WalletEntry;
import org.cofferhsm.tde.wallet.WalletMasterKey;

/** What the commands on wallets say. */
final class WalletAnswers {

    static final String NOT_FOUND_BY_ORACLE =
            "Oracle does not look for these keys in the module: a database finds them in a wallet that is rebuilt by"
                    + " coffer tde export-wallet";
    private static final String NOT_KEPT = " keys or certificates of the wallet are not read and not kept";

    private WalletAnswers() {}

    /** What a wallet holds: never a value. */
    static Answer content(Wallet wallet) {
        List<WalletMasterKey> keys = wallet.masterKeys();
        List<String> names = wallet.entries().stream()
                .map(WalletEntry::name)
                .filter(name -> keys.stream().noneMatch(key -> name.endsWith("DB.ENCRYPTION." + key.id())))
                .toList();
        return Answer.of(
                () -> new Fields()
                        .with(
                                "master_keys",
                                keys.stream().map(WalletAnswers::fields).toList())
                        .with("other_entries", names)
                        .with("not_read", wallet.others())
                        .map(),
                width -> {
                    List<String> lines = new ArrayList<>(Table.of(
                                    List.of("MASTER KEY", "MADE", "BITS", "IN USE BY", "METADATA"),
                                    keys.stream().map(WalletAnswers::row).toList())
                            .lines(width));
                    lines.add("");
                    lines.add("Other entries: " + (names.isEmpty() ? "none" : String.join(", ", names)));
                    addOthers(lines, wallet.others());
                    return lines;
                });
    }

    private static List<String> row(WalletMasterKey key) {
        return List.of(
                key.id().text(),
                text(key.made()),
                key.bits() == 0 ? "?" : String.valueOf(key.bits()),
                String.join(
                        ", ",
                        key.currentOf().stream().map(WalletAnswers::database).toList()),
                key.described() ? "yes" : "no");
    }

    private static String database(String guid) {
        return guid.isEmpty() ? "the database" : guid;
    }

    private static Map<String, Object> fields(WalletMasterKey key) {
        return new Fields()
                .with("id", key.id().text())
                .with("made", text(key.made()))
                .with("bits", key.bits())
                .with("in_use_by", key.currentOf())
                .with("metadata", key.described())
                .map();
    }

    /** What an import did, or would do. */
    static Answer report(String name, EscrowReport report, boolean done) {
        return Answer.of(
                () -> new Fields()
                        .with("wallet", name)
                        .with("imported", done)
                        .with("added", report.added())
                        .with("changed", report.changed())
                        .with("present", report.present())
                        .with("not_kept", report.others())
                        .map(),
                width -> lines(name, report, done));
    }

    private static List<String> lines(String name, EscrowReport report, boolean done) {
        long added = EscrowReport.keys(report.added());
        long present = EscrowReport.keys(report.present());
        List<String> lines = new ArrayList<>();
        lines.add((done ? "In escrow as \"" : "Nothing was changed. An import as \"") + name + "\""
                + (done ? ": " : " would do: ") + added + " master keys added, " + present + " there already; "
                + (report.added().size() - added) + " other entries added, "
                + report.changed().size() + " changed, " + (report.present().size() - present) + " there already");
        addOthers(lines, report.others());
        lines.add(NOT_FOUND_BY_ORACLE);
        return lines;
    }

    private static void addOthers(List<String> lines, int others) {
        if (others > 0) {
            lines.add(others + NOT_KEPT);
        }
    }

    /** What is in escrow. */
    static Answer escrow(List<EscrowedKey> keys) {
        return Answer.of(
                () -> new Fields()
                        .with(
                                "master_keys",
                                keys.stream().map(WalletAnswers::fields).toList())
                        .map(),
                width -> keys.isEmpty()
                        ? List.of("No master keys of wallets are in escrow")
                        : Table.of(
                                        List.of("WALLET", "MASTER KEY", "MADE", "IN ESCROW SINCE"),
                                        keys.stream().map(WalletAnswers::row).toList())
                                .lines(width));
    }

    private static List<String> row(EscrowedKey key) {
        return List.of(
                key.wallet(), key.id().text(), text(key.made()), key.escrowed().toString());
    }

    private static Map<String, Object> fields(EscrowedKey key) {
        return new Fields()
                .with("wallet", key.wallet())
                .with("id", key.id().text())
                .with("made", text(key.made()))
                .with("in_escrow_since", key.escrowed().toString())
                .map();
    }

    private static String text(Optional<LocalDateTime> made) {
        return made.map(LocalDateTime::toString).orElse("");
    }
}
