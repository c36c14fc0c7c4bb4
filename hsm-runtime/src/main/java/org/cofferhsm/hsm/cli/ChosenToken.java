package org.cofferhsm.hsm.cli;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.hsm.command.UsageException;
import org.cofferhsm.hsm.cryptoki.ForeignToken;
import org.cofferhsm.hsm.error.HsmException;

/** The one token of another module that the options mean. */
final class ChosenToken {

    private ChosenToken() {}

    static void declare(OptionSet options) {
        options.value("token-label", "TEXT", "which of the module's tokens; needless when there is one")
                .value("slot", "NUMBER", "the same by its slot, in decimal or as 0x...");
    }

    static ForeignToken of(Invocation invocation, List<ForeignToken> tokens) {
        Optional<String> label = invocation.find("token-label");
        Optional<Long> slot = invocation.find("slot").map(ChosenToken::number);
        List<ForeignToken> fitting = tokens.stream()
                .filter(token -> label.isEmpty() || label.get().equals(token.label()))
                .filter(token -> slot.isEmpty() || slot.get() == token.slot())
                .toList();
        if (fitting.size() != 1) {
            throw HsmException.argumentInvalid((fitting.isEmpty() ? "no token fits" : "several tokens fit")
                    + "; name one of these by --token-label or --slot: " + listed(tokens));
        }
        return fitting.get(0);
    }

    private static String listed(List<ForeignToken> tokens) {
        return tokens.isEmpty()
                ? "the module has none"
                : tokens.stream()
                        .map(token -> "\"" + token.label() + "\" (slot " + token.slot() + ")")
                        .collect(Collectors.joining(", "));
    }

    private static long number(String text) {
        try {
            return Long.decode(text);
        } catch (NumberFormatException e) {
            throw new UsageException("--slot takes a number, not \"" + text + "\"");
        }
    }
}
