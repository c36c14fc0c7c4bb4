package org.cofferhsm.tde.wallet.cli;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.hsm.command.UsageException;
import org.cofferhsm.tde.wallet.OracleLibrary;
import org.cofferhsm.tde.wallet.WalletFile;

/** {@code cwallet.sso} beside a wallet: made by Oracle's library where its user has it, else by a command of Oracle's. */
record AutoLogin(Invocation invocation) {

    private static final String FLAG = "auto-login";
    private static final String LOCAL = "local-auto-login";
    private static final String JARS = "oraclepki";
    private static final String VARIABLE = "COFFER_ORACLEPKI";

    static void declare(OptionSet options) {
        options.flag(FLAG, "have Oracle's own library make cwallet.sso, too")
                .flag(LOCAL, "the same, for this user on this machine only")
                .values(
                        JARS,
                        "JAR",
                        "where that library is: oraclepki.jar; else COFFER_ORACLEPKI, else the class path");
    }

    boolean isWanted() {
        return invocation.has(FLAG) || invocation.has(LOCAL);
    }

    void check() {
        if (invocation.has(FLAG) && invocation.has(LOCAL)) {
            throw new UsageException("--auto-login and --local-auto-login exclude each other");
        }
    }

    /** Complains before any work is done. */
    void requirePossible(Path wallet, boolean replaces) {
        if (isWanted()) {
            if (!wallet.getFileName().toString().equals("ewallet.p12")) {
                throw new UsageException("Oracle's library knows a wallet by the name ewallet.p12 only; name it so");
            }
            library().close();
            if (!replaces) {
                file(wallet).requireAbsent();
            }
        }
    }

    /** Makes it; an old one is kept as a backup. Gives what to tell the user. */
    List<String> make(Path wallet, char[] password) {
        if (!isWanted()) {
            return byOracle(wallet);
        }
        WalletFile file = file(wallet);
        file.keepIfThere(Clock.systemUTC());
        try (OracleLibrary library = library()) {
            library.makeAutoLogin(directory(wallet), password, invocation.has(LOCAL));
        }
        return List.of("Oracle's library made " + file.path());
    }

    private static List<String> byOracle(Path wallet) {
        Path directory = directory(wallet);
        List<String> lines = new ArrayList<>();
        if (Files.exists(file(wallet).path())) {
            lines.add("The cwallet.sso that is there has the old content: make it anew");
        }
        lines.add("For auto-login have Oracle make cwallet.sso: orapki wallet create -wallet " + directory
                + " -auto_login");
        lines.add("or ADMINISTER KEY MANAGEMENT CREATE AUTO_LOGIN KEYSTORE FROM KEYSTORE '" + directory
                + "' IDENTIFIED BY \"...\";");
        return lines;
    }

    private OracleLibrary library() {
        List<String> named = invocation.all(JARS);
        if (!named.isEmpty()) {
            return OracleLibrary.in(named.stream().map(invocation::path).toList());
        }
        Optional<String> variable = invocation.environment(VARIABLE);
        if (variable.isPresent()) {
            return OracleLibrary.in(List.of(variable.get().split(File.pathSeparator)).stream()
                    .map(invocation::path)
                    .toList());
        }
        return OracleLibrary.onClassPath()
                .orElseThrow(() -> new UsageException("cwallet.sso takes Oracle's own library: give --" + JARS
                        + " oraclepki.jar (from an Oracle client, or com.oracle.database.security:oraclepki)"));
    }

    private static WalletFile file(Path wallet) {
        return new WalletFile(wallet.resolveSibling("cwallet.sso"));
    }

    private static Path directory(Path wallet) {
        Path parent = wallet.toAbsolutePath().getParent();
        return parent == null ? wallet.toAbsolutePath() : parent;
    }
}
