package org.cofferhsm.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.pkcs11.TemplateBuilder.template;

import java.util.concurrent.CompletableFuture;
import org.cofferhsm.hsm.KeyFile;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.pkcs11.wire.Ckr;
import org.cofferhsm.hsm.pkcs11.wire.Login;
import org.cofferhsm.hsm.pkcs11.wire.Operation;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;
import org.junit.jupiter.api.Test;

/** PKCS#11 v3.1 §5.6: sessions, and what ends with them. */
class SessionRulesTest extends ProgramTests {

    @Test
    void refusesSessionsThatAreNotSerialOrHaveANumberTaken() {
        program.refused(
                Ckr.SESSION_PARALLEL_NOT_SUPPORTED,
                Operation.OPEN_SESSION,
                out -> out.u64(9).u32(2));
        program.refused(
                Ckr.ARGUMENTS_BAD, Operation.OPEN_SESSION, out -> out.u64(0).u32(4));
        long session = program.open(Program.READ_ONLY);
        program.refused(
                Ckr.ARGUMENTS_BAD,
                Operation.OPEN_SESSION,
                out -> out.u64(session).u32(4));
    }

    @Test
    void limitsTheSessionsOfAProgram() {
        for (int i = 0; i < 4096; i++) {
            program.open(Program.READ_ONLY);
        }
        program.refused(
                Ckr.SESSION_COUNT,
                Operation.OPEN_SESSION,
                out -> out.u64(99_999).u32(4));
        program.call(Operation.CLOSE_ALL_SESSIONS, out -> {});
        program.open(Program.READ_ONLY);
    }

    @Test
    void knowsNoClosedSession() {
        long session = program.open(Program.READ_ONLY);
        program.close(session);
        program.refused(Ckr.SESSION_HANDLE_INVALID, Operation.CLOSE_SESSION, out -> out.u64(session));
        program.refused(
                Ckr.SESSION_HANDLE_INVALID,
                Operation.RANDOM,
                out -> out.u64(session).u32(8));
    }

    @Test
    void keepsTheSecurityOfficerAndReadOnlySessionsApart() {
        long readOnly = program.open(Program.READ_ONLY);
        program.refused(Ckr.SESSION_READ_ONLY_EXISTS, Operation.LOGIN, Program.pin(readOnly, Login.SO, ADMIN));
        program.close(readOnly);
        long session = program.open(Program.READ_WRITE);
        program.login(session, Login.SO, ADMIN);
        program.refused(
                Ckr.SESSION_READ_WRITE_SO_EXISTS,
                Operation.OPEN_SESSION,
                out -> out.u64(77).u32(4));
        refusedKey(Ckr.USER_NOT_LOGGED_IN, session, template().with(Attribute.VALUE_LENGTH, 16));
    }

    @Test
    void changesNoTokenObjectInAReadOnlySession() {
        long writing = program.loggedIn(ALICE);
        long key = aes(writing, template().token("here"));
        long reading = program.open(Program.READ_ONLY);
        refusedKey(Ckr.SESSION_READ_ONLY, reading, template().token("there").with(Attribute.VALUE_LENGTH, 16));
        program.refused(
                Ckr.SESSION_READ_ONLY,
                Operation.DESTROY_OBJECT,
                out -> out.u64(reading).u64(key));
        program.refused(
                Ckr.SESSION_READ_ONLY,
                Operation.SET_ATTRIBUTES,
                out -> template()
                        .with(Attribute.LABEL, "other")
                        .write(out.u64(reading).u64(key)));
        aes(reading, template());
        program.call(Operation.DESTROY_OBJECT, out -> out.u64(writing).u64(key));
    }

    @Test
    void destroysSessionObjectsWithTheSessionThatMadeThem() {
        long making = program.loggedIn(ALICE);
        long other = program.open(Program.READ_WRITE);
        long key = aes(making, template().with(Attribute.LABEL, "short-lived").with(Attribute.DESTROYABLE, false));
        assertThat(program.find(other, template().with(Attribute.LABEL, "short-lived")))
                .containsExactly(key);
        program.close(making);
        assertThat(program.find(other, template().with(Attribute.LABEL, "short-lived")))
                .isEmpty();
        program.refused(
                Ckr.OBJECT_HANDLE_INVALID,
                Operation.OBJECT_SIZE,
                out -> out.u64(other).u64(key));
        program.refused(
                Ckr.KEY_HANDLE_INVALID,
                Operation.KEY_FACTS,
                out -> out.u64(other).u64(key));
    }

    @Test
    void leavesNoObjectOfASessionThatIsClosedWhileItMakesSome() {
        long other = program.loggedIn(ALICE);
        for (int round = 0; round < 200; round++) {
            long session = program.open(Program.READ_WRITE);
            CompletableFuture<Void> making = CompletableFuture.runAsync(() -> makeUntilRefused(session));
            program.close(session);
            making.join();
        }
        assertThat(program.find(other, template())).isEmpty();
    }

    private void makeUntilRefused(long session) {
        int status = 0;
        while (status == 0) {
            status = program.answer(
                    Operation.GENERATE_KEY.number(),
                    out -> template()
                            .with(Attribute.VALUE_LENGTH, 32)
                            .write(out.u64(session)
                                    .u64(MechanismType.AES_KEY_GEN.code())
                                    .u8(0)),
                    new MessageWriter(64));
        }
    }

    @Test
    void tellsOfTheToken() {
        MessageReader info = program.call(Operation.TOKEN_INFO, out -> {});
        assertThat(info.text()).isEqualTo("coffer");
        assertThat(info.text()).isEqualTo("Coffer");
        assertThat(info.text()).isEqualTo("1.0");
        assertThat(info.u32()).isEqualTo(0x44d);
        assertThat(info.u32()).isEqualTo(160);
        assertThat(info.u32()).isEqualTo(8);
        assertThat(info.u64()).isPositive();
        info.end();
    }

    @Test
    void saysThatALockedModuleIsNotPresent() {
        long session = program.loggedIn(ALICE);
        module.hsm().lock();
        refusedKey(Ckr.TOKEN_NOT_PRESENT, session, template().with(Attribute.VALUE_LENGTH, 16));
        module.hsm().unlock(KeyFile.in(module.home()));
        program.login(session, Login.USER, ALICE);
    }
}
