package org.cofferhsm.ekm.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cofferhsm.ekm.standin.NativeCallbacks;
import org.cofferhsm.ekm.standin.NativeLibraryFile;
import org.cofferhsm.ekm.standin.Rows;
import org.cofferhsm.ekm.standin.SqlConnection;
import org.cofferhsm.ekm.standin.SqlError;
import org.cofferhsm.ekm.standin.SqlServer;
import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.OptionCommand;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.hsm.command.UsageException;
import org.cofferhsm.hsm.error.HsmException;

/**
 * {@code coffer ekm simulate}: runs a script of statements in the stand-in for SQL Server, on the native library and the running
 * service that this finds. It stops at the first message, as {@code sqlcmd -b} does.
 */
public final class SimulateCommand extends OptionCommand {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\((\\w+)\\)");
    private static final Pattern COMMENT = Pattern.compile("--[^\\n]*");

    public SimulateCommand() {
        super("ekm simulate", "Run T-SQL in a stand-in for SQL Server, on the native library and a running service");
    }

    @Override
    protected void declare(OptionSet options) {
        options.required("script", "FILE", "statements that end with ';'; $(NAME) is that variable of the environment");
        options.value("library", "FILE", "the provider's library; the one that was built or installed here by default");
    }

    @Override
    protected Answer answer(Invocation invocation) {
        Path library = invocation.findPath("library").orElseGet(SimulateCommand::built);
        List<String> statements = statements(invocation);
        List<String> said = new ArrayList<>();
        try (SqlServer server = new SqlServer(file -> new NativeCallbacks(library, new Random()))) {
            SqlConnection connection = server.connect("sa");
            statements.forEach(statement -> said.addAll(run(server, connection, statement)));
        } catch (SqlError error) {
            said.add(String.valueOf(error.getMessage()));
            return Answer.failure(String.join("\n", said));
        }
        said.add(statements.size() + " statements done");
        return Answer.of(() -> Map.of("statements", statements.size(), "output", said), width -> said);
    }

    private static Path built() {
        return NativeLibraryFile.find()
                .map(NativeLibraryFile::file)
                .orElseThrow(() -> new UsageException("there is no libcoffer-ekm.so here; name one with --library"));
    }

    private static List<String> run(SqlServer server, SqlConnection connection, String statement) {
        if (statement.equalsIgnoreCase("SHUTDOWN")) {
            server.restart().values().stream().findFirst().ifPresent(error -> {
                throw error;
            });
            return List.of("restarted");
        }
        Rows rows = connection.execute(statement);
        return rows.rows().stream().map(row -> String.join(" | ", row)).toList();
    }

    private static List<String> statements(Invocation invocation) {
        String text =
                COMMENT.matcher(read(invocation.path(invocation.get("script")))).replaceAll("");
        return Pattern.compile(";")
                .splitAsStream(text)
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .map(statement -> filled(statement, invocation))
                .toList();
    }

    private static String read(Path script) {
        try {
            return Files.readString(script);
        } catch (IOException e) {
            throw HsmException.argumentInvalid("cannot read the script " + script)
                    .causedBy(e);
        }
    }

    private static String filled(String statement, Invocation invocation) {
        return VARIABLE.matcher(statement).replaceAll(found -> Matcher.quoteReplacement(value(found, invocation)));
    }

    private static String value(MatchResult found, Invocation invocation) {
        Optional<String> value = invocation.environment(found.group(1));
        return value.orElseThrow(
                () -> new UsageException("the script wants the variable " + found.group(1) + " in the environment"));
    }
}
