package org.cofferhsm.tde.quickstart;

import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.spi.OutsideProgram;
import org.cofferhsm.tde.TablespaceKey;

/** Decrypts a page by {@code openssl enc} where it is present, else by the JDK's own cipher. */
final class PageCheck {

    private final Optional<OutsideProgram> openssl = OutsideProgram.find("openssl");

    /** Complains unless the page decrypts to its rows. */
    void check(TablespaceKey key, int number, byte[] page, Path file) {
        byte[] plain = openssl.map(program -> byOpenssl(program, key, number, file))
                .orElseGet(() -> Tablespace.decrypt(key, number, page));
        if (!Arrays.equals(plain, Tablespace.plainPage(number))) {
            throw HsmException.encryptedDataInvalid(
                    "page " + number + " in " + file + " does not decrypt to what was written");
        }
    }

    private static byte[] byOpenssl(OutsideProgram openssl, TablespaceKey key, int number, Path file) {
        String salt = HexFormat.of().formatHex(Tablespace.salt(number));
        char[] passphrase = Tablespace.passphrase(key);
        byte[] input =
                StandardCharsets.US_ASCII.encode(CharBuffer.wrap(passphrase)).array();
        try {
            return openssl.run(input, arguments(salt, file))
                    .orComplain("openssl could not decrypt " + file)
                    .output();
        } finally {
            Arrays.fill(input, (byte) 0);
            Arrays.fill(passphrase, '\0');
        }
    }

    private static String[] arguments(String salt, Path file) {
        return Stream.concat(
                        Stream.of("enc -d -aes-256-cbc -nopad -md sha256 -pbkdf2 -iter 1 -pass stdin".split(" ")),
                        Stream.of("-S", salt, "-in", file.toString()))
                .toArray(String[]::new);
    }

    /** The program that decrypts, with its version. */
    String name() {
        return openssl.map(PageCheck::version).orElse("JDK " + Runtime.version());
    }

    private static String version(OutsideProgram openssl) {
        String[] words =
                openssl.run("version").orComplain("openssl version").text().split(" ");
        return String.join(" ", Arrays.copyOf(words, 2)) + " (enc)";
    }
}
