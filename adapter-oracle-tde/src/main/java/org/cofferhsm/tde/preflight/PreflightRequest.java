package org.cofferhsm.tde.preflight;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.cofferhsm.tde.install.OracleTree;

/**
 * What is checked.
 *
 * @param library the installed library
 * @param processes how many use the key at once
 * @param limit how long one step may take before it counts as hanging
 * @param witnesses what earlier preflights saw
 */
public record PreflightRequest(OracleTree tree, Path library, int processes, Duration limit, List<Witness> witnesses) {

    public PreflightRequest {
        witnesses = List.copyOf(witnesses);
    }
}
