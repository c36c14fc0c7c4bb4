package org.cofferhsm.ekm.quickstart;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.spi.OutsideProgram;
import org.cofferhsm.hsm.spi.StepFile;

/** Encrypts under an exported public key outside the module: by {@code openssl} where present, else by the JDK. */
final class OaepSender {

    private final Optional<OutsideProgram> openssl = OutsideProgram.find("openssl");

    /** RSAES-OAEP with SHA-256 and MGF1 of SHA-256; the key is left in {@code pem} for other programs. */
    byte[] encrypt(RSAPublicKey key, Path pem, byte[] plaintext) {
        write(key, pem);
        return openssl.map(program -> byOpenssl(program, pem, plaintext)).orElseGet(() -> byJdk(key, plaintext));
    }

    private static void write(RSAPublicKey key, Path pem) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
        String text = "-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n";
        new StepFile(pem).write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] byOpenssl(OutsideProgram openssl, Path pem, byte[] plaintext) {
        String padding = "rsa_padding_mode:oaep -pkeyopt rsa_oaep_md:sha256 -pkeyopt rsa_mgf1_md:sha256";
        String[] arguments = Stream.concat(
                        Stream.of("pkeyutl", "-encrypt", "-pubin", "-inkey", pem.toString()),
                        Stream.of(("-pkeyopt " + padding).split(" ")))
                .toArray(String[]::new);
        return openssl.run(plaintext, arguments)
                .orComplain("openssl could not encrypt under " + pem)
                .output();
    }

    private static byte[] byJdk(RSAPublicKey key, byte[] plaintext) {
        try {
            Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    key,
                    new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT));
            return cipher.doFinal(plaintext);
        } catch (GeneralSecurityException e) {
            throw HsmException.internal("the JDK could not encrypt under the exported key")
                    .causedBy(e);
        }
    }

    /** The program that encrypts, with its version. */
    String name() {
        return openssl.map(OaepSender::version).orElse("JDK " + Runtime.version());
    }

    private static String version(OutsideProgram openssl) {
        String[] words =
                openssl.run("version").orComplain("openssl version").text().split(" ");
        return String.join(" ", Arrays.copyOf(words, 2)) + " (pkeyutl)";
    }
}
