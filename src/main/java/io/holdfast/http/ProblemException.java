package io.holdfast.http;

/** Ends a call with a problem document. */
final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    ProblemException(Problem problem) {
        super(problem.title(), null, false, false); // a way to answer, not a bug: no stack trace
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
