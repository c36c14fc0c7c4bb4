package org.cofferhsm.hsm.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.command.Fields;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.Octets;

/**
 * A wrapped key, as CloudHSM gives it.
 *
 * @param iv the IV, where it is told apart from the wrapped key
 */
record WrappedKey(KeyId payload, KeyId wrapping, Optional<Octets> iv, byte[] data) {

    /** @param wrapped what the module gave: for AES-GCM the IV and then the rest */
    static WrappedKey of(WrapMechanism mechanism, KeyId payload, KeyId wrapping, byte[] wrapped) {
        if (mechanism != WrapMechanism.AES_GCM) {
            return new WrappedKey(payload, wrapping, Optional.empty(), wrapped);
        }
        Octets iv = Octets.of(Arrays.copyOf(wrapped, WrapMechanism.IV_BYTES));
        byte[] rest = Arrays.copyOfRange(wrapped, WrapMechanism.IV_BYTES, wrapped.length);
        return new WrappedKey(payload, wrapping, Optional.of(iv), rest);
    }

    Answer answer(Optional<Path> writtenTo) {
        return Answer.of(() -> fields(writtenTo), width -> lines(writtenTo));
    }

    private Map<String, Object> fields(Optional<Path> writtenTo) {
        Fields fields = new Fields()
                .with("payload_key_reference", payload.toString())
                .with("wrapping_key_reference", wrapping.toString());
        iv.ifPresent(octets -> fields.with("iv", octets.toString()));
        if (writtenTo.isEmpty()) {
            fields.with("wrapped_key_data", base64());
        }
        return fields.map();
    }

    private List<String> lines(Optional<Path> writtenTo) {
        List<String> lines = new ArrayList<>();
        lines.add("Wrapped " + payload + " under " + wrapping + ": " + data.length + " bytes"
                + writtenTo.map(file -> " in " + file).orElse(""));
        iv.ifPresent(octets -> lines.add("IV " + octets));
        if (writtenTo.isEmpty()) {
            lines.add(base64());
        }
        return lines;
    }

    private String base64() {
        return Base64.getEncoder().encodeToString(data);
    }
}
