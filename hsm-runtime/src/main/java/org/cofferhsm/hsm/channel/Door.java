package org.cofferhsm.hsm.channel;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Optional;
import org.cofferhsm.hsm.ServiceAddress;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.spi.MessageReader;

/** Where a service listens, seen from outside. */
final class Door {

    private final ServiceAddress address;
    private final Approach approach;

    Door(ServiceAddress address) {
        this.address = address;
        this.approach = address.socket()
                .<Approach>map(
                        path -> new SocketApproach(path, address.secretFile().isPresent()))
                .orElseGet(() -> new PortApproach(address.place()));
    }

    /** A connection; complains by {@code serviceUnavailable} and {@code serviceRefused}. */
    SocketChannel open(long deadline) {
        try {
            return approach.connect(deadline);
        } catch (IOException e) {
            throw HsmException.serviceUnavailable(
                            "nobody answers on " + address + " (" + e.getMessage() + "); start it with coffer serve"
                                    + (address.socket().isPresent() ? "" : " --tcp " + address))
                    .causedBy(e);
        }
    }

    /** What both sides have to show here, if anything, as its file says now; the caller wipes it. */
    Optional<SecretFile> secret() {
        return address.secretFile().map(SecretFile::existing);
    }

    /** Complains by {@code serviceRefused} where that is not what the service has to show. */
    void requireProof(SecretFile secret, MessageReader afterWelcome) {
        byte[] proof = Welcome.proof(afterWelcome);
        boolean right = secret.isProvenBy(proof);
        Arrays.fill(proof, (byte) 0);
        if (!right) {
            throw HsmException.serviceRefused("what answers on " + address + " does not know the secret in "
                    + address.secretFile().orElseThrow()
                    + "; no login was sent, but it has seen one half: see who it is, delete the file, and restart the service,"
                    + " which makes another");
        }
    }

    @Override
    public String toString() {
        return address.toString();
    }
}
