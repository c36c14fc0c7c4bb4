package org.cofferhsm.hsm;

import java.nio.file.Path;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.KeyTemplate;
import org.cofferhsm.hsm.key.Usage;
import org.cofferhsm.hsm.session.Session;

/**
 * The process that {@link ModuleKillTest} kills: makes keys, names each after its handle, destroys every third, and says
 * so on a line that ends in a dot once the module has acknowledged it.
 */
final class ModuleKillWorker {

    private ModuleKillWorker() {}

    public static void main(String[] args) {
        Path home = Path.of(args[0]);
        try (Hsm hsm = Hsm.open(home).unlock(KeyFile.in(home));
                Session alice = hsm.login("alice", ModuleFixture.ALICE_PIN)) {
            System.out.println("ready");
            for (int i = 0; ; i++) {
                KeyId key = alice.generate(KeyTemplate.aes(256).allowing(Usage.ENCRYPT));
                alice.change(key, Attributes.of(Attribute.LABEL, "kill-" + key));
                if (i % 3 == 0) {
                    alice.destroy(key);
                    System.out.println("destroyed " + key + " .");
                } else {
                    System.out.println("kept " + key + " .");
                }
            }
        }
    }
}
