package org.cofferhsm.hsm.store;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** A process that commits until it is killed, and says of each change that it is durable once it is. */
final class CommittingProgram {

    /** How many announcements it leaves at least. */
    static final int LEFT = 5;

    private static final int BATCH_AT_MOST = 4;

    private CommittingProgram() {}

    public static void main(String[] arguments) {
        Path home = Path.of(arguments[0]);
        RecordProtection protection = new AesGcmProtection(1);
        try (ModuleLock lock = ModuleLock.acquire(home);
                ObjectStore store = H2Store.open(lock, Records.MODULE, protection)) {
            Workload workload = Workload.continuing(store.root(), store.records());
            Random random = new Random();
            System.out.println("open");
            while (!System.out.checkError()) {
                List<Change> batch = Stream.generate(workload::next)
                        .limit(1 + random.nextInt(BATCH_AT_MOST))
                        .toList();
                acknowledge(store.commit(batch));
                store.announced(store.root().change() - LEFT - random.nextInt(LEFT));
            }
        }
    }

    private static void acknowledge(List<Committed> changes) {
        StringBuilder lines = new StringBuilder();
        changes.forEach(each -> lines.append(each.root().change())
                .append(' ')
                .append(each.root().digest().toHex())
                .append('\n'));
        System.out.print(lines);
        System.out.flush();
    }
}
