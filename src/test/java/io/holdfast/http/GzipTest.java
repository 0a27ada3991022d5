package io.holdfast.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is sent something compressed. */
class GzipTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gzip",
                "GZIP",
                "br, gzip",
                "gzip;q=0.001",
                "gzip ; q=1",
                "*",
                "identity;q=0, *;q=0.5",
                "gzip, *;q=0"
            })
    void whoever_says_so(String accepted) {
        assertTrue(Gzip.isAccepted(List.of(accepted)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "identity",
                "br",
                "gzip;q=0",
                "gzip;q=0.000",
                "gzip; q=0.",
                "*;q=0",
                "gzip;q=0, *",
                "xgzip",
                "gzipped"
            })
    void and_nobody_else(String accepted) {
        assertFalse(Gzip.isAccepted(List.of(accepted)));
    }

    @Test
    void a_header_may_come_in_several_lines() {
        assertTrue(Gzip.isAccepted(List.of("br", "gzip")));
        assertFalse(Gzip.isAccepted(List.of()));
    }
}
