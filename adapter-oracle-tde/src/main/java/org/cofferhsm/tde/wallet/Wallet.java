package org.cofferhsm.tde.wallet;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cofferhsm.hsm.error.HsmException;

/**
 * What a wallet holds: its secrets, in their order. Closing it wipes them.
 *
 * @param others how many keys and certificates the file holds besides, which are not read
 */
public record Wallet(List<WalletEntry> entries, int others) implements AutoCloseable {

    public Wallet {
        entries = List.copyOf(entries);
        Set<String> names = new HashSet<>();
        for (WalletEntry entry : entries) {
            if (!names.add(entry.name())) {
                throw HsmException.dataInvalid(
                        "the wallet holds " + entry.name() + " twice; which one counts is" + " not for us to say");
            }
        }
    }

    /** A wallet of secrets only. */
    static Wallet of(List<WalletEntry> entries) {
        return new Wallet(entries, 0);
    }

    /** Its TDE master keys, in the order of the file. */
    public List<WalletMasterKey> masterKeys() {
        return WalletMasterKey.in(this);
    }

    Optional<WalletEntry> find(String name) {
        return entries.stream().filter(entry -> entry.name().equals(name)).findFirst();
    }

    @Override
    public void close() {
        entries.forEach(WalletEntry::close);
    }
}
