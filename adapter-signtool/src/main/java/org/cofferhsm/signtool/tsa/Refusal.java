package org.cofferhsm.signtool.tsa;

import org.bouncycastle.asn1.cmp.PKIFailureInfo;

/** A request that is not granted, and why, as RFC 3161 §2.4.2 numbers it. */
final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    private final int failure;

    private Refusal(int failure, String message) {
        super(message);
        this.failure = failure;
    }

    private Refusal(int failure, String message, Throwable cause) {
        super(message, cause);
        this.failure = failure;
    }

    static Refusal badAlgorithm(String message) {
        return new Refusal(PKIFailureInfo.badAlg, message);
    }

    static Refusal badRequest(String message) {
        return new Refusal(PKIFailureInfo.badRequest, message);
    }

    static Refusal badDataFormat(String message, Throwable cause) {
        return new Refusal(PKIFailureInfo.badDataFormat, message, cause);
    }

    static Refusal timeNotAvailable(String message) {
        return new Refusal(PKIFailureInfo.timeNotAvailable, message);
    }

    static Refusal unacceptedPolicy(String message) {
        return new Refusal(PKIFailureInfo.unacceptedPolicy, message);
    }

    static Refusal unacceptedExtension(String message) {
        return new Refusal(PKIFailureInfo.unacceptedExtension, message);
    }

    /** The cause stays here: it may tell strangers of the inside. */
    static Refusal systemFailure(Throwable cause) {
        return new Refusal(PKIFailureInfo.systemFailure, "the authority cannot sign now", cause);
    }

    /** PKIFailureInfo. */
    int failure() {
        return failure;
    }
}
