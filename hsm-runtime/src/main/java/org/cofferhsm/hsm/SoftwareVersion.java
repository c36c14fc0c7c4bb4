package org.cofferhsm.hsm;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** The version of this program, as the build wrote it down. */
public final class SoftwareVersion {

    private SoftwareVersion() {}

    public static String text() {
        try (InputStream in = Objects.requireNonNull(SoftwareVersion.class.getResourceAsStream("version.properties"))) {
            Properties properties = new Properties();
            properties.load(in);
            return Objects.requireNonNull(properties.getProperty("version"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
