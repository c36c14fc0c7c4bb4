package org.cofferhsm.hsm.spi;

/** A message whose fields do not fit their operation, or reach beyond its end. */
public final class MalformedMessageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MalformedMessageException(String message) {
        super(message);
    }
}
