package org.cofferhsm.tde.wallet;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A TDE master key in a wallet, without its value.
 *
 * @param made the date that is stored with it, as Oracle wrote it; it has no time zone
 * @param bits its length, or 0 when its value has a form that is not known here and is kept as it is
 * @param currentOf for which databases the wallet says that it is in use: GUIDs of pluggable databases, or an empty string
 *     for the database itself
 * @param described whether the wallet holds Oracle's own notes about it, such as its tag, in a form that is not documented
 */
public record WalletMasterKey(
        WalletKeyId id, Optional<LocalDateTime> made, int bits, List<String> currentOf, boolean described) {

    public WalletMasterKey {
        currentOf = List.copyOf(currentOf);
    }

    /** Whether it is in use somewhere. */
    public boolean current() {
        return !currentOf.isEmpty();
    }

    static List<WalletMasterKey> in(Wallet wallet) {
        return wallet.entries().stream()
                .flatMap(entry -> EntryNames.key(entry.name()).map(id -> of(wallet, id, entry)).stream())
                .toList();
    }

    private static WalletMasterKey of(Wallet wallet, WalletKeyId id, WalletEntry entry) {
        Optional<MasterKeyValue> value = MasterKeyValue.decode(entry.value());
        return new WalletMasterKey(
                id,
                value.flatMap(MasterKeyValue::made),
                value.map(MasterKeyValue::keyBytes).orElse(0) * Byte.SIZE,
                currentOf(wallet, id),
                wallet.find(EntryNames.METADATA + id).isPresent());
    }

    private static List<String> currentOf(Wallet wallet, WalletKeyId id) {
        return wallet.entries().stream()
                .filter(entry -> isIdentifier(entry, id))
                .flatMap(entry -> EntryNames.currentOf(entry.name()).stream())
                .toList();
    }

    private static boolean isIdentifier(WalletEntry entry, WalletKeyId id) {
        return entry.value().use(bytes -> Arrays.equals(bytes, id.text().getBytes(StandardCharsets.US_ASCII)));
    }
}
