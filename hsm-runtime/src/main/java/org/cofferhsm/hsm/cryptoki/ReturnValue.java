package org.cofferhsm.hsm.cryptoki;

import java.util.Map;

/** The CKR_* values that a token answers with when keys are moved (PKCS#11 v2.40 §5.1), by number and name. */
public final class ReturnValue {

    public static final long OK = 0;
    public static final long ATTRIBUTE_SENSITIVE = 0x11;
    public static final long ATTRIBUTE_TYPE_INVALID = 0x12;
    public static final long KEY_UNEXTRACTABLE = 0x6a;
    public static final long PIN_INCORRECT = 0xa0;
    public static final long PIN_LOCKED = 0xa4;
    public static final long USER_ALREADY_LOGGED_IN = 0x100;
    public static final long CRYPTOKI_ALREADY_INITIALIZED = 0x191;

    private static final Map<Long, String> NAMES = Map.ofEntries(
            Map.entry(0x02L, "CKR_HOST_MEMORY"),
            Map.entry(0x05L, "CKR_GENERAL_ERROR"),
            Map.entry(0x06L, "CKR_FUNCTION_FAILED"),
            Map.entry(0x07L, "CKR_ARGUMENTS_BAD"),
            Map.entry(0x10L, "CKR_ATTRIBUTE_READ_ONLY"),
            Map.entry(ATTRIBUTE_SENSITIVE, "CKR_ATTRIBUTE_SENSITIVE"),
            Map.entry(ATTRIBUTE_TYPE_INVALID, "CKR_ATTRIBUTE_TYPE_INVALID"),
            Map.entry(0x13L, "CKR_ATTRIBUTE_VALUE_INVALID"),
            Map.entry(0x30L, "CKR_DEVICE_ERROR"),
            Map.entry(0x31L, "CKR_DEVICE_MEMORY"),
            Map.entry(0x32L, "CKR_DEVICE_REMOVED"),
            Map.entry(0x54L, "CKR_FUNCTION_NOT_SUPPORTED"),
            Map.entry(0x60L, "CKR_KEY_HANDLE_INVALID"),
            Map.entry(0x62L, "CKR_KEY_SIZE_RANGE"),
            Map.entry(0x63L, "CKR_KEY_TYPE_INCONSISTENT"),
            Map.entry(0x68L, "CKR_KEY_FUNCTION_NOT_PERMITTED"),
            Map.entry(0x69L, "CKR_KEY_NOT_WRAPPABLE"),
            Map.entry(KEY_UNEXTRACTABLE, "CKR_KEY_UNEXTRACTABLE"),
            Map.entry(0x70L, "CKR_MECHANISM_INVALID"),
            Map.entry(0x71L, "CKR_MECHANISM_PARAM_INVALID"),
            Map.entry(0x82L, "CKR_OBJECT_HANDLE_INVALID"),
            Map.entry(PIN_INCORRECT, "CKR_PIN_INCORRECT"),
            Map.entry(0xa2L, "CKR_PIN_LEN_RANGE"),
            Map.entry(0xa3L, "CKR_PIN_EXPIRED"),
            Map.entry(PIN_LOCKED, "CKR_PIN_LOCKED"),
            Map.entry(0xb1L, "CKR_SESSION_COUNT"),
            Map.entry(0xb3L, "CKR_SESSION_HANDLE_INVALID"),
            Map.entry(0xb5L, "CKR_SESSION_READ_ONLY"),
            Map.entry(0xd0L, "CKR_TEMPLATE_INCOMPLETE"),
            Map.entry(0xd1L, "CKR_TEMPLATE_INCONSISTENT"),
            Map.entry(0xe0L, "CKR_TOKEN_NOT_PRESENT"),
            Map.entry(0xe1L, "CKR_TOKEN_NOT_RECOGNIZED"),
            Map.entry(0xe2L, "CKR_TOKEN_WRITE_PROTECTED"),
            Map.entry(USER_ALREADY_LOGGED_IN, "CKR_USER_ALREADY_LOGGED_IN"),
            Map.entry(0x101L, "CKR_USER_NOT_LOGGED_IN"),
            Map.entry(0x102L, "CKR_USER_PIN_NOT_INITIALIZED"),
            Map.entry(0x113L, "CKR_WRAPPING_KEY_HANDLE_INVALID"),
            Map.entry(0x114L, "CKR_WRAPPING_KEY_SIZE_RANGE"),
            Map.entry(0x115L, "CKR_WRAPPING_KEY_TYPE_INCONSISTENT"),
            Map.entry(0x130L, "CKR_DOMAIN_PARAMS_INVALID"),
            Map.entry(0x150L, "CKR_BUFFER_TOO_SMALL"),
            Map.entry(0x190L, "CKR_CRYPTOKI_NOT_INITIALIZED"),
            Map.entry(CRYPTOKI_ALREADY_INITIALIZED, "CKR_CRYPTOKI_ALREADY_INITIALIZED"));

    private ReturnValue() {}

    /** The name, or the number where it has none here. */
    public static String nameOf(long value) {
        return NAMES.getOrDefault(value, "CKR 0x%x".formatted(value));
    }
}
