package org.cofferhsm.signtool.commandline.sign;

import com.google.gson.annotations.SerializedName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.signtool.commandline.console.Json;

/**
 * A request for signatures ({@code --request}): what approvers look at, and what {@code --complete} holds the files to.
 *
 * @param version of this form, 1
 * @param requester who asked, as the operating system knows them
 * @param time when
 * @param certificate SHA-1 of the certificate that shall sign
 * @param subject its subject
 * @param key the label of its key in the module, where that was known
 * @param append whether the signatures are added to those that the files have ({@code /as})
 */
record Manifest(
        int version,
        String requester,
        String time,
        String certificate,
        String subject,
        String key,
        boolean append,
        List<Entry> files) {

    static final int VERSION = 1;
    private static final long LARGEST = 64L << 20;

    /**
     * One file.
     *
     * @param path where it was, seen from the working directory of who asked
     * @param authenticode the file's digest as the signature names it, with its hash function
     * @param toBeSigned the digest that the key signs, with its hash function
     * @param digest the file with that digest, beside the manifest ({@code .dig}); its signature is expected in a file
     *     of the same name with {@code .signed} behind it
     * @param prepared the file with the signature that lacks its value, beside the manifest ({@code .p7u})
     */
    record Entry(
            String name,
            String path,
            long size,
            String sha256,
            String authenticode,
            @SerializedName("to_be_signed") String toBeSigned,
            String digest,
            String prepared) {

        /** JSON may leave out anything, and names must not lead elsewhere. */
        private boolean isWhole() {
            return name != null
                    && path != null
                    && isPath(path)
                    && sha256 != null
                    && authenticode != null
                    && toBeSigned != null
                    && isPlain(digest)
                    && isPlain(prepared);
        }

        private static boolean isPlain(String file) {
            return file != null && !file.isEmpty() && !file.startsWith(".") && file.indexOf('/') < 0 && isPath(file);
        }

        private static boolean isPath(String text) {
            try {
                return !Path.of(text).toString().isEmpty();
            } catch (InvalidPathException e) {
                return false;
            }
        }
    }

    void write(Path file) throws IOException {
        NewFile.write(file, Json.of(this) + "\n");
    }

    static Manifest read(Path file) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw HsmException.dataInvalid("the manifest " + file + " is too large");
        }
        Manifest manifest = Json.read("the manifest " + file, Files.readString(file), Manifest.class);
        if (manifest.version != VERSION
                || manifest.files == null
                || !manifest.files.stream().allMatch(Manifest::isWhole)) {
            throw HsmException.dataInvalid(
                    "the manifest " + file + " is not of version " + VERSION + ", or fields are missing in it");
        }
        return manifest;
    }

    private static boolean isWhole(Entry entry) {
        return entry != null && entry.isWhole();
    }
}
