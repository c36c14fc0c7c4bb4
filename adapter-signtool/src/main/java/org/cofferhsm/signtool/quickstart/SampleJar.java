package org.cofferhsm.signtool.quickstart;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.util.List;
import java.util.jar.Attributes.Name;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.spi.StepFile;
import org.cofferhsm.signtool.CodeSigningKeys;
import org.cofferhsm.signtool.JarSigning;

/** A JAR of this adapter's own classes. */
final class SampleJar {

    private static final List<Class<?>> CLASSES =
            List.of(JarSigning.class, CodeSigningKeys.class, SigntoolQuickstart.class, SampleJar.class);

    private SampleJar() {}

    static void write(StepFile jar) {
        jar.make(SampleJar::writeInPlace);
    }

    private static void writeInPlace(Path jar) {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Name.IMPLEMENTATION_TITLE, "Coffer quickstart");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            for (Class<?> type : CLASSES) {
                add(out, type.getName().replace('.', '/') + ".class");
            }
        } catch (IOException e) {
            throw HsmException.argumentInvalid("cannot write " + jar + ": " + e.getMessage())
                    .causedBy(e);
        }
    }

    private static void add(JarOutputStream out, String name) throws IOException {
        try (InputStream in = SampleJar.class.getResourceAsStream("/" + name)) {
            if (in == null) {
                throw new IOException("the class file " + name + " is missing");
            }
            out.putNextEntry(new JarEntry(name));
            in.transferTo(out);
            out.closeEntry();
        }
    }

    /** How many signers with a timestamp each class has, as the JDK sees them; 0 when classes differ. */
    static int stampedSigners(Path jar) {
        try (JarFile file = new JarFile(jar.toFile(), true)) {
            List<Integer> counts = CLASSES.stream()
                    .map(type -> signers(file, type.getName().replace('.', '/') + ".class"))
                    .distinct()
                    .toList();
            return counts.size() == 1 ? counts.get(0) : 0;
        } catch (IOException e) {
            throw HsmException.argumentInvalid("cannot read " + jar + ": " + e.getMessage())
                    .causedBy(e);
        }
    }

    private static int signers(JarFile file, String name) {
        JarEntry entry = file.getJarEntry(name);
        try (InputStream in = file.getInputStream(entry)) {
            in.readAllBytes();
        } catch (IOException e) {
            throw HsmException.dataInvalid("cannot read " + name + " in " + file.getName())
                    .causedBy(e);
        }
        CodeSigner[] signers = entry.getCodeSigners();
        return signers == null
                ? 0
                : (int) Stream.of(signers)
                        .filter(signer -> signer.getTimestamp() != null)
                        .count();
    }
}
