package org.cofferhsm.hsm.pkcs11.peer;

/**
 * What a module says to one step.
 *
 * @param value the CKR_* number
 * @param result whatever both have to agree on besides: a length, a count, a digest; empty when they need not
 */
record Answer(long value, String result) {

    static Answer of(long value) {
        return new Answer(value, "");
    }

    @Override
    public String toString() {
        return "0x" + Long.toHexString(value) + (result.isEmpty() ? "" : " " + result);
    }
}
