package org.cofferhsm.hsm.crypto;

/** The two engines that every family has to work with. */
public enum TestEngine {
    FASTEST(Engine.fastest()),
    WITHOUT_NATIVE_CODE(Engine.withoutNativeCode());

    private final Engine engine;

    TestEngine(Engine engine) {
        this.engine = engine;
    }

    public Engine engine() {
        return engine;
    }
}
