package org.cofferhsm.tde.h2;

/** Is told how far long work on a file has come. */
public interface PageProgress {

    /** Tells nobody. */
    PageProgress UNSEEN = (done, all) -> {};

    /** Called now and then. */
    void update(long done, long all);
}
