package org.cofferhsm.tde.preflight.process;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.cofferhsm.hsm.cryptoki.CryptokiAttribute;
import org.cofferhsm.hsm.cryptoki.ForeignSession;
import org.cofferhsm.hsm.key.Attribute;
import org.cofferhsm.hsm.key.ObjectClass;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.tde.MasterKeyId;
import org.cofferhsm.tde.preflight.Check;
import org.cofferhsm.tde.preflight.Task;
import org.cofferhsm.tde.preflight.Trial;
import org.cofferhsm.tde.preflight.Witness;

/**
 * Every master key that was activated, by Oracle's data objects or the Java keystore's, is there and decrypts. Oracle
 * itself only looks for the labels when it opens a keystore, and meets a wrong key at the first tablespace.
 */
final class MasterKeyCheck {

    private static final Pattern METADATA = Pattern.compile(Pattern.quote(Trial.METADATA) + "([0-9A-Fa-f]{68})");
    /** What the Java keystore writes down of its keys, in both formats that there have been. */
    private static final Pattern RECORD = Pattern.compile(
            "coffer-tde-(?:activation 1\n[0-9]+|event 1\n[0-9]+\n[A-Z]+)\n(06[0-9A-F]{32})\n.*", Pattern.DOTALL);

    private static final String KEYS = "ORACLE.TDE.HSM.MK.";

    private final Task task;
    private final byte[] pin;
    private final Voice voice;

    MasterKeyCheck(Task task, byte[] pin, Voice voice) {
        this.task = task;
        this.pin = pin;
        this.voice = voice;
    }

    void play() {
        voice.step(Check.MASTER_KEYS, () -> check(Place.session(Place.load(task.library()), pin)));
    }

    private String check(ForeignSession session) {
        Map<String, Witness> before = task.words().stream()
                .skip(1)
                .map(Witness::parse)
                .collect(Collectors.toMap(Witness::label, Function.identity(), (first, last) -> last));
        Set<String> labels = new TreeSet<>(before.keySet());
        labels.addAll(activated(session));
        labels.addAll(present(session));
        labels.remove(task.words().get(0)); // the trial's own
        int known = 0;
        for (String label : labels) {
            known += check(session, label, Optional.ofNullable(before.get(label)));
        }
        return labels.size() + " keys, " + known + " of them compared with what an earlier preflight saw";
    }

    private int check(ForeignSession session, String label, Optional<Witness> before) {
        Wrapping wrapping = new Wrapping(session);
        long key = wrapping.find(label);
        before.ifPresent(witness -> wrapping.confirm(witness, key));
        voice.saw(before.orElseGet(() -> wrapping.prove(label, key)));
        return before.isPresent() ? 1 : 0;
    }

    private static Set<String> activated(ForeignSession session) {
        Set<String> labels = new TreeSet<>();
        for (long object : session.find(List.of(CryptokiAttribute.of(ObjectClass.DATA)))) {
            identifier(session, object)
                    .map(id -> MasterKeyId.ofLabel(KEYS + id))
                    .flatMap(Function.identity())
                    .map(MasterKeyId::label)
                    .ifPresent(labels::add);
        }
        return labels;
    }

    private static Optional<String> identifier(ForeignSession session, long object) {
        Matcher metadata = METADATA.matcher(text(session, object, Attribute.LABEL.code()));
        if (metadata.matches()) {
            return Optional.of(new String(HexFormat.of().parseHex(metadata.group(1)), StandardCharsets.US_ASCII));
        }
        Matcher written = RECORD.matcher(text(session, object, CryptokiAttribute.VALUE));
        return written.matches() ? Optional.of(written.group(1)) : Optional.empty();
    }

    private static List<String> present(ForeignSession session) {
        List<String> labels = new ArrayList<>();
        for (long key : session.find(List.of(CryptokiAttribute.of(ObjectClass.SECRET_KEY)))) {
            MasterKeyId.ofLabel(text(session, key, Attribute.LABEL.code()))
                    .map(MasterKeyId::label)
                    .ifPresent(labels::add);
        }
        return labels;
    }

    private static String text(ForeignSession session, long object, int attribute) {
        byte[] bytes = session.attribute(object, attribute).orElse(Octets.EMPTY).toByteArray();
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
