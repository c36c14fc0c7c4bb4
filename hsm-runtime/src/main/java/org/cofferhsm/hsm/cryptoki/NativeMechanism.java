package org.cofferhsm.hsm.cryptoki;

import com.sun.jna.Memory;
import com.sun.jna.NativeLong;
import java.util.ArrayList;
import java.util.List;
import org.cofferhsm.hsm.cryptoki.CryptokiMechanism.Iv;
import org.cofferhsm.hsm.cryptoki.CryptokiMechanism.None;
import org.cofferhsm.hsm.cryptoki.CryptokiMechanism.Oaep;
import org.cofferhsm.hsm.cryptoki.CryptokiMechanism.Parameter;
import org.cofferhsm.hsm.cryptoki.CryptokiMechanism.RsaAes;
import org.cofferhsm.hsm.key.Hash;
import org.cofferhsm.hsm.key.MechanismType;

/**
 * A CK_MECHANISM with its parameter in native memory (PKCS#11 v2.40 mechanisms §2.1.8, §2.1.23). Like a template, it is
 * the memory itself.
 */
final class NativeMechanism extends Memory {

    private static final int WORD = 8;
    /** CKZ_DATA_SPECIFIED: the label is given here, not elsewhere. */
    private static final long DATA_SPECIFIED = 1;

    private final List<Memory> parts = new ArrayList<>();

    NativeMechanism(CryptokiMechanism wanted) {
        super(3 * WORD);
        clear();
        setNativeLong(0, new NativeLong(wanted.type()));
        write(wanted.parameter());
    }

    private void write(Parameter parameter) {
        if (parameter instanceof Oaep oaep) {
            point(oaep(oaep.hash()));
        } else if (parameter instanceof RsaAes rsaAes) {
            Memory outer = zeros(2);
            outer.setNativeLong(0, new NativeLong(rsaAes.aesBits()));
            outer.setPointer(WORD, oaep(rsaAes.oaep().hash()));
            point(outer);
        } else if (parameter instanceof Iv iv) {
            Memory bytes = NativeBytes.of(iv.value().toByteArray());
            parts.add(bytes);
            point(bytes);
        } else {
            assert parameter instanceof None;
        }
    }

    private void point(Memory parameter) {
        setPointer(WORD, parameter);
        setNativeLong(2 * WORD, new NativeLong(parameter.size()));
    }

    private Memory oaep(Hash hash) {
        Memory parameter = zeros(5);
        parameter.setNativeLong(0, new NativeLong(digest(hash).code()));
        parameter.setNativeLong(WORD, new NativeLong(mgf1(hash)));
        parameter.setNativeLong(2 * WORD, new NativeLong(DATA_SPECIFIED));
        return parameter;
    }

    private Memory zeros(int words) {
        Memory memory = new Memory((long) words * WORD);
        memory.clear();
        parts.add(memory);
        return memory;
    }

    private static MechanismType digest(Hash hash) {
        return switch (hash) {
            case SHA1 -> MechanismType.SHA_1;
            case SHA224 -> MechanismType.SHA224;
            case SHA256 -> MechanismType.SHA256;
            case SHA384 -> MechanismType.SHA384;
            case SHA512 -> MechanismType.SHA512;
        };
    }

    /** CKG_MGF1_*. */
    private static long mgf1(Hash hash) {
        return switch (hash) {
            case SHA1 -> 1;
            case SHA256 -> 2;
            case SHA384 -> 3;
            case SHA512 -> 4;
            case SHA224 -> 5;
        };
    }
}
