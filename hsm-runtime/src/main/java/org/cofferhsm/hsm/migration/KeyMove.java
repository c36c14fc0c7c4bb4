package org.cofferhsm.hsm.migration;

import java.util.ArrayList;
import java.util.List;
import org.cofferhsm.hsm.cryptoki.CryptokiException;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.error.Reason;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.Attributes;
import org.cofferhsm.hsm.key.KeyId;
import org.cofferhsm.hsm.key.KeyTemplate;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.ObjectInfo;
import org.cofferhsm.hsm.session.Session;

/** One secret or private key on its way: wrapped there, unwrapped here, compared. */
record KeyMove(Session session, TemporaryKeys keys, Sameness sameness) {

    Outcome.Imported move(ForeignObject key, ObjectClass objectClass, List<Transport> transports) {
        KeyTemplate template = new KeyTemplate(CarriedAttributes.of(key, objectClass)
                .with(Attribute.KEY_TYPE, key.keyType().orElseThrow()));
        List<String> refusals = new ArrayList<>();
        for (Transport transport : transports) {
            try {
                KeyId arrived =
                        session.unwrap(keys.unwrapping(), transport.wrap(key, keys), transport.algorithm(), template);
                return compared(key, arrived, transport);
            } catch (CryptokiException e) {
                refusals.add(transport + ": " + e.text());
            } catch (HsmException e) {

                refusals.add(transport + ": " + unlessFinal(e).getMessage());
            }
        }
        throw HsmException.keyUnextractable("no wrapping mechanism worked: " + String.join("; ", refusals));
    }

    /** Another way of wrapping helps only when it was the wrapping that did not fit. */
    private static HsmException unlessFinal(HsmException refusal) {
        if (refusal.reason() != Reason.WRAPPED_KEY_INVALID) {
            throw refusal;
        }
        return refusal;
    }

    private Outcome.Imported compared(ForeignObject there, KeyId arrived, Transport transport) {
        try {
            ObjectInfo here = session.describe(arrived);
            String proof = sameness.proof(there, here);
            return new Outcome.Imported(arrived, transport.toString(), proof, CarriedAttributes.changes(there, here));
        } catch (HsmException | CryptokiException e) {
            takeBack(arrived);
            throw e;
        }
    }

    /** It may be one that is not destroyable, over there or by its label here. */
    private void takeBack(KeyId arrived) {
        session.change(arrived, Attributes.of(Attribute.DESTROYABLE, true));
        session.destroy(arrived);
    }
}
