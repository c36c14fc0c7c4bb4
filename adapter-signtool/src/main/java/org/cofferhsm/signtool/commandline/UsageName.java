package org.cofferhsm.signtool.commandline;

/** An extended key usage as {@code /u} names it: by its object identifier, or the one that everybody means by its name. */
public final class UsageName {

    /** For signing code (RFC 5280 §4.2.1.12). */
    public static final String CODE_SIGNING = "1.3.6.1.5.5.7.3.3";

    private UsageName() {}

    /** The object identifier. Complains in SignTool's words. */
    public static String identifier(String text) {
        if (text.equalsIgnoreCase("Code Signing")) {
            return CODE_SIGNING;
        }
        if (!text.matches("[0-2](\\.[0-9]+)+")) {
            throw new SignToolException("The value of the /u option is not valid: " + text
                    + "; it is \"Code Signing\" or an object identifier");
        }
        return text;
    }
}
