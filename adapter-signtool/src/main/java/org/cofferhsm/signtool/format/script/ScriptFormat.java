package org.cofferhsm.signtool.format.script;

import java.io.IOException;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.signtool.format.Format;
import org.cofferhsm.signtool.format.SignableFile;
import org.cofferhsm.signtool.format.Source;

/** Scripts of PowerShell and of the Windows Script Host; told from other text by the file's extension. */
public final class ScriptFormat implements Format {

    /** Far above any script, and little enough to read. */
    private static final long MOST_BYTES = 1 << 25;

    @Override
    public String name() {
        return "script";
    }

    @Override
    public boolean recognizes(Source source) {
        return ScriptLanguage.of(source.extension()).isPresent();
    }

    @Override
    public SignableFile open(Source source) throws IOException {
        if (source.size() > MOST_BYTES) {
            throw HsmException.dataInvalid(
                    source.path() + " has " + source.size() + " bytes, which is too much for a script");
        }
        ScriptLanguage language = ScriptLanguage.of(source.extension())
                .orElseThrow(() -> HsmException.dataInvalid(source.path() + " has no extension of a script"));
        ScriptText text =
                ScriptText.of(language, source.read(0, (int) source.size()).array());
        return new ScriptFile(source, language, text, SignatureBlock.in(text, language));
    }
}
