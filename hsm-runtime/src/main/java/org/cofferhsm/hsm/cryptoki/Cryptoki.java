package org.cofferhsm.hsm.cryptoki;

import com.sun.jna.Function;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.cofferhsm.hsm.error.HsmException;

/**
 * The functions of one Cryptoki module, called by their addresses in its function list; some modules export nothing but
 * that list. The module stays loaded as long as this process lives: some have left work for its end.
 */
public final class Cryptoki {

    /** dlopen(3): all symbols at once, none of them for other libraries, and for good. */
    private static final int OPEN_FLAGS = 2 | (Platform.isMac() ? 0x80 : 0x1000);

    private static final int CK_ULONG_BYTES = 8;

    private final Pointer list;
    /** How far off a word's boundary the module has to write what it answers. */
    private final int offset;

    private Cryptoki(Pointer list, int offset) {
        this.list = list;
        this.offset = offset;
    }

    /** Loads a module; complains by {@code argumentInvalid} when the file is none. */
    public static Cryptoki load(Path module) {
        requireKnownLayout();
        try {
            NativeLibrary library =
                    NativeLibrary.getInstance(module.toString(), Map.of(Library.OPTION_OPEN_FLAGS, OPEN_FLAGS));
            PointerByReference list = new PointerByReference();
            long result = library.getFunction("C_GetFunctionList").invokeLong(new Object[] {list});
            if (result != ReturnValue.OK) {
                throw new CryptokiException(CryptokiCall.GET_FUNCTION_LIST, result);
            }
            return new Cryptoki(list.getValue(), 0);
        } catch (UnsatisfiedLinkError e) {
            throw HsmException.argumentInvalid(
                            "the file " + module + " cannot be loaded as a PKCS#11 module: " + cause(e))
                    .causedBy(e);
        }
    }

    /**
     * The same module for a program that keeps handles and counts in packed structures, as Oracle Database does: what
     * the module answers is written to addresses that are no multiples of a word.
     */
    public Cryptoki packed() {
        return new Cryptoki(list, 1);
    }

    /** Room for words that the module answers with. */
    Words words(int count) {
        return new Words(count, offset);
    }

    /** The loader's own words; JNA lists before and after them where else it has looked. */
    private static String cause(UnsatisfiedLinkError error) {
        List<String> lines = String.valueOf(error.getMessage()).lines().toList();
        return lines.get(Math.min(1, lines.size() - 1));
    }

    /** The layout of Cryptoki's structures is that of 64-bit Unix here; Windows packs them otherwise. */
    private static void requireKnownLayout() {
        if (Native.LONG_SIZE != CK_ULONG_BYTES || Native.POINTER_SIZE != CK_ULONG_BYTES) {
            throw HsmException.argumentInvalid(
                    "other tokens' modules can be loaded on 64-bit Linux and macOS only, not on this platform");
        }
    }

    /** Calls a function and returns its CKR_* value. */
    public long call(CryptokiCall function, Object... arguments) {
        // The addresses follow a CK_VERSION of two bytes, aligned as pointers are.
        Pointer address = list.getPointer((1L + function.position()) * Native.POINTER_SIZE);
        return Function.getFunction(address).invokeLong(arguments);
    }

    /** Calls a function that has to work; complains by a {@link CryptokiException} otherwise. */
    void require(CryptokiCall function, Object... arguments) {
        long result = call(function, arguments);
        if (result != ReturnValue.OK) {
            throw new CryptokiException(function, result);
        }
    }
}
