package io.holdfast.legal;

/**
 * A way through one hold, written in that hold. It makes a request <em>eligible</em>: a grant must still permit it,
 * another hold still blocks it, and people must look at it.
 *
 * @param basis the law or the policy that the exception rests on
 */
public record HoldException(String id, String basis, Match when) {}
