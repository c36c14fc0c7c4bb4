package org.cofferhsm.samples;

import static org.cofferhsm.hsm.key.Usage.DECRYPT;
import static org.cofferhsm.hsm.key.Usage.ENCRYPT;
import static org.cofferhsm.hsm.key.Usage.SIGN;
import static org.cofferhsm.hsm.key.Usage.VERIFY;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Algorithm;
import org.cofferhsm.hsm.key.Curve;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.KeyPairIds;
import org.cofferhsm.hsm.key.KeyPairTemplate;
import org.cofferhsm.hsm.key.KeyTemplate;
import org.cofferhsm.hsm.session.Session;

/** Embedding Coffer in a Java program: keys that encrypt and sign but cannot be taken out. */
public final class EmbedInJava {

    private EmbedInJava() {}

    public static void main(String[] arguments) {
        DemoModule.run(arguments, "app", session -> run(session, DemoModule.out()));
    }

    static void run(Session session, PrintStream out) {
        byte[] document = "pay 100 to Grace".getBytes(StandardCharsets.UTF_8);

        KeyId key = session.find("documents")
                .first()
                .orElseGet(() -> session.generate(
                        KeyTemplate.aes(256).labelled("documents").allowing(ENCRYPT, DECRYPT)));
        byte[] sealed = session.encrypt(key, Algorithm.AES_GCM, document);
        byte[] opened = session.decrypt(key, Algorithm.AES_GCM, sealed);
        out.println("encrypted under " + key + " and back: " + new String(opened, StandardCharsets.UTF_8));

        KeyPairIds pair = session.generate(
                KeyPairTemplate.ec(Curve.P256).allowing(SIGN, VERIFY).forSession());
        byte[] signature = session.sign(pair.privateKey(), Algorithm.ECDSA_SHA256, document);
        boolean authentic = session.verify(pair.publicKey(), Algorithm.ECDSA_SHA256, document, signature);
        out.println("signed by " + pair.privateKey() + ", authentic: " + authentic);

        try {
            session.value(key);
        } catch (HsmException e) {
            out.println("taking the key out: " + e.reason());
        }
    }
}
