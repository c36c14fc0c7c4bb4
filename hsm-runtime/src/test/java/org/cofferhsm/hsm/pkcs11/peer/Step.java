package org.cofferhsm.hsm.pkcs11.peer;

import java.util.function.Function;

/** One call, made to both modules. */
record Step(String text, Function<Side, Answer> call) {}
