package org.cofferhsm.hsm.audit;

import java.util.Optional;
import org.cofferhsm.hsm.audit.AuditReport.Fault;
import org.cofferhsm.hsm.key.Octets;

/** Verifies records one after the other: chain, MAC, signatures, and the head when it comes by. */
final class RecordCheck {

    private final Chain chain;
    private final MacCheck macs;
    private final Optional<Head> head;
    private Optional<CheckpointKey> key = Optional.empty();
    private long checkpoints;
    private long signedTo;

    RecordCheck(Chain chain, MacCheck macs, Optional<Head> head) {
        this.chain = chain;
        this.macs = macs;
        this.head = head;
    }

    void useKey(Octets publicKey) {
        key = CheckpointKey.of(publicKey);
    }

    long checkpoints() {
        return checkpoints;
    }

    long signedTo() {
        return signedTo;
    }

    /** The last record that is known to have been on disk; 0 when nobody knows. */
    long onDisk() {
        return head.map(Head::sequence).orElse(0L);
    }

    /** Whether the record is the next one of the chain, which then advances. */
    boolean isNext(Frame frame) throws BadRecordException {
        if (!chain.continuesWith(frame)) {
            return false;
        }
        if (!macs.accepts(frame.hash(), frame.mac())) {
            if (frame.sequence() > onDisk()) {
                return false; // perhaps torn by a loss of power; what follows it tells
            }
            throw bad(frame, Fault.MAC_WRONG, "its MAC is not the module's");
        }
        verifyContent(frame);
        verifyHead(frame);
        chain.advance(frame.hash());
        return true;
    }

    private void verifyContent(Frame frame) throws BadRecordException {
        try {
            if (frame.type() == Frame.CHECKPOINT) {
                verifySignature(frame, Checkpoint.decode(frame));
            } else {
                frame.event();
            }
        } catch (MalformedRecordException e) {
            throw bad(frame, Fault.ALTERED, "it is not a record: " + e.getMessage());
        }
    }

    private void verifySignature(Frame frame, Checkpoint checkpoint) throws BadRecordException {
        boolean ours = Octets.of(checkpoint.previousHash()).equals(Octets.of(chain.hash()))
                && key.map(present -> present.verifies(checkpoint)).orElse(false);
        if (!ours) {
            throw bad(frame, Fault.SIGNATURE_WRONG, "its signature is not the module's");
        }
        checkpoints++;
        signedTo = frame.sequence() - 1;
    }

    private void verifyHead(Frame frame) throws BadRecordException {
        if (head.isPresent()
                && head.get().sequence() == frame.sequence()
                && !Octets.of(head.get().hash()).equals(Octets.of(frame.hash()))) {
            throw bad(frame, Fault.HEAD_WRONG, "the head of the log knows another record of this number");
        }
    }

    /** At the end: the head is there, and nothing that it knows is missing. */
    void requireHead() throws BadRecordException {
        long next = chain.sequence() + 1;
        if (head.isEmpty()) {
            throw new BadRecordException(
                    next,
                    Fault.HEAD_WRONG,
                    "the log's file \"head\" is missing or not valid, so nobody can tell whether its end is");
        }
        if (onDisk() >= next) {
            throw new BadRecordException(
                    next, Fault.TRUNCATED, "records %d to %d are missing".formatted(next, onDisk()));
        }
    }

    private static BadRecordException bad(Frame frame, Fault fault, String what) {
        return new BadRecordException(frame.sequence(), fault, what);
    }
}
