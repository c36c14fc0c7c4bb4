package org.cofferhsm.hsm.cli;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.cofferhsm.hsm.command.Invocation;
import org.cofferhsm.hsm.command.OptionSet;
import org.cofferhsm.hsm.command.UsageException;
import org.cofferhsm.hsm.key.KeyPairTemplate;
import org.cofferhsm.hsm.key.KeyType;
import org.cofferhsm.hsm.key.PqcParameterSet;

/** {@code coffer key generate-asymmetric-pair ml-dsa} (FIPS 204) and {@code … ml-kem} (FIPS 203). */
final class KeyGeneratePqcCommand extends KeyGeneratePairCommand {

    private final KeyType type;
    private final String option;

    private KeyGeneratePqcCommand(KeyType type, String summary) {
        super(type.toString(), summary);
        this.type = type;
        this.option = type.toString().replace("-", "") + "-algorithm";
    }

    static KeyGeneratePqcCommand mlDsa() {
        return new KeyGeneratePqcCommand(KeyType.ML_DSA, "Make an ML-DSA key pair");
    }

    static KeyGeneratePqcCommand mlKem() {
        return new KeyGeneratePqcCommand(KeyType.ML_KEM, "Make an ML-KEM key pair");
    }

    @Override
    void declareKind(OptionSet options) {
        options.required(option, "NAME", names());
    }

    @Override
    KeyPairTemplate kind(Invocation invocation) {
        String name = invocation.get(option);
        return sets().stream()
                .filter(set -> set.standardName().equalsIgnoreCase(name))
                .findFirst()
                .map(KeyPairTemplate::pqc)
                .orElseThrow(() -> new UsageException("--" + option + " takes " + names() + ", not \"" + name + "\""));
    }

    private List<PqcParameterSet> sets() {
        return Arrays.stream(PqcParameterSet.values())
                .filter(set -> set.keyType() == type)
                .toList();
    }

    private String names() {
        return sets().stream().map(PqcParameterSet::standardName).collect(Collectors.joining(", "));
    }
}
