package org.cofferhsm.signtool.commandline.sign;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.cofferhsm.signtool.commandline.SignToolException;

/** Under which names the digests of files lie in one directory. */
final class Stems {

    private Stems() {}

    /**
     * The files' own names.
     *
     * @param numbering whether a second file of a name gets a number; else it is refused, for nobody would find it
     */
    static Map<Path, String> of(List<Path> files, boolean numbering) {
        Map<Path, String> stems = new HashMap<>();
        Set<String> taken = new HashSet<>();
        for (Path file : files) {
            String name = String.valueOf(file.getFileName());
            String stem = name;
            for (int number = 2; !taken.add(stem.toLowerCase(Locale.ROOT)); number++) {
                if (!numbering) {
                    throw new SignToolException("Two files are called " + name + "; generate their digests apart.");
                }
                stem = name + "~" + number;
            }
            stems.put(file, stem);
        }
        return stems;
    }
}
