package org.cofferhsm.signtool.commandline.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.cofferhsm.hsm.session.AuditEntry;
import org.cofferhsm.hsm.session.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SigningNoteTest {

    private static SigningNote note(String file) {
        return new SigningNote("signed", "sha256:aa", "bb", "cc", "0x1/my key", "DD", file);
    }

    private static AuditEntry entry(String operation, String result, String text) {
        return new AuditEntry(1, Instant.EPOCH, "alice", operation, "", result, text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"setup.exe", "my setup.exe", "x file=other.exe", "x digest=sha256:ff", ""})
    void isReadBackWhateverTheFileIsCalled(String file) {
        assertThat(SigningNote.of(
                        entry("note:signtool", Session.NOTED, note(file).text())))
                .hasValueSatisfying(read -> {
                    assertThat(read.file()).isEqualTo(file);
                    assertThat(read.digest()).isEqualTo("sha256:aa");
                    assertThat(read.key()).isEqualTo("0x1/my_key");
                });
    }

    @Test
    void holdsNothingThatTheLogRefuses() {
        String text = note("a\nb\u202ec" + "x".repeat(5000)).text();

        assertThat(text.length()).isLessThanOrEqualTo(Session.LONGEST_NOTE);
        assertThat(text).doesNotContainPattern("[\\p{Cc}\\p{Cf}]");
    }

    @Test
    void isNotReadFromOtherRecords() {
        String text = note("setup.exe").text();

        assertThat(SigningNote.of(entry("sign", "OK", text))).isEmpty();
        assertThat(SigningNote.of(entry("note:tsa", Session.NOTED, text))).isEmpty();
        assertThat(SigningNote.of(entry("note:signtool", "ARGUMENT_INVALID", text)))
                .isEmpty();
        assertThat(SigningNote.of(entry("note:signtool", Session.NOTED, "signed something")))
                .isEmpty();
    }
}
