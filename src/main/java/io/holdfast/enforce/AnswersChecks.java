package io.holdfast.enforce;

/** A place where proxies ask about calls. */
public sealed interface AnswersChecks extends AutoCloseable permits CheckServer, GrpcCheckServer {

    /** Where it listens; with port 0 the one that it was given. */
    int port();

    /** How often it answered yes, or no, since the start. */
    long count(boolean isAllowed);

    @Override
    void close();
}
