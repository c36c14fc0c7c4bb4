package org.cofferhsm.ekm.standin;

import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.cofferhsm.ekm.EkmAlgorithm;
import org.cofferhsm.ekm.EkmStatus;
import org.cofferhsm.ekm.ProviderInfo;

/** A row of sys.cryptographic_providers, and the library that was loaded for it. */
record LoadedProvider(String name, String file, ProviderInfo information, Callbacks callbacks) {

    /** Loads and asks what it is, as CREATE CRYPTOGRAPHIC PROVIDER does. */
    static LoadedProvider load(String name, String file, Supplier<Callbacks> loader) {
        Callbacks callbacks = loader.get();
        try {
            callbacks.initialize();
            ProviderInfo information = callbacks.information();
            require(information);
            return new LoadedProvider(name, file, information, callbacks);
        } catch (ProviderRefusal refusal) {
            callbacks.close();
            throw new SqlError(33029, "cannot initialize the cryptographic provider " + name, refusal);
        }
    }

    private static void require(ProviderInfo information) {
        if (!information.scpVersion().toString().equals("1.1.0.0")) {
            throw new SqlError(33032, "the provider's API version is not supported: " + information.scpVersion());
        }
        if (!information.acceptsKeyNames()) {
            throw new SqlError(33050, "the provider does not take key names from users");
        }
    }

    /** Its algorithms, by the tags that T-SQL names them by. */
    Map<String, EkmAlgorithm> algorithms() {
        return algorithmIds()
                .boxed()
                .map(callbacks::algorithm)
                .collect(Collectors.toMap(EkmAlgorithm::tag, each -> each));
    }

    IntStream algorithmIds() {
        return Stream.iterate(next(0), id -> id != 0, this::next).mapToInt(Integer::intValue);
    }

    /** 0 after the last. */
    private int next(int id) {
        try {
            return callbacks.nextAlgorithm(id);
        } catch (ProviderRefusal end) {
            if (end.is(EkmStatus.NOT_FOUND)) {
                return 0;
            }
            throw new SqlError(33029, "cannot list the algorithms of the provider " + name, end);
        }
    }

    void unload() {
        callbacks.free();
        callbacks.close();
    }
}
