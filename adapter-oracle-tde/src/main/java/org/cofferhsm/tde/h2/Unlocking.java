package org.cofferhsm.tde.h2;

import java.util.List;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.tde.MasterKey;
import org.cofferhsm.tde.OraCause;
import org.cofferhsm.tde.TablespaceKey;
import org.cofferhsm.tde.TdeKeystore;

/** Unwraps the key of a tablespace by its keystore: that of the slot in force, or else that of the other. */
record Unlocking(TdeKeystore keystore, String name) {

    PageKeys keys(List<HeaderSlot> slots) {
        try {
            return keys(slots.get(0));
        } catch (HsmException e) {
            if (slots.size() == 1) {
                throw e;
            }
            return keysOfTheOther(slots.get(1), e);
        }
    }

    private PageKeys keysOfTheOther(HeaderSlot other, HsmException first) {
        try {
            return keys(other);
        } catch (HsmException e) {
            first.addSuppressed(e);
            throw first;
        }
    }

    private PageKeys keys(HeaderSlot slot) {
        try (TablespaceKey key = keystore.unwrap(slot.wrapped())) {
            PageKeys keys = key.use(bytes -> PageKeys.of(bytes, slot.identity().salt()));
            if (!keys.madeHeaderMac(slot.identity().encode(), slot.mac())) {
                keys.close();
                throw OraCause.REWRAP_FAILED.refusal("the header of " + name
                        + " was altered, or its key is that of another tablespace; restore the file from a backup");
            }
            return keys;
        } catch (HsmException e) {
            throw e.reason() == Reason.KEY_NOT_FOUND ? missing(slot, e) : OraCause.explained(e);
        }
    }

    private HsmException missing(HeaderSlot slot, HsmException cause) {
        boolean own = keystore.masterKeys().stream()
                .map(MasterKey::id)
                .anyMatch(slot.identity().origin()::equals);
        String why = own
                ? "is not in the keystore any more; restore the module from a backup that has it"
                : "was never in this keystore: the file is of another module or another user; log in to that one";
        return OraCause.TYPED_MASTER_KEY_NOT_FOUND
                .refusal("the master key " + slot.wrapped().masterKey() + " of the tablespace " + name + " " + why)
                .causedBy(cause);
    }
}
