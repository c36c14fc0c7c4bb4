package org.cofferhsm.hsm.seal;

/**
 * One protection of the keys in memory, as the operating system answered.
 *
 * @param name what it is, such as {@code locked memory}
 * @param active whether it is in force
 * @param detail how, or why not (the operating system's words)
 */
public record Protection(String name, boolean active, String detail) {

    static Protection active(String name, String how) {
        return new Protection(name, true, how);
    }

    static Protection refused(String name, String why) {
        return new Protection(name, false, why);
    }
}
