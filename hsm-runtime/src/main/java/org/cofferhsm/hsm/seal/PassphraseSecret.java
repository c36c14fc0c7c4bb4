package org.cofferhsm.hsm.seal;

/** A passphrase. The characters stay the caller's to wipe. */
public final class PassphraseSecret implements SealSecret {

    private final char[] characters;

    private PassphraseSecret(char[] characters) {
        this.characters = characters;
    }

    /** These characters, which are not copied. */
    public static PassphraseSecret of(char... characters) {
        return new PassphraseSecret(characters);
    }

    char[] characters() {
        return characters;
    }

    @Override
    public SealKind kind() {
        return SealKind.PASSPHRASE;
    }

    @Override
    public String toString() {
        return "PassphraseSecret";
    }
}
