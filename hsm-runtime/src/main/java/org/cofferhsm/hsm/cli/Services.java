package org.cofferhsm.hsm.cli;

import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.cofferhsm.hsm.pkcs11.Pkcs11Service;
import org.cofferhsm.hsm.session.remote.SessionService;
import org.cofferhsm.hsm.spi.ChannelService;

/** The services that {@code coffer serve} offers: the runtime's own, and those that adapters bring. */
final class Services {

    private Services() {}

    static List<ChannelService> all() {
        return Stream.concat(own(), adapters()).toList();
    }

    private static Stream<ChannelService> own() {
        return Stream.of(new Pkcs11Service(), new SessionService());
    }

    private static Stream<ChannelService> adapters() {
        return ServiceLoader.load(ChannelService.class).stream().map(ServiceLoader.Provider::get);
    }
}
