package org.cofferhsm.signtool.file;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.cofferhsm.signtool.format.Format;
import org.cofferhsm.signtool.format.Source;
import org.cofferhsm.signtool.format.appx.AppxFormat;
import org.cofferhsm.signtool.format.cab.CabFormat;
import org.cofferhsm.signtool.format.cat.CatFormat;
import org.cofferhsm.signtool.format.msi.MsiFormat;
import org.cofferhsm.signtool.format.pe.PeFormat;
import org.cofferhsm.signtool.format.script.ScriptFormat;

/** All formats that can be signed. */
public final class Formats {

    /** The ones with a mark of their own first; scripts, which are plain text, last. */
    private static final List<Format> ALL = List.of(
            new PeFormat(), new AppxFormat(), new MsiFormat(), new CabFormat(), new CatFormat(), new ScriptFormat());

    private Formats() {}

    /** The format of a file, by its content. */
    public static Optional<Format> of(Source source) throws IOException {
        for (Format format : ALL) {
            if (format.recognizes(source)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }
}
