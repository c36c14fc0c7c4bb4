package org.cofferhsm.signtool.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.cofferhsm.hsm.spi.OutsideProgram;
import org.cofferhsm.hsm.testing.Interop;

/** wixl, which makes installer databases by other people's code. */
public final class Wixl {
    private static final String SOURCE = """
            <?xml version="1.0"?>
            <Wix xmlns="http://schemas.microsoft.com/wix/2006/wi">
              <Product Name="Example" Id="5f0b7a0c-6d1e-4b52-9a3d-0c7e2b7c1a01" Language="1033" Codepage="1252"
                  UpgradeCode="5f0b7a0c-6d1e-4b52-9a3d-0c7e2b7c1a02" Version="1.0.0" Manufacturer="Example">
                <Package Id="*" Description="Example" Manufacturer="Example" InstallerVersion="100" Languages="1033"
                    Compressed="yes" SummaryCodepage="1252"/>
                <Media Id="1" Cabinet="example.cab" EmbedCab="yes"/>
                <Directory Id="TARGETDIR" Name="SourceDir">
                  <Directory Id="ProgramFilesFolder" Name="PFiles">
                    <Directory Id="INSTALLDIR" Name="Example">
                      <Component Id="Main" Guid="5f0b7a0c-6d1e-4b52-9a3d-0c7e2b7c1a03">
                        <File Id="Payload" Name="payload.bin" DiskId="1" Source="payload.bin" KeyPath="yes"/>
                      </Component>
                    </Directory>
                  </Directory>
                </Directory>
                <Feature Id="Complete" Level="1"><ComponentRef Id="Main"/></Feature>
              </Product>
            </Wix>
            """;

    private Wixl() {}

    /** A database that installs one file of this many bytes. */
    public static Path database(Path directory, int payload) throws IOException {
        Path file = directory.resolve("example.msi");
        Path source = Files.writeString(directory.resolve("example.wxs"), SOURCE);
        Files.write(directory.resolve("payload.bin"), TinyMsi.pattern(payload));
        OutsideProgram wixl = new OutsideProgram(List.of(Interop.program("wixl").toString()), Map.of());
        OutsideProgram.Finished made = wixl.run("-o", file.toString(), source.toString());
        assertThat(made.status()).as(made.text() + made.messages()).isZero();
        return file;
    }
}
