package org.cofferhsm.tde;

import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.cofferhsm.hsm.key.Octets;

/**
 * A row of {@code V$ENCRYPTION_KEYS} for a master key in the module.
 *
 * @param id the key's identifier: 17 bytes of a unified master key, 19 of an older one of tablespaces
 * @param history what this keystore did with it; empty when only Oracle knows
 * @param object the key in the module; empty when it is not there any more
 */
public record EncryptionKey(Octets id, Optional<MasterKey> history, Optional<Found> object) {

    /**
     * The key as the module has it.
     *
     * @param creator its owner
     * @param local whether it was made in the module
     */
    public record Found(String creator, boolean local) {}

    private static final int KEY_ID_BYTES = 39;

    /** The identifier as the view shows it for wallets: 39 bytes, filled up with zeros, in base64. */
    public String keyId() {
        return Base64.getEncoder().encodeToString(Arrays.copyOf(id.toByteArray(), KEY_ID_BYTES));
    }

    /** The identifier as the label in the module and {@code PROPS$} have it. */
    public String hex() {
        return id.toHex().toUpperCase(Locale.ROOT);
    }

    public boolean current() {
        return history.filter(MasterKey::current).isPresent();
    }

    /** The view's columns by their names, as far as a keystore knows them; an empty text is SQL's null. */
    public Map<String, String> columns() {
        Optional<Moment> creation = history.flatMap(MasterKey::creation);
        Optional<Moment> activation = history.flatMap(MasterKey::activation);
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("KEY_ID", keyId());
        columns.put("KEY_ID_HEX", hex());
        columns.put("TAG", history.map(MasterKey::tag).orElse(""));
        columns.put("CREATION_TIME", time(creation));
        columns.put("ACTIVATION_TIME", time(activation));
        columns.put("CREATOR", object.map(Found::creator).orElse(""));
        columns.put("KEY_USE", activation.isPresent() ? "TDE IN PDB" : "");
        columns.put("KEYSTORE_TYPE", "HSM");
        columns.put(
                "ORIGIN",
                object.map(found -> found.local() ? "LOCAL" : "IMPORTED").orElse(""));
        columns.put("BACKED_UP", "NO");
        columns.put("CREATOR_PDBNAME", container(creation));
        columns.put("ACTIVATING_PDBNAME", container(activation));
        columns.put("MASTER_KEY", current() ? "CURRENT" : "");
        columns.put("IN_MODULE", object.isPresent() ? "YES" : "NO");
        return columns;
    }

    private static String time(Optional<Moment> moment) {
        return moment.map(found -> found.time().toString()).orElse("");
    }

    private static String container(Optional<Moment> moment) {
        return moment.map(found -> found.container().name()).orElse("");
    }
}
