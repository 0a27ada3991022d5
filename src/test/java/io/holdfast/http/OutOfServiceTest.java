package io.holdfast.http;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.fixture.SampleRequest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A gateway whose policies cannot be read: it stays up, says why to its operator only, and refuses everything. */
@QuarkusTest
@TestProfile(OutOfServiceTest.WithoutPolicies.class)
class OutOfServiceTest {

    public static final class WithoutPolicies implements QuarkusTestProfile {
        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(RunningGateway.class, Map.of("policies", "src/test/resources")));
        }

        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }
    }

    @Test
    void it_is_live_and_not_ready_and_says_why() {
        assertEquals(200, given().get("/q/health/live").statusCode());

        JsonNode ready = Gateways.json(given().get("/q/health/ready"), 503);

        assertEquals("DOWN", ready.get("status").asText());
        String why = Gateways.check(ready, "ledger").at("/data/why").asText();
        assertTrue(why.startsWith("the policies are not valid"), ready.toString());
    }

    @Test
    void every_call_is_refused_with_a_problem_document_that_says_nothing_about_why() throws Exception {
        try (UserStore store = UserStore.of("HK")) {
            List<io.restassured.response.Response> answers = List.of(
                    Gateways.send(SampleRequest.usWarrant().sealed(Gateways.institutions())),
                    Gateways.placeHold(Gateways.holdOnUsersIn("IS", "iceland")),
                    Gateways.as(Tokens.legal()).get("/v1/holds"),
                    Gateways.as(Tokens.reviewer(1)).get("/v1/reviews"),
                    Gateways.as(Tokens.reviewer(1)).get("/v1/notices"),
                    Gateways.deliver("00000000-0000-7000-8000-000000000000", "us-fbi"),
                    Gateways.approve("00000000-0000-7000-8000-000000000000", "ab".repeat(32), Tokens.reviewer(1)),
                    given().get("/log/checkpoint"),
                    given().get("/log/tile/0/000.p/1"));

            for (var answer : answers) {
                JsonNode problem = Gateways.problem(answer, 503, "out-of-service");
                assertTrue(!problem.toString().contains("polic"), problem.toString());
            }
            assertEquals(List.of(), store.questions());
        }
    }

    @Test
    void it_can_be_seen_in_the_metrics() {
        assertTrue(given().get("/q/metrics").body().asString().contains("holdfast_log_writable 0.0"));
    }
}
