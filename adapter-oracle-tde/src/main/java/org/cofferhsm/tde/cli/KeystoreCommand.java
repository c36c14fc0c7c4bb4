package org.cofferhsm.tde.cli;

import org.cofferhsm.hsm.access.ModuleAccess;
import org.cofferhsm.hsm.command.AccessCommand;
import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.Login;
import org.cofferhsm.hsm.command.ModuleHome;
import org.cofferhsm.hsm.command.OptionCommand;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.hsm.command.SealSource;
import org.cofferhsm.hsm.command.ServicePlace;
import org.cofferhsm.hsm.command.UsageException;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.session.Session;
import org.cofferhsm.tde.Container;
import org.cofferhsm.tde.OraCause;
import org.cofferhsm.tde.TdeKeystore;

/** A command on the keystore of the user who logs in. Refusals name Oracle's error, those of the login too. */
abstract class KeystoreCommand extends OptionCommand {

    private static final String CONTAINER = "container";
    private static final String PDB = "pdb";
    private static final String ISOLATED = "isolated";

    KeystoreCommand(String words, String summary) {
        super(words, summary);
    }

    @Override
    protected void declare(OptionSet options) {
        options.value(CONTAINER, "NAME", "the container; without it CDB$ROOT, or the only one in isolated mode")
                .value(PDB, "NAME", "the same as --container")
                .flag(ISOLATED, "the container is a pluggable database with this crypto user for itself");
        Login.declare(options);
        ModuleHome.declare(options);
        ServicePlace.declare(options);
        SealSource.declare(options);
    }

    @Override
    protected void check(Invocation invocation) {
        if (invocation.has(CONTAINER) && invocation.has(PDB)) {
            throw new UsageException("--container and --pdb are the same; give one of them");
        }
        if (invocation.has(ISOLATED) && !invocation.has(CONTAINER) && !invocation.has(PDB)) {
            throw new UsageException("--isolated needs --container, the name of the pluggable database");
        }
    }

    @Override
    protected final Answer answer(Invocation invocation) {
        try (ModuleAccess module = AccessCommand.access(invocation);
                Session session = new Login(invocation, invocation.find("as")).open(module)) {
            return answer(invocation, keystore(invocation, session));
        } catch (HsmException e) {
            return refused(OraCause.explained(e));
        }
    }

    private static TdeKeystore keystore(Invocation invocation, Session session) {
        return invocation
                .find(CONTAINER)
                .or(() -> invocation.find(PDB))
                .map(name -> invocation.has(ISOLATED) ? Container.isolated(name) : Container.united(name))
                .map(container -> new TdeKeystore(session, container))
                .orElseGet(() -> TdeKeystore.of(session));
    }

    /** Does the work. */
    abstract Answer answer(Invocation invocation, TdeKeystore keystore);

    /** What a command has to say about a refusal: usually the refusal itself. */
    Answer refused(HsmException refusal) {
        throw refusal;
    }
}
