package io.holdfast.policy;

import io.holdfast.legal.Action;
import io.holdfast.legal.AuthorityLevel;
import io.holdfast.legal.Dimension;
import io.holdfast.legal.Duty;
import io.holdfast.legal.Emergency;
import io.holdfast.legal.Notice;
import io.holdfast.legal.Obligations;
import io.holdfast.legal.Step;
import io.holdfast.legal.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a grant asks of the platform, and cannot mean. */
final class ObligationsLint {

    private ObligationsLint() {}

    static List<Finding> findings(List<Grant> grants) {
        List<Finding> findings = new ArrayList<>();
        for (Grant grant : grants) {
            Obligations asked = grant.obligations();
            boolean keeps = names(grant, Dimension.ACTION, Action.PRESERVE);
            if (keeps && asked.preservation().isEmpty()) {
                findings.add(
                        Finding.error(grant.id(), "keeps data and does not say how long; add preserve: {for: P90D}"));
            }
            if (!keeps && asked.preservation().isPresent()) {
                findings.add(Finding.error(grant.id(), "says how long data are kept, and keeps none"));
            }
            if (names(grant, Dimension.ACTION, Action.DISCLOSE) && asked.notice() == Notice.NOT_REQUIRED) {
                findings.add(Finding.error(
                        grant.id(), "hands data over, so somebody has to be told; NOT-REQUIRED is for keeping data"));
            }
            if (asked.unencrypted() && !names(grant, Dimension.ACTION, Action.DISCLOSE)) {
                findings.add(Finding.error(grant.id(), "lets data leave unencrypted, and hands none over"));
            }
            if (asked.unencrypted() && asked.duties().contains(Duty.ENCRYPT_TO_ISSUER)) {
                findings.add(Finding.error(
                        grant.id(),
                        "lets data leave unencrypted, and has the duty ENCRYPT-TO-ISSUER; drop one of them"));
            }
            if (asked.unencrypted()) {
                findings.add(Finding.warning(
                        grant.id(),
                        "lets data leave unencrypted where an authority has enrolled no certificate: "
                                + grant.unencrypted().orElseThrow().cite()));
            }
            if (asked.duties().contains(Duty.AWAIT_ENFORCING_AUTHORITY)
                    && asked.clock(Step.AUTHORITY_OBJECTS).isEmpty()) {
                findings.add(Finding.error(
                        grant.id(), "waits for an authority without an end; add clock authority-objects"));
            }
            if (isWordOfAnOfficer(grant) && !asked.duties().contains(Duty.FOLLOW_UP_PROCESS)) {
                findings.add(Finding.error(
                        grant.id(),
                        "believes an officer in an emergency and asks for nothing afterwards; add duty"
                                + " FOLLOW-UP-PROCESS"));
            }
        }
        return findings;
    }

    /** An emergency and nothing else, on the word of an officer. */
    private static boolean isWordOfAnOfficer(Grant grant) {
        Set<Term> emergencies = grant.when().accepted().get(Dimension.EMERGENCY);
        return emergencies != null
                && !emergencies.contains(Emergency.NONE)
                && names(grant, Dimension.AUTHORITY, AuthorityLevel.OFFICER);
    }

    private static boolean names(Grant grant, Dimension dimension, Term term) {
        Set<Term> accepted = grant.when().accepted().get(dimension);
        return accepted == null || accepted.contains(term);
    }
}
