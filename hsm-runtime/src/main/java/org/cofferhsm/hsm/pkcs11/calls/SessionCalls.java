package org.cofferhsm.hsm.pkcs11.calls;

import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.pkcs11.wire.Ckr;
import org.cofferhsm.hsm.pkcs11.wire.Login;
import org.cofferhsm.hsm.pkcs11.wire.OpenSession;
import org.cofferhsm.hsm.pkcs11.wire.Operation;
import org.cofferhsm.hsm.pkcs11.wire.Pin;
import org.cofferhsm.hsm.pkcs11.wire.Resume;
import org.cofferhsm.hsm.pkcs11.wire.SetPin;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.session.TicketHolder;
import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;

/** Session management (PKCS#11 v3.1 §5.6). Sessions and the login change one at a time; calls that use them do not wait. */
final class SessionCalls {

    private static final byte[] NO_TICKET = {};

    private final Application application;

    SessionCalls(Application application) {
        this.application = application;
    }

    void addTo(CallTable calls) {
        calls.on(Operation.OPEN_SESSION, this::open)
                .on(Operation.CLOSE_SESSION, this::close)
                .on(Operation.CLOSE_ALL_SESSIONS, this::closeAll)
                .on(Operation.LOGIN, this::login)
                .on(Operation.LOGOUT, this::logout)
                .on(Operation.RESUME, this::resume)
                .on(Operation.SET_PIN, this::setPin)
                .on(Operation.INIT_PIN, this::initPin)
                .on(Operation.REFRESH, this::refresh);
    }

    private synchronized void open(MessageReader request, MessageWriter reply) {
        open(OpenSession.read(request));
    }

    private void open(OpenSession wanted) {
        if (!wanted.readWrite() && application.login().isSecurityOfficer()) {
            throw Ckr.SESSION_READ_WRITE_SO_EXISTS.because(
                    "the SO is logged in, who has no read-only sessions; set CKF_RW_SESSION");
        }
        application.sessions().add(wanted);
    }

    private synchronized void close(MessageReader request, MessageWriter reply) {
        long number = request.u64();
        request.end();
        application.sessions().require(number);
        close(number);
    }

    /** With the last session of an application its login ends. */
    private void close(long number) {
        CryptokiSession session = application.sessions().remove(number);
        if (session != null) {
            session.running().end();
            application
                    .login()
                    .current()
                    .ifPresent(user -> application.belongings().destroyAllOf(session, user));
        }
        if (application.sessions().isEmpty()) {
            endLogin();
        }
    }

    private synchronized void closeAll(MessageReader request, MessageWriter reply) {
        request.end();
        closeAll();
    }

    /** Ends everything: the client is gone. */
    synchronized void closeAll() {
        application.sessions().numbers().forEach(this::close);
        endLogin();
    }

    private synchronized void login(MessageReader request, MessageWriter reply) {
        try (Login wanted = Login.read(request)) {
            application.sessions().require(wanted.session());
            if (wanted.userType() == Login.SO && application.sessions().hasReadOnly()) {
                throw Ckr.SESSION_READ_ONLY_EXISTS.because(
                        "a read-only session is open, which the SO may not have; close it first");
            }
            application.login().begin(wanted.userType(), wanted.pin());
        }
        reply.bytes(ticket());
    }

    private synchronized void logout(MessageReader request, MessageWriter reply) {
        long session = request.u64();
        request.end();
        application.user(session);
        endLogin();
    }

    synchronized void endLostLogin() {
        if (application.login().isLost()) {
            endLogin();
        }
    }

    private void endLogin() {
        application.sessions().cancelKeyed();
        application.login().end();
        application.belongings().clear();
    }

    /** All as it was before the service went: the sessions in any case, the login if the ticket is good. */
    private synchronized void resume(MessageReader request, MessageWriter reply) {
        Resume wanted = Resume.read(request);
        wanted.sessions().forEach(application.sessions()::resume);
        boolean nobody = wanted.ticket().length == 0;
        if (!nobody && application.login().current().isEmpty()) {
            application.login().resume(redeem(wanted), application.sessions().hasReadOnly());
        }
        reply.bytes(nobody ? NO_TICKET : ticket());
    }

    private Session redeem(Resume wanted) {
        try {
            TicketHolder holder = new TicketHolder(application.client().user(), wanted.holder());
            return application.hsm().resume(wanted.ticket(), holder);
        } catch (HsmException e) {
            if (e.reason() == Reason.PIN_INCORRECT || e.reason() == Reason.USER_LOCKED) {
                throw Ckr.USER_NOT_LOGGED_IN.because(String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }

    private synchronized void refresh(MessageReader request, MessageWriter reply) {
        request.end();
        reply.bytes(ticket());
    }

    private synchronized void setPin(MessageReader request, MessageWriter reply) {
        try (SetPin wanted = SetPin.read(request)) {
            requireReadWrite(wanted.session());
            boolean loggedIn = application.login().changePin(wanted.old(), wanted.fresh());
            reply.bytes(loggedIn ? ticket() : NO_TICKET);
        }
    }

    private synchronized void initPin(MessageReader request, MessageWriter reply) {
        long session = request.u64();
        try (Pin pin = Pin.readNew(request)) {
            request.end();
            requireReadWrite(session);
            application.login().initializePin(pin);
        }
    }

    private void requireReadWrite(long session) {
        if (!application.sessions().require(session).readWrite()) {
            throw Ckr.SESSION_READ_ONLY.because("a PIN is changed in a read-write session only");
        }
    }

    private byte[] ticket() {
        return application
                .hsm()
                .ticketFor(application.login().require(), application.client().ticketHolder());
    }
}
