package org.cofferhsm.ekm.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.cofferhsm.hsm.command.Finding;

/** Whether a file is a library that SQL Server could load. */
public final class LibraryCheck {

    /** The functions that SQL Server looks up, in the order in which its message 33085 counts them. */
    public static final List<String> EXPORTS = List.of(
            "SqlCryptInitializeProvider",
            "SqlCryptFreeProvider",
            "SqlCryptOpenSession",
            "SqlCryptCloseSession",
            "SqlCryptGetProviderInfo",
            "SqlCryptGetNextAlgorithmId",
            "SqlCryptGetAlgorithmInfo",
            "SqlCryptCreateKey",
            "SqlCryptDropKey",
            "SqlCryptGetNextKeyId",
            "SqlCryptGetKeyInfoByKeyId",
            "SqlCryptGetKeyInfoByThumb",
            "SqlCryptGetKeyInfoByName",
            "SqlCryptExportKey",
            "SqlCryptImportKey",
            "SqlCryptEncrypt",
            "SqlCryptDecrypt");

    private static final long LARGEST = 64L << 20;

    private LibraryCheck() {}

    /** What there is to say of the file. */
    public static List<Finding> of(Path library) {
        try {
            if (!Files.isRegularFile(library) || Files.size(library) > LARGEST) {
                return List.of(Finding.problem("library", library + " is not there, or is no library"));
            }
            return of(library, read(new ImageBytes(Files.readAllBytes(library))));
        } catch (IOException e) {
            return List.of(Finding.problem("library", library + " cannot be read: " + e.getMessage()));
        } catch (BrokenImageException e) {
            return List.of(Finding.problem("library", library + " is damaged: " + e.getMessage()));
        }
    }

    private static Image read(ImageBytes file) {
        if (file.u16(0) == 0x5a4d) {
            return PeImage.read(file);
        }
        if (file.u32(0) == 0x464c457f) {
            return ElfImage.read(file);
        }
        throw new BrokenImageException("it is neither a DLL nor an ELF library");
    }

    private static List<Finding> of(Path library, Image image) {
        List<Finding> findings = new ArrayList<>();
        findings.add(
                image.x64()
                        ? Finding.ok("bitness", library + " is an x64 " + image.format())
                        : Finding.problem(
                                "bitness",
                                library + " is not for x64, and SQL Server loads no other (message 33027); take the"
                                        + " x64 library"));
        if (image.x64()) {
            findings.add(exports(image));
            findings.add(signature(image));
        }
        return findings;
    }

    private static Finding exports(Image image) {
        Set<String> missing = new TreeSet<>(EXPORTS);
        missing.removeAll(image.exports());
        return missing.isEmpty()
                ? Finding.ok("exports", "all 17 of EKM")
                : Finding.problem("exports", "SQL Server would say 33085; missing: " + String.join(", ", missing));
    }

    private static Finding signature(Image image) {
        if (!image.format().equals("DLL")) {
            return Finding.note("signature", "only DLLs carry one; SQL Server on Linux loads no provider known to us");
        }
        return image.signatureBytes() > 0
                ? Finding.note(
                        "signature",
                        "there is one of " + image.signatureBytes() + " bytes; whether the server trusts it, say"
                                + " Get-AuthenticodeSignature there, or coffer signtool verify /pa")
                : Finding.problem(
                        "signature",
                        "there is none, and SQL Server loads no unsigned library (messages 33027, 33081); sign it by a"
                                + " certificate that the server's machine trusts");
    }
}
