package org.cofferhsm.signtool.format.msi;

import java.nio.charset.StandardCharsets;

/** The order of names in the trees of siblings (MS-CFB §2.6.4): by length, then in upper case. */
final class EntryName {

    private EntryName() {}

    static String of(DirectoryEntry entry) {
        return new String(entry.name(), StandardCharsets.UTF_16LE);
    }

    static int compare(String left, String right) {
        if (left.length() != right.length()) {
            return Integer.compare(left.length(), right.length());
        }
        for (int i = 0; i < left.length(); i++) {
            int order =
                    Character.compare(Character.toUpperCase(left.charAt(i)), Character.toUpperCase(right.charAt(i)));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
