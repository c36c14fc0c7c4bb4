package org.cofferhsm.hsm.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.cofferhsm.hsm.spi.Command;
import org.cofferhsm.hsm.spi.CommandSet;

/** The commands of the runtime, and those that adapters bring. */
final class Builtins implements CommandSource {

    /** In the order of the overview. */
    private static final List<String> NOUNS = List.of(
            "quickstart", "init", "unlock", "lock", "status", "doctor", "serve", "user", "key", "crypto", "audit");

    @Override
    public List<Command> all() {
        return Stream.concat(NOUNS.stream().flatMap(Builtins::of), adapters()).toList();
    }

    /** An adapter's command is looked for only when it is none of ours. */
    @Override
    public List<Command> under(List<String> words) {
        if (words.isEmpty()) {
            return List.of();
        }
        String noun = words.get(0);
        return NOUNS.contains(noun) ? of(noun).toList() : adaptersUnder(noun);
    }

    /** Sets for one noun stand together, so the jars behind theirs need not be searched. */
    private static List<Command> adaptersUnder(String noun) {
        List<Command> found = new ArrayList<>();
        for (CommandSet set : ServiceLoader.load(CommandSet.class)) {
            if (set.nouns().contains(noun)) {
                found.addAll(set.commands());
            } else if (!found.isEmpty()) {
                break;
            }
        }
        return found;
    }

    private static Stream<Command> adapters() {
        return ServiceLoader.load(CommandSet.class).stream().flatMap(set -> set.get().commands().stream());
    }

    private static Stream<Command> of(String noun) {
        return switch (noun) {
            case "quickstart" -> Stream.of(new QuickstartCommand());
            case "init" -> Stream.of(new InitCommand());
            case "unlock" -> Stream.of(new UnlockCommand());
            case "lock" -> Stream.of(new LockCommand());
            case "status" -> Stream.of(new StatusCommand());
            case "doctor" -> Stream.of(new DoctorCommand());
            case "serve" -> Stream.of(new ServeCommand());
            case "user" -> users();
            case "key" -> keys();
            case "crypto" -> crypto();
            case "audit" -> Stream.of(new AuditListCommand(), new AuditVerifyCommand(), new AuditExportKeyCommand());
            default -> Stream.empty();
        };
    }

    private static Stream<Command> users() {
        return Stream.of(
                new UserListCommand(),
                new UserCreateCommand(),
                new UserDeleteCommand(),
                new UserChangePasswordCommand(),
                new UserEndOldPasswordCommand());
    }

    private static Stream<Command> keys() {
        Stream<Command> wrapping = Arrays.stream(WrapMechanism.values())
                .flatMap(mechanism -> Stream.of(new KeyWrapCommand(mechanism), new KeyUnwrapCommand(mechanism)));
        return Stream.concat(
                Stream.of(
                        new KeyListCommand(),
                        new KeyGenerateAesCommand(),
                        new KeyGenerateGenericSecretCommand(),
                        new KeyGenerateRsaCommand(),
                        new KeyGenerateEcCommand(),
                        KeyGeneratePqcCommand.mlDsa(),
                        KeyGeneratePqcCommand.mlKem(),
                        new KeySetAttributeCommand(),
                        new KeyShareCommand(),
                        new KeyUnshareCommand(),
                        new KeyDeleteCommand(),
                        new KeyGenerateFileCommand(),
                        new KeyImportPemCommand(),
                        new KeyImportPkcs11Command()),
                wrapping);
    }

    private static Stream<Command> crypto() {
        return Arrays.stream(SignatureScheme.values())
                .flatMap(scheme -> Stream.of(new CryptoSignCommand(scheme), new CryptoVerifyCommand(scheme)));
    }
}
