package org.cofferhsm.tde.preflight;

import java.util.Locale;

/** One step of the preflight, in the order in which they are made. */
public enum Check {
    PLACE("the library lies where Oracle looks for it", "ORA-28376", "install it by `coffer tde install`"),
    ONE_LIBRARY(
            "it is the only library in Oracle's tree",
            "ORA-28376",
            "move the other library out of the tree; Oracle loads one only and does not say which"),
    DIRECTORIES(
            "no symbolic link on the way, and directories that only their owner may change",
            "OCI-46707",
            "make every part of the path a directory; below extapi/64/pkcs11 owned and writable by root alone"),
    GLIBC("this machine's C library is new enough", "ORA-28376", "build Coffer's library on this system"),
    PIN(
            "the PIN has the form user:password",
            "ORA-28353",
            "Oracle hands on what stands after IDENTIFIED BY: \"user:password\", in double quotes"),
    ENVIRONMENT(
            "the library needs nothing of the environment, which Oracle's processes do not have",
            "ORA-28353",
            "name the socket in coffer-pkcs11.conf beside the library"),
    LOAD("a process loads the library", "ORA-28376", "look at the loader's words; check the file's owner and mode"),
    INITIALIZE("C_Initialize", "ORA-28376", "see the library's log (syslog, or `log` in coffer-pkcs11.conf)"),
    TOKEN(
            "one token, which can be written to",
            "ORA-28353",
            "start `coffer serve`, unlock the module, and let Oracle's user in: coffer serve --allow-user oracle"),
    LOGIN(
            "C_Login as CKU_USER",
            "ORA-28353",
            "check user and password; five wrong ones lock the user until an admin gives it a new PIN"),
    DATA_OBJECTS("data objects are kept (DATA_OBJECT_SUPPORTED_IDEN)", "ORA-28353", "see the log of `coffer serve`"),
    GENERATE(
            "C_GenerateKey makes a master key by Oracle's template",
            "ORA-28362",
            "the user has to be a crypto user; see the log of `coffer serve`"),
    ATTRIBUTES("the key has the attributes that Oracle asks for", "ORA-28362", "see the log of `coffer serve`"),
    FIND("C_FindObjects by the label alone, without a class", "ORA-28353", "see the log of `coffer serve`"),
    KEY_METADATA(
            "the key's data object (ORACLE.SECURITY.KM.ENCRYPTION) is written and read",
            "ORA-28353",
            "see the log of `coffer serve`"),
    WRAPPING(
            "C_Encrypt and C_Decrypt by AES-CBC without padding, as tablespace keys are wrapped",
            "ORA-28362",
            "see the log of `coffer serve`"),
    PACKED(
            "output pointers that are not aligned",
            "ORA-07445",
            "the library is not one of this version of Coffer: install it again"),
    FORK("a forked process initializes the library again", "ORA-28353", "see the library's log"),
    PROCESSES(
            "several processes use the key at once",
            "ORA-28353",
            "raise --max-clients and --max-connections-per-user of `coffer serve`"),
    RESTART(
            "a process goes on after a restart of the service",
            "ORA-28353",
            "see the library's log; the service has to be back within the library's deadline (deadline-ms)"),
    MASTER_KEYS(
            "every activated master key is there and decrypts",
            "ORA-28362",
            "restore the key from a backup of the module; never delete an old master key"),
    CLEAN_UP(
            "the trial key and its data object are gone again",
            "none",
            "log in as the user and delete the objects by `coffer key delete`");

    private final String meaning;
    private final String oracleError;
    private final String advice;

    Check(String meaning, String oracleError, String advice) {
        this.meaning = meaning;
        this.oracleError = oracleError;
        this.advice = advice;
    }

    /** What is so when the check passes. */
    public String meaning() {
        return meaning;
    }

    /** What a DBA sees otherwise. */
    public String oracleError() {
        return oracleError;
    }

    /** What to do then. */
    public String advice() {
        return advice;
    }

    /** The stable name for scripts: {@code one-library}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
