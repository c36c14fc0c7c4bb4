/**
 * A stand-in for SQL Server: takes statements that look like T-SQL and makes the calls on a cryptographic provider that SQL Server
 * makes for them, on the native library or in Java. It is no SQL Server, and proves nothing about one.
 */
@NullMarked
package org.cofferhsm.ekm.standin;

import org.jspecify.annotations.NullMarked;
