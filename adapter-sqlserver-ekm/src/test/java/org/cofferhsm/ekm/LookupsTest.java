package org.cofferhsm.ekm;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.testing.SharedModule;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How often the module is asked which keys there are. */
class LookupsTest {
    @RegisterExtension
    static final SharedModule MODULE = new SharedModule();

    private static final byte[] DEK = new byte[32];

    private final AtomicInteger searches = new AtomicInteger();
    private EkmProvider provider;

    @BeforeEach
    void login() {
        provider = new EkmProvider(counting(MODULE.login()), Clock.systemUTC());
    }

    /** The session itself, with a count of its searches. */
    private Session counting(Session counted) {
        return (Session) Proxy.newProxyInstance(
                Session.class.getClassLoader(), new Class<?>[] {Session.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("find")) {
                        searches.incrementAndGet();
                    }
                    try {
                        return method.invoke(counted, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private List<Integer> list() {
        List<Integer> ids = new ArrayList<>();
        OptionalInt next = provider.keyIdAfter(0);
        while (next.isPresent()) {
            ids.add(next.getAsInt());
            next = provider.keyIdAfter(next.getAsInt());
        }
        return ids;
    }

    @Test
    void listsManyKeysWithoutReadingAllForEach() {
        for (int i = 0; i < 20; i++) {
            provider.create("key-" + i, EkmAlgorithm.AES_128);
        }
        searches.set(0);

        assertThat(list()).hasSize(20).doesNotHaveDuplicates().isSorted();
        assertThat(searches).hasValueLessThanOrEqualTo(4);
    }

    @Test
    void listsWhatWasMadeMeanwhileAndNotWhatWasDropped() {
        provider.create("first", EkmAlgorithm.AES_128);
        Thumbprint second = provider.create("second", EkmAlgorithm.AES_128).thumbprint();
        int first = provider.keyIdAfter(0).orElseThrow();

        provider.drop(second);
        provider.create("third", EkmAlgorithm.AES_128);

        OptionalInt next = provider.keyIdAfter(first);
        assertThat(provider.open(next.orElseThrow()).name()).isEqualTo("third");
        assertThat(provider.keyIdAfter(next.orElseThrow())).isEmpty();
    }

    @Test
    void looksAKeyUpOnceHoweverOftenItEncryptsAndDecrypts() {
        Thumbprint key = provider.create("tde", EkmAlgorithm.RSA_2048).thumbprint();
        byte[] sealed = provider.encrypt(key, Octets.EMPTY, DEK);
        searches.set(0);

        provider.encrypt(key, Octets.EMPTY, DEK);

        assertThat(provider.decrypt(key, Octets.EMPTY, sealed)).isEqualTo(DEK);
        assertThat(searches).hasValue(0);
    }
}
