package org.cofferhsm.tde.h2;

import java.io.IOException;
import java.io.Reader;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.cofferhsm.hsm.KeyFile;
import org.cofferhsm.hsm.ServiceAddress;
import org.cofferhsm.hsm.access.ModuleAccess;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.tde.OraCause;
import org.cofferhsm.tde.TdeKeystore;

/**
 * A login that an administrator left for a database: {@code NAME.properties} in the directory that {@code
 * coffer.tde.logins} or {@code COFFER_TDE_LOGINS} names, with {@code home} (the module's directory), {@code socket}
 * (the service's) or {@code tcp} and {@code token-file} (the service's port and secret file), {@code user}, {@code pin-file} (whose first line is the PIN) and, where it is not in its usual place,
 * {@code key-file}. It logs in through the service where one runs, and only for as long as a database is being opened.
 */
record LoginFile(Path file, Properties content) implements KeystoreAccess {

    private static final int LONGEST_PIN = 256;

    /** The login for this keystore, when there is one. */
    static Optional<KeystoreAccess> of(
            String name, UnaryOperator<String> environment, UnaryOperator<String> properties) {
        return Optional.ofNullable(properties.apply("coffer.tde.logins"))
                .or(() -> Optional.ofNullable(environment.apply("COFFER_TDE_LOGINS")))
                .map(directory -> Path.of(directory, name + ".properties"))
                .filter(Files::exists)
                .map(LoginFile::read);
    }

    private static LoginFile read(Path file) {
        Properties content = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            content.load(in);
            return new LoginFile(file, content);
        } catch (IOException | IllegalArgumentException e) {
            throw HsmException.argumentInvalid("the login file " + file + " cannot be read: " + e.getMessage())
                    .causedBy(e);
        }
    }

    @Override
    public <T> T with(Function<TdeKeystore, T> work) {
        char[] pin = pin();
        try (ModuleAccess module = module();
                Session session = module.login(required("user"), pin)) {
            return work.apply(TdeKeystore.of(session));
        } catch (HsmException e) {
            throw OraCause.explained(e);
        } finally {
            Arrays.fill(pin, '\0');
        }
    }

    private ModuleAccess module() {
        return service().map(ModuleAccess::through).orElseGet(this::inDirectory);
    }

    private Optional<ServiceAddress> service() {
        Optional<Path> secret = optional("token-file").map(Path::of);
        return optional("tcp")
                .map(address -> ServiceAddress.onPort(address, Path.of(required("token-file"))))
                .or(() -> optional("socket").map(path -> ServiceAddress.onSocket(Path.of(path), secret)));
    }

    private ModuleAccess inDirectory() {
        Path home = Path.of(required("home"));
        return ModuleAccess.to(
                home,
                KeyFile.at(optional("key-file")
                        .map(Path::of)
                        .orElse(KeyFile.in(home).path())));
    }

    private char[] pin() {
        Path pinFile = file.resolveSibling(required("pin-file"));
        char[] buffer = new char[LONGEST_PIN];
        try (Reader in = Files.newBufferedReader(pinFile, StandardCharsets.UTF_8)) {
            CharBuffer text = CharBuffer.wrap(buffer);
            while (text.hasRemaining() && in.read(text) >= 0) {
                // goes on until the buffer is full or the file ends
            }
            int end = 0;
            while (end < text.position() && buffer[end] != '\n' && buffer[end] != '\r') {
                end++;
            }
            return Arrays.copyOf(buffer, end);
        } catch (IOException e) {
            throw HsmException.argumentInvalid("the PIN file " + pinFile + " cannot be read: " + e.getMessage())
                    .causedBy(e);
        } finally {
            Arrays.fill(buffer, '\0');
        }
    }

    private Optional<String> optional(String key) {
        return Optional.ofNullable(content.getProperty(key)).map(String::strip);
    }

    private String required(String key) {
        return optional(key)
                .orElseThrow(
                        () -> HsmException.argumentInvalid("the login file " + file + " has no line " + key + "=…"));
    }

    @Override
    public String toString() {
        return "LoginFile[" + file + "]";
    }
}
