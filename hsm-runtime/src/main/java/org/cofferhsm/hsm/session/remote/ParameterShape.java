package org.cofferhsm.hsm.session.remote;

import java.util.Optional;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.key.Parameters;
import org.cofferhsm.hsm.spi.MalformedMessageException;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;

/**
 * How the parameters of each kind travel: the number of the kind, then its fields. Branches, not a table of functions: a
 * client that lives for one command would have to link them all.
 */
final class ParameterShape {

    private static final int NONE = 0;
    private static final int IV = 1;
    private static final int GCM = 2;
    private static final int OAEP = 3;
    private static final int PSS = 4;
    private static final int RSA_AES = 5;
    private static final int ECDH = 6;
    private static final int HKDF = 7;
    private static final int COUNTER_KDF = 8;
    private static final int ML_DSA_CONTEXT = 9;

    private ParameterShape() {}

    /** Writes the number of the kind and the fields. */
    static void write(MessageWriter out, Parameters parameters) {
        if (parameters instanceof Parameters.None) {
            out.u8(NONE);
        } else if (parameters instanceof Parameters.Iv iv) {
            Fields.octets(out.u8(IV), iv.iv());
        } else if (parameters instanceof Parameters.Gcm gcm) {
            writeGcm(out.u8(GCM), gcm);
        } else if (parameters instanceof Parameters.Oaep oaep) {
            writeOaep(out.u8(OAEP), oaep);
        } else if (parameters instanceof Parameters.Pss pss) {
            writePss(out.u8(PSS), pss);
        } else if (parameters instanceof Parameters.RsaAes rsaAes) {
            writeOaep(out.u8(RSA_AES).u32(rsaAes.aesBits()), rsaAes.oaep());
        } else if (parameters instanceof Parameters.Ecdh ecdh) {
            writeEcdh(out.u8(ECDH), ecdh);
        } else if (parameters instanceof Parameters.Hkdf hkdf) {
            writeHkdf(out.u8(HKDF), hkdf);
        } else if (parameters instanceof Parameters.CounterKdf kdf) {
            writeCounter(out.u8(COUNTER_KDF), kdf);
        } else if (parameters instanceof Parameters.MlDsaContext context) {
            Fields.octets(out.u8(ML_DSA_CONTEXT), context.context());
        } else {
            throw new IllegalStateException("no shape for " + parameters.getClass());
        }
    }

    /** Reads what {@link #write} wrote. */
    static Parameters read(MessageReader in) {
        int kind = in.u8();
        return switch (kind) {
            case NONE -> new Parameters.None();
            case IV -> new Parameters.Iv(Fields.octets(in));
            case GCM -> readGcm(in);
            case OAEP -> readOaep(in);
            case PSS -> readPss(in);
            case RSA_AES -> new Parameters.RsaAes(in.u32(), readOaep(in));
            case ECDH -> readEcdh(in);
            case HKDF -> readHkdf(in);
            case COUNTER_KDF -> readCounter(in);
            case ML_DSA_CONTEXT -> new Parameters.MlDsaContext(Fields.octets(in));
            default -> throw new MalformedMessageException("no parameters have the number " + kind);
        };
    }

    private static void writeGcm(MessageWriter out, Parameters.Gcm gcm) {
        Fields.optional(out, gcm.iv(), Fields::octets);
        Fields.octets(out, gcm.aad());
        out.u32(gcm.tagBits());
    }

    private static Parameters.Gcm readGcm(MessageReader in) {
        Optional<Octets> iv = Fields.optional(in, Fields::octets);
        return new Parameters.Gcm(iv, Fields.octets(in), in.u32());
    }

    private static void writeOaep(MessageWriter out, Parameters.Oaep oaep) {
        Fields.constant(out, oaep.hash());
        Fields.constant(out, oaep.mgfHash());
        Fields.octets(out, oaep.label());
    }

    private static Parameters.Oaep readOaep(MessageReader in) {
        return new Parameters.Oaep(Fields.hash(in), Fields.hash(in), Fields.octets(in));
    }

    private static void writePss(MessageWriter out, Parameters.Pss pss) {
        Fields.constant(out, pss.hash());
        Fields.constant(out, pss.mgfHash());
        out.u32(pss.saltBytes());
    }

    private static Parameters.Pss readPss(MessageReader in) {
        return new Parameters.Pss(Fields.hash(in), Fields.hash(in), in.u32());
    }

    private static void writeEcdh(MessageWriter out, Parameters.Ecdh ecdh) {
        Fields.octets(out, ecdh.peer());
        Fields.optional(out, ecdh.x963Hash(), Fields::constant);
        Fields.octets(out, ecdh.sharedInfo());
    }

    private static Parameters.Ecdh readEcdh(MessageReader in) {
        return new Parameters.Ecdh(Fields.octets(in), Fields.optional(in, Fields::hash), Fields.octets(in));
    }

    private static void writeHkdf(MessageWriter out, Parameters.Hkdf hkdf) {
        Fields.constant(out, hkdf.hash());
        Fields.octets(out, hkdf.salt());
        Fields.octets(out, hkdf.info());
    }

    private static Parameters.Hkdf readHkdf(MessageReader in) {
        return new Parameters.Hkdf(Fields.hash(in), Fields.octets(in), Fields.octets(in));
    }

    private static void writeCounter(MessageWriter out, Parameters.CounterKdf kdf) {
        Fields.octets(out.u64(kdf.prf().code()).u32(kdf.counterBits()), kdf.fixedInput());
    }

    private static Parameters.CounterKdf readCounter(MessageReader in) {
        return new Parameters.CounterKdf(Fields.mechanism(in), in.u32(), Fields.octets(in));
    }
}
