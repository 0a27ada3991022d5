package io.holdfast.enforce;

import io.holdfast.extauthz.CheckResponse;
import io.holdfast.extauthz.DeniedHttpResponse;
import io.holdfast.extauthz.HeaderValue;
import io.holdfast.extauthz.HeaderValueOption;
import io.holdfast.extauthz.HttpStatus;
import io.holdfast.extauthz.OkHttpResponse;
import io.holdfast.extauthz.Status;
import java.util.List;

/** An answer as Envoy reads it. No metadata: nobody else is to decide by what the gateway says. */
final class EnvoyAnswer {

    private static final int OK = 0;
    private static final int PERMISSION_DENIED = 7;
    private static final int NO = 403;

    private EnvoyAnswer() {}

    /** @param removed the names of headers that do not go on, if the call does */
    static CheckResponse of(Answer answer, List<String> removed) {
        CheckResponse.Builder response = CheckResponse.newBuilder()
                .setStatus(Status.newBuilder()
                        .setCode(answer.isAllowed() ? OK : PERMISSION_DENIED)
                        .setMessage(answer.code()));
        return answer.isAllowed()
                ? response.setOkResponse(OkHttpResponse.newBuilder().addAllHeadersToRemove(removed))
                        .build()
                : response.setDeniedResponse(DeniedHttpResponse.newBuilder()
                                .setStatus(HttpStatus.newBuilder().setCode(NO))
                                .addHeaders(header("Cache-Control", "no-store"))
                                .addHeaders(header("Holdfast-Denied", answer.code())))
                        .build();
    }

    private static HeaderValueOption header(String name, String value) {
        return HeaderValueOption.newBuilder()
                .setHeader(HeaderValue.newBuilder().setKey(name).setValue(value))
                .build();
    }
}
