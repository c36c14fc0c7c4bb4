package org.cofferhsm.ekm.script;

import java.util.LinkedHashMap;
import java.util.Map;
import org.cofferhsm.hsm.error.HsmException;

/** What things are called at one site: the values that a script's places take. Each has a value that will often do. */
public final class SiteNames {

    private static final int LONGEST = 256;
    private static final int LONGEST_IDENTIFIER = 128;

    private final Map<String, String> values = new LinkedHashMap<>();

    private SiteNames() {}

    /** The values that will do when nothing else is said. */
    public static SiteNames usual() {
        SiteNames names = new SiteNames();
        names.values.put("database", "payroll");
        names.values.put("provider", "Coffer");
        names.values.put("library", "C:\\Program Files\\Coffer\\coffer-ekm.dll");
        names.values.put("admin-login", "DOMAIN\\dba");
        names.values.put("creator", "dba");
        names.values.put("user", "tde");
        names.values.put("key", "tde_key");
        names.values.put("new-key", "tde_key_2");
        names.values.put("backup", "D:\\backup\\payroll.bak");
        return names;
    }

    /** What each value is, for a command's help. */
    public static Map<String, String> meanings() {
        Map<String, String> meanings = new LinkedHashMap<>();
        meanings.put("database", "the database");
        meanings.put("provider", "what SQL Server is to call the provider");
        meanings.put("library", "where the DLL is on the server");
        meanings.put("admin-login", "the login that creates keys");
        meanings.put("creator", "the crypto user that owns the keys");
        meanings.put("user", "the crypto user that uses them");
        meanings.put("key", "the key, in SQL Server and in the module");
        meanings.put("new-key", "the key that takes its place");
        meanings.put("backup", "the backup to restore");
        return meanings;
    }

    /** Says what one thing is called. */
    public SiteNames with(String name, String value) {
        boolean control = value.chars().anyMatch(Character::isISOControl);
        if (control || value.isBlank() || value.length() > LONGEST) {
            throw HsmException.argumentInvalid(
                    "--" + name + " has 1 to " + LONGEST + " characters, none of them a line break or other control");
        }
        if (value.contains("$(")) {
            throw HsmException.argumentInvalid("--" + name + " contains \"$(\", which sqlcmd would replace");
        }
        values.put(name, value);
        return this;
    }

    /** As an identifier: {@code [a]]b]} for {@code a]b}. */
    String identifier(String name, String suffix) {
        String value = value(name) + suffix;
        if (value.length() > LONGEST_IDENTIFIER) {
            throw HsmException.argumentInvalid("--" + name + " is too long for a name in SQL Server, which has at most "
                    + LONGEST_IDENTIFIER + " characters");
        }
        return "[" + value.replace("]", "]]") + "]";
    }

    /** As a string: {@code N'it''s'} for {@code it's}. */
    String literal(String name, String suffix) {
        return "N'" + (value(name) + suffix).replace("'", "''") + "'";
    }

    /** In a command for a shell on the machine of the module, within single quotes. */
    String word(String name) {
        return "'" + value(name).replace("'", "'\\''") + "'";
    }

    private String value(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalStateException("no value is called " + name);
        }
        return value;
    }
}
