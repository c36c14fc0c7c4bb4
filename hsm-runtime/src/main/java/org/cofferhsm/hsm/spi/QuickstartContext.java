package org.cofferhsm.hsm.spi;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import org.cofferhsm.hsm.session.Session;

/** What a quickstart step works with. */
public interface QuickstartContext {

    /** An existing directory for this step's files. */
    Path directory();

    /**
     * Works in a session of the step's crypto user. Only meanwhile does this process own the module, so that outside
     * programs can open it before and after.
     */
    <T> T withSession(Function<Session, T> work);

    /** What an outside program needs to open the module and log in: {@code COFFER_HOME} and {@code COFFER_PIN}. */
    Map<String, String> environment();
}
