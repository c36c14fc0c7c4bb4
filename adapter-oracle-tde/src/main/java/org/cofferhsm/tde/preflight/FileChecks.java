package org.cofferhsm.tde.preflight;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.spi.OutsideProgram;
import org.cofferhsm.tde.install.GlibcNeed;
import org.cofferhsm.tde.install.ModuleConfiguration;
import org.cofferhsm.tde.install.OracleTree;
import org.cofferhsm.tde.install.TreeRules;

/** What can be seen without loading the library. */
record FileChecks(OracleTree tree, Path library) {

    private static final Pattern C_LIBRARY = Pattern.compile("glibc ([0-9]+)\\.([0-9]+).*", Pattern.DOTALL);

    List<Finding> findings(byte[] pin) {
        return Stream.of(place(), oneLibrary(), directories(), glibc(), pinForm(pin), environment())
                .toList();
    }

    private Finding place() {
        if (!Files.isReadable(library)) {
            return Finding.failed(Check.PLACE, "there is no readable file " + library);
        }
        return library.startsWith(tree.top())
                ? Finding.passed(Check.PLACE, tree.asOracleSees(library).toString())
                : Finding.warning(Check.PLACE, library + " is not below " + tree.top() + ": Oracle will not find it");
    }

    private Finding oneLibrary() {
        List<Path> others = new TreeRules(tree)
                .others().stream().filter(other -> !other.equals(library)).toList();
        return others.isEmpty()
                ? Finding.passed(Check.ONE_LIBRARY, "nothing else in " + tree.top())
                : Finding.failed(Check.ONE_LIBRARY, "there is another library: " + others.get(0));
    }

    private Finding directories() {
        if (!library.startsWith(tree.top())) {
            return Finding.skipped(Check.DIRECTORIES, "the library is not in Oracle's tree");
        }
        return new TreeRules(tree)
                .faults(library).stream()
                        .findFirst()
                        .map(fault -> Finding.failed(Check.DIRECTORIES, fault))
                        .orElseGet(() -> Finding.passed(Check.DIRECTORIES, "as Oracle demands"));
    }

    private Finding glibc() {
        try {
            GlibcNeed need = GlibcNeed.of(library);
            return cLibrary()
                    .map(has -> compared(need, has))
                    .orElseGet(() -> Finding.skipped(
                            Check.GLIBC, "the library needs glibc " + need + "; this machine's is not known"));
        } catch (HsmException e) {
            return Finding.failed(Check.GLIBC, String.valueOf(e.getMessage()));
        }
    }

    private static Finding compared(GlibcNeed need, GlibcNeed has) {
        String detail = "the library needs glibc " + need + ", this machine has " + has;
        return need.compareTo(has) <= 0 ? Finding.passed(Check.GLIBC, detail) : Finding.failed(Check.GLIBC, detail);
    }

    private static Optional<GlibcNeed> cLibrary() {
        return OutsideProgram.find("getconf")
                .map(getconf -> getconf.run("GNU_LIBC_VERSION").text())
                .map(C_LIBRARY::matcher)
                .filter(Matcher::matches)
                .map(found -> new GlibcNeed(Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2))));
    }

    private static Finding pinForm(byte[] pin) {
        int colon = 0;
        boolean quote = false;
        for (int i = pin.length - 1; i >= 0; i--) {
            colon = pin[i] == ':' ? i : colon;
            quote |= pin[i] == '"';
        }
        if (colon == 0 || colon == pin.length - 1) {
            return Finding.failed(Check.PIN, "it is not user:password");
        }
        if (quote) {
            return Finding.failed(Check.PIN, "it holds a double quote, which SQL cannot take between its own");
        }
        String user =
                StandardCharsets.UTF_8.decode(ByteBuffer.wrap(pin, 0, colon)).toString();
        return Finding.passed(Check.PIN, "user " + user);
    }

    private Finding environment() {
        Path configuration = library.resolveSibling("coffer-pkcs11.conf");
        if (!Files.isReadable(configuration)) {
            return Finding.warning(
                    Check.ENVIRONMENT,
                    "there is no " + configuration + ": Oracle's processes look at /etc/coffer/coffer-pkcs11.conf, then"
                            + " for the socket /run/coffer/coffer.sock");
        }
        return ModuleConfiguration.at(configuration)
                .socket()
                .map(this::socket)
                .orElseGet(() -> Finding.warning(
                        Check.ENVIRONMENT, configuration + " names no socket; /run/coffer/coffer.sock is taken"));
    }

    private Finding socket(Path socket) {
        if (!Files.exists(socket)) {
            return Finding.failed(Check.ENVIRONMENT, "the socket " + socket + " is not there: start `coffer serve`");
        }
        Map<String, String> process = System.getenv();
        boolean isRoot = "root".equals(System.getProperty("user.name"));
        return isRoot && !process.containsKey("SUDO_USER") && tree.root().getNameCount() == 0
                ? Finding.warning(
                        Check.ENVIRONMENT,
                        "the socket " + socket
                                + " is there; but this runs as root and Oracle does not: run it as Oracle's user")
                : Finding.passed(Check.ENVIRONMENT, "the socket is " + socket);
    }
}
