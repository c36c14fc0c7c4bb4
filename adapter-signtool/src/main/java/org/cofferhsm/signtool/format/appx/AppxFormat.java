package org.cofferhsm.signtool.format.appx;

import java.io.IOException;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.signtool.format.Format;
import org.cofferhsm.signtool.format.SignableFile;
import org.cofferhsm.signtool.format.Source;

/** Packages and bundles for Windows: appx, msix, appxbundle, msixbundle. */
public final class AppxFormat implements Format {

    @Override
    public String name() {
        return "app package";
    }

    /** By the files that only such packages have: other ZIP files (JARs, documents) begin with the same bytes. */
    @Override
    public boolean recognizes(Source source) throws IOException {
        if (source.size() < Integer.BYTES || source.head(Integer.BYTES).getInt() != ZipEntry.LOCAL_MARK) {
            return false;
        }
        try {
            ZipDirectory directory = ZipDirectory.read(source);
            return directory.find(PackageFile.BLOCK_MAP).isPresent()
                    && directory.find(PackageFile.CONTENT_TYPES).isPresent();
        } catch (HsmException e) {
            return false; // some damaged archive; nothing says that it was a package
        }
    }

    @Override
    public SignableFile open(Source source) throws IOException {
        return new AppxFile(source, ZipDirectory.read(source));
    }
}
