package org.cofferhsm.hsm.channel;

import java.nio.file.Path;
import org.cofferhsm.hsm.spi.MessageWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A module whose service a test starts, with the limits that it wants. */
@Timeout(60)
abstract class ServiceTests {

    @TempDir
    Path home;

    ServiceFixture fixture;

    ServiceFixture serve() {
        fixture = ServiceFixture.in(home);
        return fixture;
    }

    ServiceFixture serve(Limits limits) {
        fixture = ServiceFixture.in(home, limits);
        return fixture;
    }

    @AfterEach
    void close() {
        if (fixture != null) {
            fixture.close();
        }
    }

    static MessageWriter bytes(byte... bytes) {
        return new MessageWriter(64).bytes(bytes);
    }

    static MessageWriter nothing() {
        return new MessageWriter(0);
    }
}
