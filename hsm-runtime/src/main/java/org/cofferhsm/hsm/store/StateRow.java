package org.cofferhsm.hsm.store;

/**
 * The one row of the state table.
 *
 * @param change the number of the last change
 * @param announced the number of the last change whose announcement was removed
 * @param lastIds see {@link LastIds#encode}
 * @param partMarks see {@link PartDigests#marks}
 * @param root the digest of the root
 * @param mac a keyed digest over all of these
 */
record StateRow(byte[] module, long change, long announced, byte[] lastIds, byte[] partMarks, byte[] root, byte[] mac) {

    StateRow with(byte[] newMac) {
        return new StateRow(module, change, announced, lastIds, partMarks, root, newMac);
    }
}
