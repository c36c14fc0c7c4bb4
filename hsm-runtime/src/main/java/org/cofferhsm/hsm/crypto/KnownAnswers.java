package org.cofferhsm.hsm.crypto;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Properties;
import org.cofferhsm.hsm.error.HsmException;

/** The known answers of a family's self-tests: hex values by name, in the file {@code known-answers.properties} beside it. */
public final class KnownAnswers {

    private final Properties values;

    private KnownAnswers(Properties values) {
        this.values = values;
    }

    /** Those in the package of {@code family}. */
    public static KnownAnswers beside(Class<?> family) {
        Properties values = new Properties();
        try (InputStream in = family.getResourceAsStream("known-answers.properties")) {
            if (in == null) {
                throw HsmException.selfTestFailed("the known answers of " + family.getSimpleName()
                        + " are missing from the jar; install it again");
            }
            values.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the known answers of " + family.getSimpleName(), e);
        }
        return new KnownAnswers(values);
    }

    /** The bytes under that name. */
    public byte[] bytes(String name) {
        String hex = values.getProperty(name);
        if (hex == null) {
            throw HsmException.selfTestFailed("there is no known answer called " + name);
        }
        return HexFormat.of().parseHex(hex);
    }

    /** Complains by {@code selfTestFailed} when an answer is wrong. */
    public static void require(boolean right, MechanismInfo mechanism) {
        if (!right) {
            throw Mechanism.selfTestFailed(mechanism);
        }
    }
}
