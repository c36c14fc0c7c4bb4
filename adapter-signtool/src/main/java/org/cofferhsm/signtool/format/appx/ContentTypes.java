package org.cofferhsm.signtool.format.appx;

import java.nio.charset.StandardCharsets;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cofferhsm.hsm.error.HsmException;

/**
 * The content types of a package (ECMA-376 part 2, §10.1.2.2), as text: it is changed in one place and left alone
 * otherwise.
 */
record ContentTypes(String xml) {

    private static final String OVERRIDE =
            "<Override PartName=\"/AppxSignature.p7x\" ContentType=\"application/vnd.ms-appx.signature\"/>";
    // Two patterns, since one that finds the name within a tag takes the square of a hostile tag's length.
    private static final Pattern TAG = Pattern.compile("<Override\\s[^<>]*+>");
    private static final Pattern SIGNATURE = Pattern.compile("\\bPartName\\s*+=\\s*+([\"'])/AppxSignature\\.p7x\\1");
    private static final Pattern END = Pattern.compile("</(?:\\w+:)?Types\\s*>");

    /** One character for each byte, so that what is left alone comes out as it went in. */
    static ContentTypes of(byte[] xml) {
        return new ContentTypes(new String(xml, StandardCharsets.ISO_8859_1));
    }

    boolean nameSignature() {
        return TAG.matcher(xml).results().map(MatchResult::group).anyMatch(ContentTypes::namesSignature);
    }

    private static boolean namesSignature(String tag) {
        return tag.endsWith("/>") && SIGNATURE.matcher(tag).find();
    }

    ContentTypes withSignature() {
        Matcher end = END.matcher(xml);
        if (!end.find()) {
            throw HsmException.dataInvalid("the package's [Content_Types].xml is not what it should be");
        }
        return new ContentTypes(xml.substring(0, end.start()) + OVERRIDE + xml.substring(end.start()));
    }

    ContentTypes withoutSignature() {
        return new ContentTypes(TAG.matcher(xml)
                .replaceAll(tag -> namesSignature(tag.group()) ? "" : Matcher.quoteReplacement(tag.group())));
    }

    StoredData toStored() {
        return new StoredData(PackageFile.CONTENT_TYPES, xml.getBytes(StandardCharsets.ISO_8859_1));
    }
}
