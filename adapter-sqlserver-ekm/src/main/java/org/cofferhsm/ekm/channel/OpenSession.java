package org.cofferhsm.ekm.channel;

import org.cofferhsm.ekm.Credential;
import org.cofferhsm.hsm.spi.MalformedMessageException;
import org.cofferhsm.hsm.spi.MessageReader;

/** OPEN_SESSION; closing wipes the secret. */
record OpenSession(long session, Credential credential) implements AutoCloseable {

    static OpenSession read(MessageReader request) {
        OpenSession read = new OpenSession(request.u64(), new Credential(request.text(), request.secretText()));
        try {
            request.end();
            return read;
        } catch (MalformedMessageException e) {
            read.close();
            throw e;
        }
    }

    @Override
    public void close() {
        credential.close();
    }
}
