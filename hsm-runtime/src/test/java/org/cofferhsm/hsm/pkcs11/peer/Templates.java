package org.cofferhsm.hsm.pkcs11.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Templates by chance: mostly right, sometimes with what does not belong there. */
record Templates(Random random) {

    private static final byte[] P256 = {6, 8, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 3, 1, 7};

    private record Flag(int type, String name) {}

    private static final List<Flag> USES = List.of(
            new Flag(0x104, "ENCRYPT"),
            new Flag(0x105, "DECRYPT"),
            new Flag(0x106, "WRAP"),
            new Flag(0x107, "UNWRAP"),
            new Flag(0x108, "SIGN"),
            new Flag(0x10a, "VERIFY"),
            new Flag(0x10c, "DERIVE"));
    private static final List<Flag> OTHERS = List.of(
            new Flag(0x1, "TOKEN"),
            new Flag(0x2, "PRIVATE"),
            new Flag(0x170, "MODIFIABLE"),
            new Flag(0x171, "COPYABLE"));
    private static final List<Flag> HIDING = List.of(new Flag(0x103, "SENSITIVE"), new Flag(0x162, "EXTRACTABLE"));
    private static final List<Flag> PUBLIC_USES = List.of(USES.get(0), USES.get(2), USES.get(5));
    private static final List<Flag> PRIVATE_USES = List.of(USES.get(1), USES.get(3), USES.get(4), USES.get(6));

    boolean chance(int inHundred) {
        return random.nextInt(100) < inHundred;
    }

    @SafeVarargs
    final <T> T one(T... values) {
        return values[random.nextInt(values.length)];
    }

    List<Entry> secretKey(int... bytes) {
        List<Entry> entries = new ArrayList<>();
        add(entries, USES, 40);
        add(entries, HIDING, 60);
        add(entries, OTHERS, 15);
        if (chance(95)) {
            entries.add(Entry.number(0x161, "VALUE_LEN", bytes[random.nextInt(bytes.length)]));
        }
        label(entries);
        foreign(entries);
        return entries;
    }

    List<Entry> publicHalf() {
        List<Entry> entries = new ArrayList<>();
        add(entries, PUBLIC_USES, 40);
        add(entries, OTHERS, 10);
        if (chance(96)) {
            entries.add(Entry.bytes(0x180, "EC_PARAMS", P256));
        }
        label(entries);
        return entries;
    }

    List<Entry> privateHalf() {
        List<Entry> entries = new ArrayList<>();
        add(entries, PRIVATE_USES, 50);
        add(entries, HIDING, 60);
        add(entries, OTHERS, 10);
        label(entries);
        foreign(entries);
        return entries;
    }

    List<Entry> data() {
        List<Entry> entries = new ArrayList<>(List.of(Entry.number(0, "CLASS", 0)));
        add(entries, OTHERS, 25);
        if (chance(90)) {
            entries.add(Entry.bytes(0x11, "VALUE", new byte[1 + random.nextInt(40)]));
        }
        if (chance(50)) {
            entries.add(Entry.text(0x10, "APPLICATION", "peer"));
        }
        label(entries);
        foreign(entries);
        return entries;
    }

    /** What a change, a copy or a search may ask for. */
    List<Entry> few() {
        List<Entry> entries = new ArrayList<>();
        switch (random.nextInt(6)) {
            case 0 -> entries.add(Entry.text(3, "LABEL", one("a", "b", "c", "")));
            case 1 -> entries.add(Entry.bytes(0x102, "ID", new byte[random.nextInt(3)]));
            case 2 -> add(entries, HIDING, 60);
            case 3 -> add(entries, OTHERS, 40);
            case 4 -> add(entries, USES, 20);
            default -> foreign(entries);
        }
        return entries;
    }

    List<Entry> filter() {
        List<Entry> entries = new ArrayList<>();
        if (chance(50)) {
            entries.add(Entry.number(0, "CLASS", random.nextInt(5)));
        }
        if (chance(40)) {
            entries.add(Entry.text(3, "LABEL", one("a", "b", "c", "none")));
        }
        if (chance(30)) {
            add(entries, USES, 15);
        }
        if (chance(20)) {
            entries.add(Entry.number(0x100, "KEY_TYPE", one(0x1fL, 0x10L, 0x3L)));
        }
        return entries;
    }

    private void label(List<Entry> entries) {
        if (chance(80)) {
            entries.add(Entry.text(3, "LABEL", one("a", "b", "c")));
        }
    }

    private void foreign(List<Entry> entries) {
        if (chance(6)) {
            entries.add(one(
                    Entry.flag(0x163, "LOCAL", true),
                    Entry.flag(0x165, "ALWAYS_SENSITIVE", true),
                    Entry.flag(0x86, "TRUSTED", true),
                    Entry.number(0, "CLASS", 2),
                    Entry.number(0x100, "KEY_TYPE", 0),
                    new Entry(0x104, new byte[0], "ENCRYPT[0]"),
                    Entry.number(0x7ffffff1, "UNKNOWN", 1)));
        }
    }

    private void add(List<Entry> entries, List<Flag> flags, int inHundred) {
        for (Flag flag : flags) {
            if (chance(inHundred)) {
                entries.add(Entry.flag(flag.type, flag.name, chance(75)));
            }
        }
    }
}
