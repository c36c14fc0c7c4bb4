package org.cofferhsm.signtool.format.script;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.util.encoders.Hex;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.signtool.authenticode.SpcSipInfo;

/** What signed scripts of a language look like: how its comments are, and which package of Windows checks them. */
enum ScriptLanguage {
    POWERSHELL(Set.of("ps1", "psm1", "psd1"), Comments.of("# ", "", "SIG # "), Package.POWERSHELL, true),
    POWERSHELL_XML(
            Set.of("ps1xml", "psc1", "cdxml"), Comments.of("<!-- ", " -->", "SIG # "), Package.POWERSHELL, false),
    MANAGED_OBJECTS(Set.of("mof"), Comments.of("/* ", " */", "SIG # "), Package.POWERSHELL, false),
    VISUAL_BASIC(Set.of("vbs"), Comments.of("'' SIG '' ", "", ""), Package.VISUAL_BASIC, false),
    JAVA_SCRIPT(Set.of("js"), Comments.of("// SIG // ", "", ""), Package.JAVA_SCRIPT, false),
    /** Jobs in XML, whose signature is an element of its own in the last job. */
    SCRIPT_HOST(
            Set.of("wsf"), new Comments("<signature>", "</signature>", "** SIG ** ", ""), Package.SCRIPT_HOST, true) {
        @Override
        int blockPosition(String content) {
            int end = content.lastIndexOf("</job>");
            if (end < 0) {
                throw HsmException.dataInvalid("the script has no </job>, before which its signature would stand");
            }
            return end;
        }
    };

    private final Set<String> extensions;
    private final Comments comments;
    private final Package handler;
    private final boolean unicode;

    ScriptLanguage(Set<String> extensions, Comments comments, Package handler, boolean unicode) {
        this.extensions = extensions;
        this.comments = comments;
        this.handler = handler;
        this.unicode = unicode;
    }

    /**
     * How a signature is put into comments.
     *
     * @param begin the first line
     * @param end the last line
     * @param open what each line between them begins with
     * @param close what each line between them ends with
     */
    record Comments(String begin, String end, String open, String close) {
        static Comments of(String open, String close, String mark) {
            return new Comments(
                    open + mark + "Begin signature block" + close,
                    open + mark + "End signature block" + close,
                    open,
                    close);
        }
    }

    /** A subject interface package of Windows, by its GUID as Windows stores it. */
    private enum Package {
        POWERSHELL(1 << 16, "1fcc3b60594b084eb724d2c6297ef351"),
        VISUAL_BASIC(1, "4ef029169927b54d8fe5ace10f17ebab"),
        JAVA_SCRIPT(1, "10e0c906ce38d411a2a300104bd35090"),
        SCRIPT_HOST(1, "7005611ace38d411a2a300104bd35090");

        private final SpcSipInfo info;

        Package(int version, String guid) {
            info = new SpcSipInfo(version, Octets.of(Hex.decode(guid)));
        }
    }

    static Optional<ScriptLanguage> of(String extension) {
        return Stream.of(values())
                .filter(one -> one.extensions.contains(extension))
                .findFirst();
    }

    Comments comments() {
        return comments;
    }

    SpcSipInfo sip() {
        return handler.info;
    }

    /** Whether text without a mark is taken for UTF-8, if it can be that; otherwise it is in Windows' code page. */
    boolean isUnicodeByDefault() {
        return unicode;
    }

    /** Whether the byte order mark is part of the text that is signed. */
    boolean signsByteOrderMark() {
        return handler == Package.POWERSHELL;
    }

    /** Whether the place of the block is signed too: the size of the text before it. */
    boolean signsPosition() {
        return handler != Package.POWERSHELL;
    }

    /** Where in a text without signature its signature belongs. */
    int blockPosition(String content) {
        return content.length();
    }
}
