package org.cofferhsm.signtool.verify;

import java.util.ArrayList;
import java.util.List;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.signtool.authenticode.AuthenticodeSignature;

/** All signatures of a file in one list: primary ones, then the nested ones, level by level. */
public final class SignatureTree {

    /** Nobody signs a file so often; hostile files would. */
    private static final int MOST_SIGNATURES = 32;

    private SignatureTree() {}

    /** Complains by DATA_INVALID about more signatures than anybody makes. */
    public static List<AuthenticodeSignature> flatten(List<AuthenticodeSignature> primary) {
        List<AuthenticodeSignature> all = new ArrayList<>(primary);
        for (int i = 0; i < all.size(); i++) {
            all.addAll(all.get(i).nested());
            if (all.size() > MOST_SIGNATURES) {
                throw HsmException.dataInvalid("the file has more than " + MOST_SIGNATURES + " signatures");
            }
        }
        return all;
    }
}
