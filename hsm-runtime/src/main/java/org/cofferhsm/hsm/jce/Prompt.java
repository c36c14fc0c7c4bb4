package org.cofferhsm.hsm.jce;

import java.io.IOException;
import java.security.Security;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import org.cofferhsm.hsm.Passphrase;
import org.cofferhsm.hsm.Seal;
import org.cofferhsm.hsm.error.HsmException;
import org.jspecify.annotations.Nullable;

/** Asks a {@link CallbackHandler} for secrets, always by a {@link PasswordCallback}. */
final class Prompt {

    private static final String DEFAULT_HANDLER = "auth.login.defaultCallbackHandler";

    private final Supplier<Optional<CallbackHandler>> handler;

    Prompt(Supplier<Optional<CallbackHandler>> handler) {
        this.handler = handler;
    }

    Optional<Credentials> credentials() {
        return ask("Coffer user:pin: ", Credentials::parse);
    }

    Optional<Seal> passphrase() {
        return ask("Passphrase of the Coffer module: ", Passphrase::of);
    }

    private <T> Optional<T> ask(String question, Function<char[], T> reader) {
        return handler.get().flatMap(asked -> ask(asked, question, reader));
    }

    private static <T> Optional<T> ask(CallbackHandler handler, String question, Function<char[], T> reader) {
        PasswordCallback callback = new PasswordCallback(question, false);
        try {
            handler.handle(new Callback[] {callback});
            return lent(callback.getPassword(), reader);
        } catch (IOException | UnsupportedCallbackException e) {
            throw HsmException.argumentInvalid("the callback handler gave no answer to \"" + question.trim() + "\"")
                    .causedBy(e);
        } finally {
            callback.clearPassword();
        }
    }

    private static <T> Optional<T> lent(char @Nullable [] answer, Function<char[], T> reader) {
        if (answer == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(reader.apply(answer));
        } finally {
            Arrays.fill(answer, '\0');
        }
    }

    /** The handler that the security property {@code auth.login.defaultCallbackHandler} names. */
    static Optional<CallbackHandler> platformHandler() {
        return Optional.ofNullable(Security.getProperty(DEFAULT_HANDLER))
                .filter(name -> !name.isBlank())
                .map(Prompt::instantiate);
    }

    private static CallbackHandler instantiate(String className) {
        try {
            return Class.forName(className, true, ClassLoader.getSystemClassLoader())
                    .asSubclass(CallbackHandler.class)
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException | ClassCastException e) {
            throw HsmException.argumentInvalid(
                            "the security property " + DEFAULT_HANDLER + " names no callback handler: " + className)
                    .causedBy(e);
        }
    }
}
