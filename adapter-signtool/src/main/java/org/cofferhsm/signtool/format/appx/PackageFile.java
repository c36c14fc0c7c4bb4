package org.cofferhsm.signtool.format.appx;

/** The files of a package that signing has to do with, by their names in the archive. */
enum PackageFile {
    BLOCK_MAP("AppxBlockMap.xml", 1 << 28),
    CONTENT_TYPES("[Content_Types].xml", 1 << 22),
    CODE_INTEGRITY("AppxMetadata/CodeIntegrity.cat", 1 << 28),
    MANIFEST("AppxManifest.xml", 1 << 26),
    BUNDLE_MANIFEST("AppxMetadata/AppxBundleManifest.xml", 1 << 28),
    SIGNATURE("AppxSignature.p7x", 1 << 24);

    private final String path;
    private final int mostBytes;

    PackageFile(String path, int mostBytes) {
        this.path = path;
        this.mostBytes = mostBytes;
    }

    String path() {
        return path;
    }

    /** Far above what any real one has, unpacked; what is larger is a bomb. */
    int mostBytes() {
        return mostBytes;
    }
}
