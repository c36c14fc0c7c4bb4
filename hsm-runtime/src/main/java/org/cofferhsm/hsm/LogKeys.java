package org.cofferhsm.hsm;

import org.cofferhsm.hsm.audit.AuditKeys;
import org.cofferhsm.hsm.crypto.CheckpointKey;
import org.cofferhsm.hsm.crypto.MacKey;

/** What authenticates the audit log. */
record LogKeys(MacKey macKey, CheckpointKey checkpointKey) implements AuditKeys {

    @Override
    public byte[] mac(byte[] hash) {
        return macKey.mac(hash);
    }

    @Override
    public byte[] sign(byte[] checkpoint) {
        return checkpointKey.sign(checkpoint);
    }

    @Override
    public byte[] publicKey() {
        return checkpointKey.publicKey();
    }

    @Override
    public String toString() {
        return "LogKeys";
    }
}
