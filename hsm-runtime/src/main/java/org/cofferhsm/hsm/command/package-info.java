/**
 * How a command of {@code coffer} is written, here or in an adapter: it declares its options, and answers for people and
 * in JSON. What uses a module logs in the same way everywhere.
 */
@NullMarked
package org.cofferhsm.hsm.command;

import org.jspecify.annotations.NullMarked;
