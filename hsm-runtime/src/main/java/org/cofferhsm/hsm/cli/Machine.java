package org.cofferhsm.hsm.cli;

import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.cofferhsm.hsm.command.Finding;

/** What the machine and its Java bring along. */
final class Machine {

    private static final String CORRETTO = "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";

    private Machine() {}

    static List<Finding> findings() {
        return List.of(java(), providers(), corretto());
    }

    private static Finding java() {
        return Finding.active(
                "Java",
                Runtime.version() + " (" + System.getProperty("java.vendor") + ") on " + System.getProperty("os.name")
                        + " " + System.getProperty("os.arch"));
    }

    private static Finding providers() {
        return Finding.active(
                "JCA providers",
                Arrays.stream(Security.getProviders()).map(Provider::getName).collect(Collectors.joining(", ")));
    }

    /** Looked for without being started, which would cost a native library. */
    private static Finding corretto() {
        try {
            Class.forName(CORRETTO, false, Machine.class.getClassLoader());
            return Finding.active("fast RSA and EC engine", "Amazon Corretto Crypto Provider is on the path");
        } catch (ClassNotFoundException e) {
            return Finding.refused(
                    "fast RSA and EC engine",
                    "Amazon Corretto Crypto Provider is not on the path; the JDK's own engine is used");
        }
    }
}
