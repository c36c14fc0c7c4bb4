package org.cofferhsm.tde.preflight;

import java.util.Locale;
import java.util.Optional;
import org.cofferhsm.tde.OraCause;
import org.jspecify.annotations.Nullable;

/** One step of the preflight, in the order in which they are made. */
public enum Check {
    PLACE(
            "the library lies where Oracle looks for it",
            OraCause.LIBRARY_NOT_FOUND,
            "install it by `coffer tde install`"),
    ONE_LIBRARY(
            "it is the only library in Oracle's tree",
            OraCause.LIBRARY_NOT_FOUND,
            "move the other library out of the tree; Oracle loads one only and does not say which"),
    DIRECTORIES(
            "no symbolic link on the way, and directories that only their owner may change",
            OraCause.LIBRARY_PATH_INVALID,
            "make every part of the path a directory; below extapi/64/pkcs11 owned and writable by root alone"),
    GLIBC(
            "this machine's C library is new enough",
            OraCause.LIBRARY_NOT_FOUND,
            "build Coffer's library on this system"),
    PIN(
            "the PIN has the form user:password",
            OraCause.KEYSTORE_NOT_OPENED,
            "Oracle hands on what stands after IDENTIFIED BY: \"user:password\", in double quotes"),
    ENVIRONMENT(
            "the library needs nothing of the environment, which Oracle's processes do not have",
            OraCause.KEYSTORE_NOT_OPENED,
            "name the socket in coffer-pkcs11.conf beside the library"),
    LOAD(
            "a process loads the library",
            OraCause.LIBRARY_NOT_FOUND,
            "look at the loader's words; check the file's owner and mode"),
    INITIALIZE(
            "C_Initialize",
            OraCause.LIBRARY_NOT_FOUND,
            "see the library's log (syslog, or `log` in coffer-pkcs11.conf)"),
    TOKEN(
            "one token, which can be written to",
            OraCause.KEYSTORE_NOT_OPENED,
            "start `coffer serve`, unlock the module, and let Oracle's user in: coffer serve --allow-user oracle"),
    LOGIN(
            "C_Login as CKU_USER",
            OraCause.KEYSTORE_NOT_OPENED,
            "check user and password; five wrong ones lock the user until an admin gives it a new PIN"),
    DATA_OBJECTS(
            "data objects are kept (DATA_OBJECT_SUPPORTED_IDEN)",
            OraCause.KEYSTORE_NOT_OPENED,
            "see the log of `coffer serve`"),
    GENERATE(
            "C_GenerateKey makes a master key by Oracle's template",
            OraCause.MASTER_KEY_NOT_FOUND,
            "the user has to be a crypto user; see the log of `coffer serve`"),
    ATTRIBUTES(
            "the key has the attributes that Oracle asks for",
            OraCause.MASTER_KEY_NOT_FOUND,
            "see the log of `coffer serve`"),
    FIND(
            "C_FindObjects by the label alone, without a class",
            OraCause.KEYSTORE_NOT_OPENED,
            "see the log of `coffer serve`"),
    KEY_METADATA(
            "the key's data object (ORACLE.SECURITY.KM.ENCRYPTION) is written and read",
            OraCause.KEYSTORE_NOT_OPENED,
            "see the log of `coffer serve`"),
    WRAPPING(
            "C_Encrypt and C_Decrypt by AES-CBC without padding, as tablespace keys are wrapped",
            OraCause.MASTER_KEY_NOT_FOUND,
            "see the log of `coffer serve`"),
    PACKED(
            "output pointers that are not aligned",
            OraCause.PROCESS_CRASHED,
            "the library is not one of this version of Coffer: install it again"),
    FORK("a forked process initializes the library again", OraCause.KEYSTORE_NOT_OPENED, "see the library's log"),
    PROCESSES(
            "several processes use the key at once",
            OraCause.KEYSTORE_NOT_OPENED,
            "raise --max-clients and --max-connections-per-user of `coffer serve`"),
    RESTART(
            "a process goes on after a restart of the service",
            OraCause.KEYSTORE_NOT_OPENED,
            "see the library's log; the service has to be back within the library's deadline (deadline-ms)"),
    MASTER_KEYS(
            "every activated master key is there and decrypts",
            OraCause.MASTER_KEY_NOT_FOUND,
            "restore the key from a backup of the module; never delete an old master key"),
    CLEAN_UP(
            "the trial key and its data object are gone again",
            null, // it does Oracle no harm
            "log in as the user and delete the objects by `coffer key delete`");

    private final String meaning;
    private final @Nullable OraCause cause;
    private final String advice;

    Check(String meaning, @Nullable OraCause cause, String advice) {
        this.meaning = meaning;
        this.cause = cause;
        this.advice = advice;
    }

    /** What is so when the check passes. */
    public String meaning() {
        return meaning;
    }

    /** What a DBA sees otherwise, when it is an error of Oracle's. */
    public Optional<OraCause> cause() {
        return Optional.ofNullable(cause);
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
