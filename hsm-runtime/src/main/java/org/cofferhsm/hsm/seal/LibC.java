package org.cofferhsm.hsm.seal;

import com.sun.jna.Library;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;

/** The calls of the C library that protect memory; see Linux's manual pages mmap(2), mlock(2), madvise(2), prctl(2). */
interface LibC extends Library {

    Pointer mmap(Pointer address, NativeLong length, int protection, int flags, int file, NativeLong offset);

    int munmap(Pointer address, NativeLong length);

    int mlock(Pointer address, NativeLong length);

    int madvise(Pointer address, NativeLong length, int advice);

    int ftruncate(int file, NativeLong length);

    int close(int file);

    int getpagesize();

    String strerror(int error);

    int prctl(int option, NativeLong... arguments);

    NativeLong syscall(NativeLong number, NativeLong... arguments);
}
