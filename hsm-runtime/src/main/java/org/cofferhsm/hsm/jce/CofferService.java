package org.cofferhsm.hsm.jce;

import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One line of the provider's table. It takes the module's own keys and leaves all others to other providers. */
final class CofferService extends Provider.Service {

    private final Function<Connection, Object> constructor;
    private final Connection connection;

    CofferService(CofferProvider provider, Line line) {
        super(provider, line.type, line.algorithm, line.className, line.aliases, attributes(line));
        this.constructor = line.constructor;
        this.connection = provider.connection();
    }

    private static Map<String, String> attributes(Line line) {
        return line.type.equals("SecureRandom") ? Map.of("ThreadSafe", "true") : Map.of();
    }

    @Override
    public Object newInstance(@Nullable Object parameter) throws NoSuchAlgorithmException {
        return constructor.apply(connection);
    }

    /** Null asks whether the service would take any key at all. */
    @Override
    public boolean supportsParameter(@Nullable Object key) {
        return key == null || key instanceof CofferKey;
    }

    /**
     * What the table says of a service.
     *
     * @param className for people only; {@code constructor} makes the instances
     */
    record Line(
            String type,
            String algorithm,
            String className,
            List<String> aliases,
            Function<Connection, Object> constructor) {}
}
