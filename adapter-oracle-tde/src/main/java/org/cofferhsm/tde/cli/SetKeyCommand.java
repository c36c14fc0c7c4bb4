package org.cofferhsm.tde.cli;

import java.util.Optional;
import java.util.stream.Stream;
import org.cofferhsm.hsm.command.Answer;
import org.cofferhsm.hsm.command.Fields;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.hsm.command.UsageException;
import org.cofferhsm.tde.MasterKey;
import org.cofferhsm.tde.MasterKeyId;
import org.cofferhsm.tde.TdeKeystore;

/** {@code coffer tde set-key}: a new master key, or one of its steps. */
public final class SetKeyCommand extends KeystoreCommand {

    private static final String TAG = "tag";
    private static final String CREATE_ONLY = "create-only";
    private static final String USE = "use";
    private static final String RETAG = "retag";

    /** For {@link java.util.ServiceLoader}. */
    public SetKeyCommand() {
        super("tde set-key", "Make a TDE master key and make it the current one");
    }

    @Override
    protected void declare(OptionSet options) {
        options.value(TAG, "TAG", "what to write to the key")
                .flag(CREATE_ONLY, "make the key for later (CREATE KEY)")
                .value(USE, "KEY_ID", "make an existing key the current one (USE KEY)")
                .value(RETAG, "KEY_ID", "write the tag to an existing key (SET TAG)");
        super.declare(options);
    }

    @Override
    protected void check(Invocation invocation) {
        super.check(invocation);
        if (Stream.of(CREATE_ONLY, USE, RETAG).filter(invocation::has).count() > 1) {
            throw new UsageException("--create-only, --use and --retag exclude each other");
        }
        if (invocation.has(USE) && invocation.has(TAG)) {
            throw new UsageException("--use takes no --tag; write it by --retag");
        }
        if (invocation.has(RETAG) && !invocation.has(TAG)) {
            throw new UsageException("--retag needs --tag");
        }
    }

    @Override
    Answer answer(Invocation invocation, TdeKeystore keystore) {
        MasterKey key = done(invocation, keystore);
        String state = key.current() ? "is the current master key of " : "is a master key of ";
        return Answer.sentence(
                () -> new Fields()
                        .with("master-key", key.id().toString())
                        .with("tag", key.tag())
                        .with("container", keystore.container().name())
                        .with("current", key.current())
                        .map(),
                key.id() + " " + state + keystore.container());
    }

    private static MasterKey done(Invocation invocation, TdeKeystore keystore) {
        String tag = invocation.find(TAG).orElse("");
        Optional<MasterKeyId> use = invocation.find(USE).map(MasterKeyId::parse);
        Optional<MasterKeyId> retag = invocation.find(RETAG).map(MasterKeyId::parse);
        if (use.isPresent()) {
            return keystore.useKey(use.get());
        }
        if (retag.isPresent()) {
            return keystore.setTag(retag.get(), tag);
        }
        return invocation.has(CREATE_ONLY) ? keystore.createKey(tag) : keystore.setKey(tag);
    }
}
