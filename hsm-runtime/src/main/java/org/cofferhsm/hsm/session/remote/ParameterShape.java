package org.cofferhsm.hsm.session.remote;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.key.Parameters;
import org.cofferhsm.hsm.spi.MalformedMessageException;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;

/**
 * How the parameters of one kind travel.
 *
 * @param code the number that stands before them
 */
record ParameterShape<P extends Parameters>(
        int code, Class<P> kind, BiConsumer<MessageWriter, P> writer, Function<MessageReader, P> reader) {

    private static final List<ParameterShape<?>> ALL = List.of(
            new ParameterShape<>(0, Parameters.None.class, (out, none) -> {}, in -> new Parameters.None()),
            new ParameterShape<>(
                    1,
                    Parameters.Iv.class,
                    (out, iv) -> Fields.octets(out, iv.iv()),
                    in -> new Parameters.Iv(Fields.octets(in))),
            new ParameterShape<>(2, Parameters.Gcm.class, ParameterShape::writeGcm, ParameterShape::readGcm),
            new ParameterShape<>(3, Parameters.Oaep.class, ParameterShape::writeOaep, ParameterShape::readOaep),
            new ParameterShape<>(4, Parameters.Pss.class, ParameterShape::writePss, ParameterShape::readPss),
            new ParameterShape<>(
                    5,
                    Parameters.RsaAes.class,
                    (out, rsaAes) -> writeOaep(out.u32(rsaAes.aesBits()), rsaAes.oaep()),
                    in -> new Parameters.RsaAes(in.u32(), readOaep(in))),
            new ParameterShape<>(6, Parameters.Ecdh.class, ParameterShape::writeEcdh, ParameterShape::readEcdh),
            new ParameterShape<>(7, Parameters.Hkdf.class, ParameterShape::writeHkdf, ParameterShape::readHkdf),
            new ParameterShape<>(
                    8, Parameters.CounterKdf.class, ParameterShape::writeCounter, ParameterShape::readCounter),
            new ParameterShape<>(
                    9,
                    Parameters.MlDsaContext.class,
                    (out, context) -> Fields.octets(out, context.context()),
                    in -> new Parameters.MlDsaContext(Fields.octets(in))));

    /** Writes the number of the shape and the fields. */
    static void write(MessageWriter out, Parameters parameters) {
        ALL.stream()
                .filter(shape -> shape.kind.isInstance(parameters))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no shape for " + parameters.getClass()))
                .writeFields(out, parameters);
    }

    private void writeFields(MessageWriter out, Parameters parameters) {
        writer.accept(out.u8(code), kind.cast(parameters));
    }

    /** Reads what {@link #write} wrote. */
    static Parameters read(MessageReader in) {
        int code = in.u8();
        return ALL.stream()
                .filter(shape -> shape.code == code)
                .findFirst()
                .orElseThrow(() -> new MalformedMessageException("no parameters have the number " + code))
                .reader
                .apply(in);
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
