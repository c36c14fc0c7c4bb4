package org.cofferhsm.tde.wallet.cli;

import java.nio.CharBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.cofferhsm.hsm.access.ModuleAccess;
import org.cofferhsm.hsm.command.AccessCommand;
import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.command.Credentials;
import org.cofferhsm.hsm.command.Fields;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.Login;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.hsm.command.UsageException;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.hsm.user.Role;
import org.cofferhsm.tde.OraCause;
import org.cofferhsm.tde.wallet.HsmPasswordWallet;
import org.cofferhsm.tde.wallet.Wallet;
import org.cofferhsm.tde.wallet.WalletFile;
import org.cofferhsm.tde.wallet.WalletReader;

/**
 * {@code coffer tde hsm-wallet}: the wallet by which a database logs in to the module without being asked. Who logs in for
 * this command is who the database will be; a PIN that does not log in is not stored.
 */
public final class HsmWalletCommand extends AccessCommand {

    private static final String OUT = "out";
    private static final String ADD_TO = "add-to";

    public HsmWalletCommand() {
        super("tde hsm-wallet", "Make the wallet by which a database logs in here without being asked (HSM_PASSWORD)");
    }

    @Override
    protected void declare(OptionSet options) {
        options.value(OUT, "FILE", "the wallet to make: ewallet.p12 in a directory of its own")
                .value(ADD_TO, "FILE", "a wallet that is there, to put the login into; the old file is kept");
        NewWallet.declare(options);
        WalletPassword.PRESENT.declare(options);
        WalletPassword.NEW.declare(options);
        Login.declare(options);
        super.declare(options);
    }

    @Override
    protected void check(Invocation invocation) {
        if (invocation.has(OUT) == invocation.has(ADD_TO)) {
            throw new UsageException("say either --out for a new wallet or --add-to for one that is there");
        }
        new AutoLogin(invocation).check();
    }

    @Override
    protected Answer answer(Invocation invocation, ModuleAccess module) {
        boolean adds = invocation.has(ADD_TO);
        Path path = invocation.path(invocation.get(adds ? ADD_TO : OUT));
        NewWallet target = new NewWallet(invocation, path);
        target.requirePossible(adds || target.mayReplace());
        try (Credentials credentials = new Login(invocation, invocation.find("as")).credentials()) {
            Optional<Instant> oldPinUntil = requireCryptoUser(module, credentials);
            List<String> done =
                    new ArrayList<>(withLogin(credentials, login -> adds ? add(target, login) : make(target, login)));
            done.add("The database logs in as " + credentials.user() + "; change its PIN with"
                    + " --old-password-valid-for, then make this wallet anew");
            oldPinUntil.ifPresent(until -> done.add("An old PIN of " + credentials.user() + " logs in until " + until
                    + ": be sure that the one in this wallet is the new one"));
            return Answer.of(
                    () -> new Fields()
                            .with("file", path.toString())
                            .with("user", credentials.user())
                            .with("done", done)
                            .map(),
                    width -> done);
        }
    }

    /** Tells until when the user has a second PIN. */
    private static Optional<Instant> requireCryptoUser(ModuleAccess module, Credentials credentials) {
        try (Session session = Login.open(module, credentials)) {
            if (session.user().role() != Role.CRYPTO_USER) {
                throw HsmException.roleNotPermitted("a database logs in as a crypto user, and "
                        + session.user().name() + " is " + session.user().role());
            }
            return session.user().oldPinUntil();
        } catch (HsmException e) {
            throw OraCause.explained(e); // the database would fail so
        }
    }

    private static List<String> make(NewWallet target, char[] login) {
        return WalletPassword.NEW.use(target.invocation(), password -> {
            try (Wallet wallet = HsmPasswordWallet.of(login)) {
                return target.write(wallet, password, target.mayReplace());
            }
        });
    }

    private static List<String> add(NewWallet target, char[] login) {
        byte[] file = new WalletFile(target.path()).read();
        return WalletPassword.PRESENT.use(target.invocation(), password -> {
            try (Wallet before = WalletReader.read(file, password);
                    Wallet after = HsmPasswordWallet.in(before, login)) {
                return target.write(after, password, true);
            }
        });
    }

    private static <T> T withLogin(Credentials credentials, Function<char[], T> work) {
        CharBuffer text = CharBuffer.allocate(credentials.user().length() + 1 + credentials.pin().length)
                .put(credentials.user())
                .put(':')
                .put(credentials.pin());
        try {
            return work.apply(text.array());
        } finally {
            Arrays.fill(text.array(), '\0');
        }
    }
}
