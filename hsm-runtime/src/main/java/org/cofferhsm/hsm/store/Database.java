package org.cofferhsm.hsm.store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;

/** The one connection to a database that this process owns, without automatic commits. */
interface Database {

    Connection connection();

    /** The folder of its scripts. */
    String dialect();

    /** Where it is, for people; never a password. */
    String name();

    /** What was committed is on disk when this returns. */
    void force() throws SQLException;

    /** Gives space back if there is much that is not used; nothing may be uncommitted. */
    void tidy(int records) throws SQLException, IOException;

    /** Lets go of the database without writing anything more. */
    void abandon() throws SQLException;

    void close() throws SQLException;
}
