package org.cofferhsm.hsm.command;

import java.nio.file.Path;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.HsmConfig;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;

/** How a command that needs the module itself, and not only a session in it, comes to own it. */
public final class ModuleOpening {

    private ModuleOpening() {}

    /** The module, operational; the caller closes it. */
    public static Hsm open(Invocation invocation, Path home) {
        return open(invocation, HsmConfig.at(home));
    }

    /** The module, operational; the caller closes it. */
    public static Hsm open(Invocation invocation, HsmConfig config) {
        Hsm hsm = own(config);
        try {
            return SealSource.use(invocation, config.home(), hsm::unlock);
        } catch (HsmException | UsageException e) {
            hsm.close();
            throw e;
        }
    }

    private static Hsm own(HsmConfig config) {
        try {
            return Hsm.open(config);
        } catch (HsmException e) {
            if (e.reason() == Reason.MODULE_IN_USE
                    && Hsm.serviceOf(config.home()).isPresent()) {
                throw HsmException.moduleInUse(e.getMessage()
                                + "; it is coffer serve, and this needs the module itself:" + " stop the service first")
                        .causedBy(e);
            }
            throw e;
        }
    }
}
