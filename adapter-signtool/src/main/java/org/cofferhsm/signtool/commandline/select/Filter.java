package org.cofferhsm.signtool.commandline.select;

import java.util.function.Predicate;

/**
 * One of SignTool's filters over certificates.
 *
 * @param name as {@code /debug} calls it
 * @param keeps what it leaves
 */
record Filter(String name, Predicate<Candidate> keeps) {}
