package org.cofferhsm.hsm.session.remote;

import org.cofferhsm.hsm.spi.MessageReader;
import org.cofferhsm.hsm.spi.MessageWriter;

/** The list of all operations with what answers them. */
final class Answers {

    private Answers() {}

    /** What a client may ask for, in one of its sessions or to get one. */
    @FunctionalInterface
    interface ClientAnswer {
        void answer(SessionCalls client, MessageReader in, MessageWriter out);
    }

    static ClientAnswer of(Operation operation) {
        return switch (operation) {
            case LOGIN -> SessionCalls::login;
            case RESUME -> SessionCalls::resume;
            case CLOSE -> SessionCalls::closeSession;
            case REFRESH -> SessionCalls::refresh;
            case USER -> in(UserAnswers::user);
            case GENERATE -> in(ObjectAnswers::generate);
            case GENERATE_PAIR -> in(ObjectAnswers::generatePair);
            case CREATE -> in(ObjectAnswers::create);
            case COPY -> in(ObjectAnswers::copy);
            case DESTROY -> in(ObjectAnswers::destroy);
            case DESCRIBE -> in(ObjectAnswers::describe);
            case CHANGE -> in(ObjectAnswers::change);
            case FIND -> in(ObjectAnswers::find);
            case FIND_LABEL -> in(ObjectAnswers::findLabel);
            case VALUE -> in(ObjectAnswers::value);
            case SHARE -> in(ObjectAnswers::share);
            case UNSHARE -> in(ObjectAnswers::unshare);
            case ENCRYPT -> in(UseAnswers::encrypt);
            case DECRYPT -> in(UseAnswers::decrypt);
            case SIGN -> in(UseAnswers::sign);
            case VERIFY -> in(UseAnswers::verify);
            case DIGEST -> in(UseAnswers::digest);
            case RANDOM -> in(UseAnswers::random);
            case WRAP -> in(ObjectAnswers::wrap);
            case UNWRAP -> in(ObjectAnswers::unwrap);
            case DERIVE -> in(ObjectAnswers::derive);
            case ENCAPSULATE -> in(ObjectAnswers::encapsulate);
            case DECAPSULATE -> in(ObjectAnswers::decapsulate);
            case START_ENCRYPT -> in(StreamAnswers::startEncrypt);
            case START_DECRYPT -> in(StreamAnswers::startDecrypt);
            case START_SIGN -> in(StreamAnswers::startSign);
            case START_VERIFY -> in(StreamAnswers::startVerify);
            case START_DIGEST -> in(StreamAnswers::startDigest);
            case UPDATE -> in(StreamAnswers::update);
            case FINISH -> in(StreamAnswers::finish);
            case FINISH_VERIFY -> in(StreamAnswers::finishVerify);
            case REST -> in(StreamAnswers::rest);
            case CANCEL -> in(StreamAnswers::cancel);
            case LIST_USERS -> in(UserAnswers::list);
            case CREATE_USER -> in(UserAnswers::create);
            case DELETE_USER -> in(UserAnswers::delete);
            case RESET_PIN -> in(UserAnswers::resetPin);
            case CHANGE_OWN_PIN -> in(UserAnswers::changeOwnPin);
            case CHANGE_OWN_PIN_KEEPING_OLD -> in(UserAnswers::changeOwnPinKeepingOld);
            case END_OLD_PIN -> in(UserAnswers::endOldPin);
            case AUDIT_TRAIL -> in(AuditAnswers::auditTrail);
            case READ_AUDIT -> in(AuditAnswers::read);
            case AUDIT_KEY -> in(AuditAnswers::publicKey);
            case VERIFY_AUDIT -> in(AuditAnswers::verify);
            case NOTE -> in(AuditAnswers::note);
        };
    }

    private static ClientAnswer in(Answer answer) {
        return (client, in, out) -> {
            answer.answer(client.session(in), in, out);
            in.end(); // for those that have no fields, or several that they use one by one
        };
    }
}
