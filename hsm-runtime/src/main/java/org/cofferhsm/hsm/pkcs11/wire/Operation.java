package org.cofferhsm.hsm.pkcs11.wire;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The operations of the service {@code pkcs11} by their numbers in {@code docs/channel.md}. */
public enum Operation {
    OPEN_SESSION(2),
    CLOSE_SESSION(3),
    CLOSE_ALL_SESSIONS(4),
    LOGIN(5),
    LOGOUT(6),
    RESUME(7),
    TOKEN_INFO(8),
    SET_PIN(9),
    INIT_PIN(10),
    REFRESH(11),
    CREATE_OBJECT(16, Subject.OBJECT),
    COPY_OBJECT(17, Subject.OBJECT),
    DESTROY_OBJECT(18, Subject.OBJECT),
    OBJECT_SIZE(19, Subject.OBJECT),
    GET_ATTRIBUTES(20, Subject.OBJECT),
    SET_ATTRIBUTES(21, Subject.OBJECT),
    FIND_OBJECTS(22, Subject.OBJECT),
    KEY_FACTS(23),
    GENERATE_KEY(32, Subject.OBJECT),
    GENERATE_KEY_PAIR(33, Subject.OBJECT),
    WRAP_KEY(34, Subject.WRAPPING_KEY),
    UNWRAP_KEY(35, Subject.UNWRAPPING_KEY),
    DERIVE_KEY(36),
    ENCRYPT(48),
    DECRYPT(49, Subject.CIPHERTEXT),
    SIGN(50),
    VERIFY(51),
    DIGEST(52),
    SIGN_RECOVER(53),
    VERIFY_RECOVER(54),
    START(64),
    UPDATE(65),
    FINISH(66),
    CANCEL(67),
    DIGEST_KEY(68),
    RANDOM(80),
    ENCRYPT_MESSAGE(96),
    DECRYPT_MESSAGE(97, Subject.MESSAGE);

    private static final @Nullable Operation[] BY_NUMBER = byNumber();

    private final int number;
    private final Subject subject;

    Operation(int number) {
        this(number, Subject.KEY);
    }

    Operation(int number, Subject subject) {
        this.number = number;
        this.subject = subject;
    }

    private static @Nullable Operation[] byNumber() {
        @Nullable Operation[] table = new Operation[DECRYPT_MESSAGE.number + 1];
        Arrays.stream(values()).forEach(operation -> table[operation.number] = operation);
        return table;
    }

    /** The operation of that number, if there is one. */
    public static @Nullable Operation of(int number) {
        return number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : null;
    }

    public int number() {
        return number;
    }

    /** What a refusal of this operation is about, since Cryptoki has different values for the same reason. */
    public Subject subject() {
        return subject;
    }

    /** What an operation works on, as Cryptoki's return values tell things apart. */
    public enum Subject {
        KEY,
        OBJECT,
        WRAPPING_KEY,
        UNWRAPPING_KEY,
        CIPHERTEXT,
        MESSAGE
    }
}
