package org.cofferhsm.hsm.spi;

/** The calls of one client. Several of its connections may call at once; {@link #close} comes when the last has gone. */
public interface ClientCalls extends AutoCloseable {

    /** The status of a call that was done. */
    int DONE = 0;

    /** The status for an operation that the service does not have. */
    int UNKNOWN_OPERATION = 0xffff0007;

    /**
     * Answers one request.
     *
     * @param operation the operation's number in this service
     * @param request its fields; complains by {@link MalformedMessageException} where they do not fit
     * @param reply takes the results
     * @return {@link #DONE}, or the service's own status below {@code 0xffff0000}; what {@code reply} holds is sent either way
     */
    int call(int operation, MessageReader request, MessageWriter reply);

    /** Ends what the client has open. */
    @Override
    void close();
}
