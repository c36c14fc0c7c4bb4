package org.cofferhsm.tde.wallet;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a database's wallet holds, with the public examples' keys. */
public final class SampleWallet {

    public static final String PASSWORD = "Geheim-und-länger-16";
    public static final String FIRST = "AWGDC9glSk8Xv+3bVveiVSgAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    public static final String SECOND = "AdAI4ksPz0//v5j6Cjf8ZQ0AAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    public static final String FIRST_VALUE =
            "AEMAASAASGYs0phWHfNt9J5mEMkkegGFiD4LLfQszDojgDzbfoYDEACv0x3pJC+UGD/PdtE2jLIcBQcAeHgJChQGLA==";
    public static final String SECOND_VALUE =
            "AEMAASAAzz8dfB/n5MWRlEBxs6Ya3YAUQGHA4EVpvVIho0wBGMYDEAA9MiwNkiHGAkd9O6b3yCnhBQcAeHsLBg8DFQ==";
    public static final String GUID = "82BCD64B5E077D62E05329101053F341";

    private SampleWallet() {}

    public static Map<String, String> secrets() {
        return new TreeMap<>(Map.of(
                EntryNames.KEY + FIRST,
                FIRST_VALUE,
                EntryNames.KEY + SECOND,
                SECOND_VALUE,
                EntryNames.CURRENT,
                SECOND,
                EntryNames.CURRENT + "." + GUID,
                SECOND,
                EntryNames.METADATA + SECOND,
                "whatever Oracle notes",
                "ORACLE.SECURITY.ID.ENCRYPTION.",
                "an identifier",
                EntryNames.HSM_PASSWORD,
                "tde_user:Pîn-€-42"));
    }

    public static Wallet of(Map<String, String> secrets) {
        List<WalletEntry> entries = new ArrayList<>();
        secrets.forEach((name, value) -> entries.add(WalletEntry.of(name, value.toCharArray())));
        return Wallet.of(entries);
    }

    public static Map<String, String> secretsOf(Wallet wallet) {
        Map<String, String> secrets = new TreeMap<>();
        for (WalletEntry entry : wallet.entries()) {
            secrets.put(entry.name(), entry.value().use(bytes -> new String(bytes, StandardCharsets.UTF_8)));
        }
        return secrets;
    }
}
