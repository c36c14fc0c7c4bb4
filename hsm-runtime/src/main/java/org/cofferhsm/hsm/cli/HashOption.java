package org.cofferhsm.hsm.cli;

import java.util.Locale;
import java.util.Optional;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.hsm.command.UsageException;
import org.cofferhsm.hsm.key.Hash;

/** The options that name a hash function: {@code sha256}, and {@code mgf1-sha256} for a mask generation function. */
final class HashOption {

    private static final String MGF1 = "mgf1-";

    private HashOption() {}

    static void declare(OptionSet options) {
        options.value("hash-function", "NAME", "sha256 unless said otherwise; sha1, sha224, sha384, sha512");
    }

    static void declareWithMgf(OptionSet options) {
        declare(options);
        options.value("mgf", "NAME", "mgf1- and the name of a hash; that of the hash function unless said otherwise");
    }

    static Hash hash(Invocation invocation) {
        return invocation
                .find("hash-function")
                .map(name -> named("hash-function", name, name))
                .orElse(Hash.SHA256);
    }

    static Hash mgf(Invocation invocation) {
        Optional<String> name = invocation.find("mgf");
        name.filter(text -> !text.toLowerCase(Locale.ROOT).startsWith(MGF1)).ifPresent(text -> {
            throw unknown("mgf", text);
        });
        return name.map(text -> named("mgf", text, text.substring(MGF1.length())))
                .orElseGet(() -> hash(invocation));
    }

    private static Hash named(String option, String typed, String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "sha1" -> Hash.SHA1;
            case "sha224" -> Hash.SHA224;
            case "sha256" -> Hash.SHA256;
            case "sha384" -> Hash.SHA384;
            case "sha512" -> Hash.SHA512;
            default -> throw unknown(option, typed);
        };
    }

    private static UsageException unknown(String option, String typed) {
        return new UsageException("--" + option + " does not know \"" + typed + "\"");
    }
}
