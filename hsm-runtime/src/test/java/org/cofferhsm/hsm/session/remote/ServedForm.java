package org.cofferhsm.hsm.session.remote;

import java.nio.file.Path;
import java.util.List;
import org.cofferhsm.hsm.Hsm;
import org.cofferhsm.hsm.ServiceAddress;
import org.cofferhsm.hsm.SessionForm;
import org.cofferhsm.hsm.channel.LocalService;
import org.cofferhsm.hsm.channel.ServiceOptions;
import org.cofferhsm.hsm.session.Session;

/** Sessions through a real service on a real socket. */
final class ServedForm implements SessionForm {

    @Override
    public Entrance entrance(Hsm hsm, Path home) {
        LocalService service = LocalService.start(
                hsm, ServiceOptions.at(home.resolve("coffer.sock")), List.of(new SessionService()), line -> {});
        ServiceClient client =
                ServiceClient.connect(ServiceAddress.onSocket(service.socket().orElseThrow()));
        return new Entrance() {
            @Override
            public Session login(String user, char[] pin) {
                return client.login(user, pin);
            }

            @Override
            public void close() {
                client.close();
                service.close();
            }
        };
    }
}
