package org.cofferhsm.hsm;

import org.cofferhsm.hsm.crypto.Aead;
import org.cofferhsm.hsm.crypto.Engine;
import org.cofferhsm.hsm.crypto.MacKey;
import org.cofferhsm.hsm.crypto.Purpose;
import org.cofferhsm.hsm.crypto.PurposeKeys;
import org.cofferhsm.hsm.key.SecretBytes;
import org.cofferhsm.hsm.store.RecordProtection;

/** The keys that the module works with, one per purpose, derived from the master key. */
record ModuleKeys(Aead objects, MacKey storeRoot, MacKey auditMac, MacKey pinPepper, MacKey tickets)
        implements RecordProtection, AutoCloseable {

    /** Derived from {@code master}, which stays the caller's to wipe. */
    static ModuleKeys derive(Engine engine, SecretBytes master) {
        PurposeKeys keys = new PurposeKeys(engine, master);
        try (SecretBytes objects = keys.key(Purpose.OBJECTS)) {
            return new ModuleKeys(
                    new Aead(engine, objects),
                    mac(engine, keys, Purpose.STORE_ROOT),
                    mac(engine, keys, Purpose.AUDIT_MAC),
                    mac(engine, keys, Purpose.PIN_PEPPER),
                    mac(engine, keys, Purpose.TICKETS));
        }
    }

    private static MacKey mac(Engine engine, PurposeKeys keys, Purpose purpose) {
        try (SecretBytes key = keys.key(purpose)) {
            return new MacKey(engine, key);
        }
    }

    @Override
    public byte[] seal(byte[] context, SecretBytes secret) {
        return objects.seal(context, secret);
    }

    @Override
    public SecretBytes open(byte[] context, byte[] sealed) {
        return objects.open(context, sealed);
    }

    @Override
    public byte[] mac(byte[] data) {
        return storeRoot.mac(data);
    }

    @Override
    public void close() {
        objects.close();
        storeRoot.close();
        auditMac.close();
        pinPepper.close();
        tickets.close();
    }

    @Override
    public String toString() {
        return "ModuleKeys";
    }
}
