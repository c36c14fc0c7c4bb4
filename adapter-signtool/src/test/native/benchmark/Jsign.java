import java.io.File;
import java.security.KeyStore;
import net.jsign.AuthenticodeSigner;
import net.jsign.DigestAlgorithm;
import net.jsign.Signable;

/** Signs many files by jsign in one process: {@code Jsign KEYSTORE PASSWORD FILE…}. */
public final class Jsign {

    private Jsign() {}

    public static void main(String[] arguments) throws Exception {
        char[] password = arguments[1].toCharArray();
        KeyStore store = KeyStore.getInstance(new File(arguments[0]), password);
        AuthenticodeSigner signer = new AuthenticodeSigner(store, store.aliases().nextElement(), arguments[1])
                .withTimestamping(false)
                .withDigestAlgorithm(DigestAlgorithm.SHA256);
        for (int i = 2; i < arguments.length; i++) {
            try (Signable file = Signable.of(new File(arguments[i]))) {
                signer.sign(file);
            }
        }
    }
}
