package org.cofferhsm.hsm.cryptoki;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.ptr.NativeLongByReference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.MechanismType;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.spi.OutsideProgram;
import org.cofferhsm.hsm.testing.Interop;

/** A token of SoftHSM 2 in a directory of its own, in this process, with its user logged in. */
public final class SoftHsm implements AutoCloseable {

    public static final String PIN = "1234";
    private static final List<Path> MODULES = List.of(
            Path.of("/usr/lib/softhsm/libsofthsm2.so"),
            Path.of("/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so"),
            Path.of("/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so"),
            Path.of("/usr/lib64/softhsm/libsofthsm2.so"));
    private static final Octets P256 = Octets.ofHex("06082a8648ce3d030107");

    private final ForeignModule module;
    private final Cryptoki calls;
    private final ForeignToken token;
    private final ForeignSession session;
    private final NativeLong handle;

    private SoftHsm(ForeignModule module, Cryptoki calls, ForeignToken token) {
        this.module = module;
        this.calls = calls;
        this.token = token;
        this.session = token.login(PIN.getBytes(StandardCharsets.UTF_8));
        this.handle = openSession();
    }

    /** setenv(3): the module reads its configuration's place from the process's environment. */
    private interface LibC extends Library {
        int setenv(String name, String value, int overwrite);
    }

    /** Where the module is; skips the test, or fails it, where SoftHSM is not installed. */
    public static Path file() {
        Interop.program("softhsm2-util");
        return MODULES.stream().filter(Files::exists).findFirst().orElseThrow();
    }

    /** Makes a token in the directory; whoever loads the module in this process from now on finds it. */
    public static void make(Path directory, String label) throws IOException {
        Path configuration = directory.resolve("softhsm2.conf");
        Files.createDirectories(directory.resolve("tokens"));
        Files.writeString(
                configuration,
                "directories.tokendir = " + directory.resolve("tokens") + "\nobjectstore.backend = file\n"
                        + "log.level = ERROR\n");
        setEnvironment("SOFTHSM2_CONF", configuration.toString());
        OutsideProgram program = new OutsideProgram(
                List.of(Interop.program("softhsm2-util").toString()),
                Map.of("SOFTHSM2_CONF", configuration.toString()));
        assertThat(program.run("--init-token", "--free", "--label", label, "--so-pin", "12345678", "--pin", PIN)
                        .status())
                .isZero();
    }

    /** For modules that read this process's own environment. */
    public static void setEnvironment(String name, String value) {
        Native.load("c", LibC.class).setenv(name, value, 1);
    }

    public static SoftHsm open(String label) {
        ForeignModule module = ForeignModule.open(file());
        ForeignToken token = module.tokens().stream()
                .filter(found -> found.label().equals(label))
                .findFirst()
                .orElseThrow();
        return new SoftHsm(module, Cryptoki.load(file()), token);
    }

    private NativeLong openSession() {
        NativeLongByReference opened = new NativeLongByReference();
        calls.require(CryptokiCall.OPEN_SESSION, new NativeLong(token.slot()), new NativeLong(6), null, null, opened);
        return opened.getValue();
    }

    public ForeignToken token() {
        return token;
    }

    public ForeignSession session() {
        return session;
    }

    /** A token key that may leave, unless {@code more} says otherwise. */
    public long secretKey(MechanismType mechanism, int bytes, String label, CryptokiAttribute... more) {
        List<CryptokiAttribute> template = merged(
                List.of(
                        CryptokiAttribute.flag(Attribute.TOKEN, true),
                        CryptokiAttribute.flag(Attribute.EXTRACTABLE, true),
                        CryptokiAttribute.flag(Attribute.SENSITIVE, true),
                        CryptokiAttribute.number(Attribute.VALUE_LENGTH.code(), bytes),
                        CryptokiAttribute.text(Attribute.LABEL, label)),
                more);
        return session.generate(CryptokiMechanism.of(mechanism), template);
    }

