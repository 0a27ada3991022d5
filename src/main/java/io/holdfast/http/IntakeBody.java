package io.holdfast.http;

import io.holdfast.legal.Action;
import io.holdfast.legal.Channel;
import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Emergency;
import io.holdfast.legal.NonDisclosure;
import io.holdfast.legal.Offence;
import io.holdfast.legal.Request;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;

/**
 * What a law-enforcement agent sends. Who the agent acts for is not in here: the token says so.
 *
 * @param users where the users live, as far as the sender knows; ISO 3166-1 codes
 * @param subjects where the matter is placed
 * @param nationalSecurity whether a national security law is involved
 * @param necessity why the data is needed, in the sender's words
 */
@ValidDates
record IntakeBody(
        @NotNull @Valid InstrumentBody instrument,
        @NotNull @Valid DocumentBody document,
        @NotNull Channel channel,
        @NotNull Action action,
        @NotEmpty @Size(max = 7) List<@NotNull DataCategory> categories,
        @NotEmpty List<@NotNull @Valid TargetBody> targets,
        @NotNull @Valid PeriodBody period,
        @NotEmpty @Size(max = 8) List<@NotNull Offence> offences,
        @NotNull Boolean nationalSecurity,
        @NotNull Emergency emergency,
        @NotNull NonDisclosure nonDisclosure,
        @NotEmpty @Size(max = 50) List<@NotNull @CountryCode String> users,
        @NotEmpty @Size(max = 50) List<@NotNull @CountryCode String> subjects,
        @NotNull @Valid OfficerBody officer,
        @NotNull @Size(min = 1, max = 100) @PlainText String caseReference,
        @Size(min = 1, max = 4000) @PlainText String necessity) {

    /** The longest address that mail can have, RFC 5321. */
    static final int LONGEST_TARGET = 254;

    record InstrumentBody(
            @NotNull
            @Size(max = 40)
            @Pattern(regexp = "[A-Z][A-Z0-9]*(-[A-Z0-9]+){0,20}", message = "must be the code of an instrument")
            String kind,

            @NotNull
            @Pattern(regexp = "[a-z0-9]+(-[a-z0-9]+){0,20}", message = "must be the id of an enrolled authority")
            @Size(max = 60)
            String issuedBy,

            @NotNull
            @Pattern(
                    regexp = "[!#-\\[\\]-~]{1,60}",
                    message = "must be 1 to 60 printable ASCII characters without spaces, quotes and backslashes")
            String docket,

            @NotNull @WholeSeconds Instant issuedAt,
            @NotNull @WholeSeconds Instant expiresAt) {}

    record DocumentBody(
            @NotNull @Pattern(regexp = "[0-9a-f]{128}", message = "must be 128 lower-case hex digits")
            String sha512,

            @NotNull @Pattern(regexp = "[a-z]+/[a-z0-9.+-]{1,60}", message = "must be a media type")
            String mediaType,

            @Size(min = 1, max = 8192) @Pattern(regexp = "[A-Za-z0-9_.-]+", message = "must be a compact JWS")
            String seal) {}

    @ValidTarget
    record TargetBody(
            @NotNull Request.Target.Kind kind,
            @NotNull @Size(min = 1, max = LONGEST_TARGET) String value) {}

    record PeriodBody(
            @NotNull @WholeSeconds Instant from,
            @NotNull @WholeSeconds Instant to) {}

    record OfficerBody(
            @NotNull @Size(min = 1, max = 200) @PlainText String name,
            @NotNull @Size(min = 1, max = 60) @PlainText String badge,
            @NotNull @Email @Size(max = 254) String email,

            @NotNull @Pattern(regexp = "\\+[1-9][0-9]{6,14}", message = "must be an E.164 number")
            String phone) {}
}
