package org.cofferhsm.hsm.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.hsm.command.UsageException;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;

/** Bytes that a command takes: a file by {@code --X-path}, or Base64 by {@code --X}. */
final class BinaryInput {

    private BinaryInput() {}

    static void declare(OptionSet options, String name, String what) {
        options.value(name + "-path", "FILE", what + ", in a file").value(name, "BASE64", what + ", here");
    }

    static byte[] of(Invocation invocation, String name) {
        if (invocation.has(name) == invocation.has(name + "-path")) {
            throw new UsageException("write either --" + name + "-path or --" + name);
        }
        return invocation.findPath(name + "-path").map(BinaryInput::read).orElseGet(() -> base64(invocation, name));
    }

    static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw HsmException.argumentInvalid(
                            "the file " + file + " cannot be read: it is missing or not readable by" + " this user")
                    .causedBy(e);
        }
    }

    private static byte[] base64(Invocation invocation, String name) {
        try {
            return Base64.getDecoder().decode(invocation.get(name));
        } catch (IllegalArgumentException e) {
            throw (UsageException) new UsageException("--" + name + " takes Base64 (RFC 4648 §4)").initCause(e);
        }
    }

    /** The value of an option in hex, empty when it is absent. */
    static Octets hex(Invocation invocation, String name) {
        String digits = invocation.find(name).orElse("");
        try {
            return Octets.of(HexFormat.of().parseHex(digits.startsWith("0x") ? digits.substring(2) : digits));
        } catch (IllegalArgumentException e) {
            throw (UsageException) new UsageException("--" + name + " takes hex digits").initCause(e);
        }
    }
}
