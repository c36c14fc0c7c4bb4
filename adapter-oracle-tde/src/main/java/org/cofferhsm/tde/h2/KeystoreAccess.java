package org.cofferhsm.tde.h2;

import java.util.function.Function;
import org.cofferhsm.tde.TdeKeystore;

/** How a database that is opened comes by its keystore: logged in already, or by a login of its own each time. */
public interface KeystoreAccess {

    /** Works with the keystore, which is open meanwhile. */
    <T> T with(Function<TdeKeystore, T> work);

    /** A keystore that somebody else opened and closes. */
    static KeystoreAccess of(TdeKeystore keystore) {
        return new KeystoreAccess() {
            @Override
            public <T> T with(Function<TdeKeystore, T> work) {
                return work.apply(keystore);
            }
        };
    }
}
