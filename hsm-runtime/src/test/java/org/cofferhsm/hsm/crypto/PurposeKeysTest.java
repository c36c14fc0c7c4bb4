package org.cofferhsm.hsm.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cofferhsm.hsm.crypto.Given.bytes;
import static org.cofferhsm.hsm.crypto.Given.refused;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.key.SecretBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PurposeKeysTest {
    private final Engine engine = Engine.fastest();
    private final PurposeKeys keys = new PurposeKeys(engine, SecretBytes.owning(new byte[32]));

    /** Of a master key of zeros, by OpenSSL 3 (kdf HKDF): these may never change, or no module opens any more. */
    @ParameterizedTest
    @CsvSource({
        "OBJECTS, 2f2f710a5da370f588a9aa436e7c16e47857407b90f1a81d0f13734136f7c5c8",
        "BACKUP, 224f01e239d9193c8e5928fcffc284260ed5290a3adf12e44f034ee00e63ea9b",
        "AUDIT_MAC, 14dc5f8aaea4bcaefe4dba465986804a0b441f86e8e5ebfdd7a9b2af893ee437",
        "PIN_PEPPER, ec2592803427f52376a7dc19f2df14964eec50353a908733138985a1aa57dc82",
        "STORE_ROOT, e414fa287e8f71ff7932cc76bc732ce45d29f3e809f611e661822947d544babf"
    })
    void neverChanges(Purpose purpose, String key) {
        assertThat(keys.key(purpose).sameAs(SecretBytes.owning(bytes(key)))).isTrue();
    }

    @Test
    void givesEachPurposeAnotherKey() {
        Set<Octets> distinct = Arrays.stream(Purpose.values())
                .map(purpose -> keys.key(purpose).<Octets>use(Octets::of))
                .collect(Collectors.toSet());
        assertThat(distinct).hasSize(Purpose.values().length);
    }

    @Test
    void takesMasterKeysOf32BytesOnly() {
        refused(Reason.KEY_SIZE_RANGE, () -> new PurposeKeys(engine, SecretBytes.owning(new byte[16])));
    }
}
