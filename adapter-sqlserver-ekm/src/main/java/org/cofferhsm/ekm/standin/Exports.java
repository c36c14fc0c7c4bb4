package org.cofferhsm.ekm.standin;

import java.util.List;

/** The functions that SQL Server looks up, in the order in which its message 33085 counts them. */
final class Exports {

    static final List<String> NAMES = List.of(
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

    private Exports() {}
}
