package org.cofferhsm.tde.h2;

/**
 * Where pages lie in a file: after the header one after the other, or, where they carry tags, in groups of 128 after a
 * page of their tags.
 *
 * @param start the length of what comes before the first of them
 */
record PageLayout(long start, boolean tagged) {

    /** As many as the entries of a page of tags. */
    static final int GROUP = Pages.BYTES / PageTags.ENTRY;

    private static final long GROUP_BYTES = (GROUP + 1L) * Pages.BYTES;

    /** Where a page begins. */
    long offset(long page) {
        return tagged ? tagsOffset(page / GROUP) + (1 + page % GROUP) * Pages.BYTES : start + page * Pages.BYTES;
    }

    /** Where the tags of a group begin. */
    long tagsOffset(long group) {
        return start + group * GROUP_BYTES;
    }

    /** How many whole pages a file of this length has. */
    long pages(long length) {
        long data = Math.max(0, length - start);
        return tagged
                ? data / GROUP_BYTES * GROUP + Math.max(0, data % GROUP_BYTES / Pages.BYTES - 1)
                : data / Pages.BYTES;
    }

    /** How long a file of so many pages is. */
    long length(long pages) {
        return pages == 0 ? start : offset(pages - 1) + Pages.BYTES;
    }

    /** How many of {@code wanted} pages from this one on lie one after the other. */
    int run(long page, long wanted) {
        long here = tagged ? GROUP - page % GROUP : wanted;
        return (int) Math.min(Math.min(here, wanted), PageScratch.PAGES);
    }
}
