package org.cofferhsm.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.pkcs11.TemplateBuilder.template;

import java.nio.charset.StandardCharsets;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.pkcs11.wire.Cka;
import org.cofferhsm.hsm.pkcs11.wire.Ckr;
import org.cofferhsm.hsm.pkcs11.wire.Login;
import org.cofferhsm.hsm.pkcs11.wire.Operation;
import org.junit.jupiter.api.Test;

/** PKCS#11 v3.1 §5.7: objects that are changed, copied and destroyed. */
class ObjectChangeTest extends ProgramTests {

    private static final String MASTER_KEY = "ORACLE.TDE.HSM.MK.069F37D091A73D4F13BF2CE921EB2CF080";

    @Test
    void changesAttributesInTheDirectionsThatTheStandardHas() {
        long session = program.loggedIn(ALICE);
        long key = aes(
                session,
                template().token("old").with(Attribute.EXTRACTABLE, true).with(Attribute.START_DATE, "20260101"));
        change(session, key, template().with(Attribute.LABEL, "new").with(Attribute.EXTRACTABLE, false));
        assertThat(program.attribute(session, key, Attribute.LABEL.code()))
                .isEqualTo("new".getBytes(StandardCharsets.US_ASCII));
        assertThat(program.attribute(session, key, Attribute.START_DATE.code()))
                .isEqualTo("20260101".getBytes(StandardCharsets.US_ASCII));
        refusedChange(Ckr.ATTRIBUTE_READ_ONLY, session, key, template().with(Attribute.EXTRACTABLE, true));
        refusedChange(Ckr.ATTRIBUTE_READ_ONLY, session, key, template().with(Attribute.VALUE_LENGTH, 16));
        refusedChange(Ckr.ATTRIBUTE_READ_ONLY, session, key, template().with(Attribute.TRUSTED, true));
        refusedChange(Ckr.ATTRIBUTE_VALUE_INVALID, session, key, template().with(Attribute.START_DATE, new byte[0]));
        change(session, key, template().with(Attribute.MODIFIABLE, false));
        refusedChange(Ckr.ACTION_PROHIBITED, session, key, template().with(Attribute.LABEL, "newer"));
    }

    /** Oracle makes its master keys unmodifiable; the policy still lets their owner retire one in two steps. */
    @Test
    void letsThePolicyDecideWhetherAnUnmodifiableObjectMayGo() {
        long session = program.loggedIn(ALICE);
        long key = aes(session, template().token(MASTER_KEY).with(Attribute.MODIFIABLE, false));
        refusedDestruction(session, key);
        refusedChange(
                Ckr.ACTION_PROHIBITED,
                session,
                key,
                template().with(Attribute.DESTROYABLE, true).with(Attribute.LABEL, "scratch"));
        refusedDestruction(session, key);

        change(session, key, template().with(Attribute.DESTROYABLE, true));
        change(session, key, template().with(Attribute.DESTROYABLE, false));
        refusedDestruction(session, key);

        change(session, key, template().with(Attribute.DESTROYABLE, true));
        program.call(Operation.DESTROY_OBJECT, out -> out.u64(session).u64(key));
        assertThat(program.find(session, template().with(Attribute.LABEL, MASTER_KEY)))
                .isEmpty();
    }

    private void refusedDestruction(long session, long key) {
        program.refused(
                Ckr.ACTION_PROHIBITED,
                Operation.DESTROY_OBJECT,
                out -> out.u64(session).u64(key));
    }

    private void change(long session, long key, TemplateBuilder template) {
        program.call(
                Operation.SET_ATTRIBUTES, out -> template.write(out.u64(session).u64(key)));
    }

    private void refusedChange(Ckr value, long session, long key, TemplateBuilder template) {
        program.refused(
                value,
                Operation.SET_ATTRIBUTES,
                out -> template.write(out.u64(session).u64(key)));
    }

    @Test
    void copiesASessionKeyIntoTheToken() {
        long session = program.loggedIn(ALICE);
        long key = aes(session, template());
        long copy = program.call(
                        Operation.COPY_OBJECT,
                        out -> template().token("copied").write(out.u64(session).u64(key)))
                .u64();
        assertThat(program.attribute(session, copy, Attribute.TOKEN.code())).containsExactly(1);
        program.close(session);
        long next = program.loggedIn(ALICE);
        assertThat(program.find(next, template())).containsExactly(copy);
        long single = aes(next, template().with(Attribute.COPYABLE, false));
        program.refused(
                Ckr.ACTION_PROHIBITED,
                Operation.COPY_OBJECT,
                out -> template().write(out.u64(next).u64(single)));
        long lasting = aes(next, template().with(Attribute.DESTROYABLE, false));
        refusedDestruction(next, lasting);
    }

    @Test
    void letsTheSecurityOfficerTrustAWrappingKey() {
        long session = program.loggedIn(ALICE);
        long key = aes(session, template().token("wrap").with(Attribute.WRAP, true));
        program.logout(session);
        program.login(session, Login.SO, ADMIN);
        change(session, key, template().with(Attribute.TRUSTED, true));
        assertThat(program.find(session, template().with(Attribute.TRUSTED, true)))
                .containsExactly(key);
        assertThat(program.hidden(session, key, Cka.VALUE)).isEqualTo(Ckr.ATTRIBUTE_SENSITIVE);
    }
}
