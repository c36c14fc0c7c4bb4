package org.cofferhsm.tde.wallet;

import java.util.ArrayList;
import java.util.List;
import org.cofferhsm.hsm.error.HsmException;

/**
 * The wallet by which a database logs in to an HSM without being asked: what {@code ADMINISTER KEY MANAGEMENT ADD SECRET
 * '…' FOR CLIENT 'HSM_PASSWORD'} makes.
 */
public final class HsmPasswordWallet {

    private HsmPasswordWallet() {}

    /** A wallet of that secret alone. The login, {@code user:PIN}, stays the caller's to wipe. */
    public static Wallet of(char[] login) {
        return Wallet.of(List.of(secret(login)));
    }

    /** What a wallet holds, with that secret in it; another one of that name is replaced. */
    public static Wallet in(Wallet wallet, char[] login) {
        List<WalletEntry> entries = new ArrayList<>();
        for (WalletEntry entry : wallet.entries()) {
            if (!entry.name().equals(EntryNames.HSM_PASSWORD)) {
                entries.add(entry.copy());
            }
        }
        entries.add(secret(login));
        return new Wallet(entries, wallet.others());
    }

    private static WalletEntry secret(char[] login) {
        int colon = 0;
        while (colon < login.length && login[colon] != ':') {
            colon++;
        }
        if (colon == 0 || colon >= login.length - 1) {
            throw HsmException.argumentInvalid("the database logs in by user:PIN, the crypto user and a colon first");
        }
        return WalletEntry.of(EntryNames.HSM_PASSWORD, login);
    }
}
