package org.cofferhsm.hsm.pkcs11;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.cofferhsm.hsm.ModuleFixture;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.pkcs11.wire.Ckr;
import org.cofferhsm.hsm.pkcs11.wire.Operation;
import org.cofferhsm.hsm.spi.MessageWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A module, and a program that uses it through Cryptoki. */
public abstract class ProgramTests {

    protected static final String ALICE = "alice:alice-pin-1";
    protected static final String BOB = "bob:bob-pin-0001";
    protected static final String ADMIN = "admin-pin-1";
    protected static final byte[] DATA = "data to be protected".getBytes(StandardCharsets.US_ASCII);

    protected ModuleFixture module;
    protected Program program;

    @BeforeEach
    void start(@TempDir Path home) {
        module = ModuleFixture.in(home);
        program = Program.of(module.hsm());
    }

    @AfterEach
    void end() {
        program.close();
        module.close();
    }

    protected long aes(long session, TemplateBuilder template) {
        return program.generate(session, MechanismType.AES_KEY_GEN.code(), template.with(Attribute.VALUE_LENGTH, 32));
    }

    /** A key that is not made. */
    protected void refusedKey(Ckr value, long session, TemplateBuilder template) {
        program.refused(
                value,
                Operation.GENERATE_KEY,
                out -> template.write(
                        out.u64(session).u64(MechanismType.AES_KEY_GEN.code()).u8(0)));
    }

    /** A mechanism without a parameter, on a key. */
    protected static MessageWriter plain(MessageWriter out, long session, MechanismType type, long key) {
        return out.u64(session).u64(type.code()).u8(0).u64(key);
    }
}
