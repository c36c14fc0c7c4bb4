package org.cofferhsm.hsm.store;

/** What is known of the whole store after a change; immutable. */
record StoreState(StoreRoot root, long announced, LastIds lastIds, RecordIndex index, PartDigests parts) {

    /** Before the first change. */
    static StoreState initial(Authentication authentication) {
        return of(0, 0, LastIds.NONE, RecordIndex.EMPTY, authentication);
    }

    private static StoreState of(
            long change, long announced, LastIds lastIds, RecordIndex index, Authentication authentication) {
        PartDigests parts = PartDigests.of(index, authentication);
        return new StoreState(authentication.root(change, lastIds, parts), announced, lastIds, index, parts);
    }

    /** As it is stored, authenticated. */
    StateRow row(Authentication authentication) {
        StateRow row = new StateRow(
                authentication.module().toByteArray(),
                root.change(),
                announced,
                lastIds.encode(),
                parts.marks(),
                root.digest().toByteArray(),
                new byte[0]);
        return row.with(authentication.digestOfState(row));
    }
}