    public void rsa2048(String label, Octets id, CryptokiAttribute... more) {
        pair(
                MechanismType.RSA_PKCS_KEY_PAIR_GEN,
                List.of(CryptokiAttribute.number(Attribute.MODULUS_BITS.code(), 2048)),
                named(label, id),
                more);
    }

    public void p256(String label, Octets id, CryptokiAttribute... more) {
        pair(
                MechanismType.EC_KEY_PAIR_GEN,
                List.of(new CryptokiAttribute(Attribute.CURVE.code(), P256)),
                named(label, id),
                more);
    }

    public void data(String label, byte[] value) {
        session.create(List.of(
                CryptokiAttribute.of(ObjectClass.DATA),
                CryptokiAttribute.flag(Attribute.TOKEN, true),
                CryptokiAttribute.text(Attribute.LABEL, label),
                CryptokiAttribute.text(Attribute.APPLICATION, "a test"),
                new CryptokiAttribute(CryptokiAttribute.VALUE, Octets.of(value))));
    }

    public void certificate(String label, Octets id, Octets subject, byte[] value) {
        session.create(List.of(
                CryptokiAttribute.of(ObjectClass.CERTIFICATE),
                CryptokiAttribute.number(Attribute.CERTIFICATE_TYPE.code(), 0),
                CryptokiAttribute.flag(Attribute.TOKEN, true),
                CryptokiAttribute.text(Attribute.LABEL, label),
                CryptokiAttribute.octets(Attribute.ID, id),
                CryptokiAttribute.octets(Attribute.SUBJECT, subject),
                new CryptokiAttribute(CryptokiAttribute.VALUE, Octets.of(value))));
    }

    /** A Triple-DES key, which Coffer has no type for. */
    public void des3(String label) {
        session.generate(
                CryptokiMechanism.plain(0x131),
                List.of(
                        CryptokiAttribute.flag(Attribute.TOKEN, true),
                        CryptokiAttribute.flag(Attribute.EXTRACTABLE, true),
                        CryptokiAttribute.text(Attribute.LABEL, label)));
    }

    private static List<CryptokiAttribute> named(String label, Octets id) {
        return List.of(
                CryptokiAttribute.flag(Attribute.TOKEN, true),
                CryptokiAttribute.text(Attribute.LABEL, label),
                CryptokiAttribute.octets(Attribute.ID, id));
    }

    private void pair(
            MechanismType mechanism,
            List<CryptokiAttribute> size,
            List<CryptokiAttribute> named,
            CryptokiAttribute... more) {
        List<CryptokiAttribute> publicHalf = new ArrayList<>(size);
        publicHalf.addAll(named);
        publicHalf.add(CryptokiAttribute.flag(Attribute.VERIFY, true));
        List<CryptokiAttribute> privateHalf = merged(
                Stream.concat(
                                named.stream(),
                                Stream.of(
                                        CryptokiAttribute.flag(Attribute.SIGN, true),
                                        CryptokiAttribute.flag(Attribute.SENSITIVE, true),
                                        CryptokiAttribute.flag(Attribute.EXTRACTABLE, true)))
                        .toList(),
                more);
        generate(mechanism, new NativeTemplate(publicHalf), new NativeTemplate(privateHalf));
    }

    private void generate(MechanismType mechanism, NativeTemplate publicHalf, NativeTemplate privateHalf) {
        calls.require(
                CryptokiCall.GENERATE_KEY_PAIR,
                handle,
                new NativeMechanism(CryptokiMechanism.of(mechanism)),
                publicHalf,
                publicHalf.count(),
                privateHalf,
                privateHalf.count(),
                new NativeLongByReference(),
                new NativeLongByReference());
    }

    private static List<CryptokiAttribute> merged(List<CryptokiAttribute> usual, CryptokiAttribute... more) {
        List<CryptokiAttribute> all = new ArrayList<>(usual);
        for (CryptokiAttribute attribute : more) {
            all.removeIf(other -> other.type() == attribute.type());
            all.add(attribute);
        }
        return all;
    }

    @Override
    public void close() {
        session.close();
        module.close();
    }
}
