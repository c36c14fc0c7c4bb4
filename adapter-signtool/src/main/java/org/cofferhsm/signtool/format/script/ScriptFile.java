package org.cofferhsm.signtool.format.script;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import org.cofferhsm.hsm.error.HsmException;
import org.cofferhsm.hsm.key.Octets;
import org.cofferhsm.signtool.authenticode.AuthenticodeOids;
import org.cofferhsm.signtool.authenticode.DigestAlgorithm;
import org.cofferhsm.signtool.authenticode.SignedContent;
import org.cofferhsm.signtool.authenticode.SpcIndirectData;
import org.cofferhsm.signtool.authenticode.SpcSipInfo;
import org.cofferhsm.signtool.format.ContentCheck;
import org.cofferhsm.signtool.format.ContentOptions;
import org.cofferhsm.signtool.format.SignableFile;
import org.cofferhsm.signtool.format.SoleSignature;
import org.cofferhsm.signtool.format.Source;

/** A script, open for reading. */
record ScriptFile(Source source, ScriptLanguage language, ScriptText script, Optional<SignatureBlock> block)
        implements SignableFile {

    @Override
    public SignedContent content(ContentOptions options) {
        return SignedContent.of(new SpcIndirectData(
                AuthenticodeOids.SIP_INFO,
                Optional.of(language.sip().toAsn1()),
                options.digest(),
                digest(options.digest())));
    }

    private Octets digest(DigestAlgorithm algorithm) {
        MessageDigest digest = algorithm.start();
        script.addTo(digest, 0, start());
        script.addTo(digest, end(), script.text().length());
        if (language.signsPosition()) {
            digest.update(ByteBuffer.allocate(Integer.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(start())
                    .flip());
        }
        return Octets.of(digest.digest());
    }

    /** Where the signature block starts, or would start. */
    private int start() {
        return block.map(SignatureBlock::start).orElseGet(() -> language.blockPosition(script.text()));
    }

    private int end() {
        return block.map(SignatureBlock::end).orElseGet(this::start);
    }

    @Override
    public ContentCheck check(SignedContent signed) {
        SpcIndirectData data = signed.indirectData()
                .filter(this::isOfLanguage)
                .orElseThrow(() -> HsmException.dataInvalid("the signature is not one of a script of this kind"));
        boolean clean = block.map(found -> found.signature().clean()).orElse(true);
        return new ContentCheck(
                data.algorithm(),
                data.digest(),
                digest(data.algorithm()),
                ContentCheck.Pages.ABSENT,
                clean ? Optional.empty() : Optional.of("there is data behind the signature in its block"));
    }

    private boolean isOfLanguage(SpcIndirectData data) {
        return data.type().equals(AuthenticodeOids.SIP_INFO)
                && data.value()
                        .map(SpcSipInfo::parse)
                        .filter(language.sip()::equals)
                        .isPresent();
    }

    @Override
    public List<Octets> signatures() {
        return block.map(found -> found.signature().signature()).stream().toList();
    }

    /** None needed: a block takes nothing from the text. */
    @Override
    public Optional<Octets> restoration() {
        return Optional.empty();
    }

    @Override
    public void writeSigned(List<Octets> signatures, FileChannel target) throws IOException {
        String text = SignatureBlock.text(SoleSignature.of("a script", signatures), language.comments());
        write(ByteBuffer.wrap(script.encoding().encode(text)), target);
    }

    @Override
    public void writeUnsigned(FileChannel target) throws IOException {
        write(ByteBuffer.allocate(0), target);
    }

    private void write(ByteBuffer inside, FileChannel target) throws IOException {
        source.copy(0, script.offset(start()), target);
        while (inside.hasRemaining()) {
            target.write(inside);
        }
        source.copy(script.offset(end()), source.size(), target);
    }
}
