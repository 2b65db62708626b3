package org.chartkeeper.audit;

import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.UserId;
import org.jspecify.annotations.Nullable;

/**
 * What is to be recorded. Actor, role, session, address, node, transaction and application version are added by the
 * trail itself from the request.
 *
 * @param action dotted and stable: {@code patient.view}, {@code entry.write}, {@code signin}, {@code access.emergency}
 * @param facility the custodian of what was touched, null to take the actor's own
 * @param actor whose deed it is, null for the person of the request
 * @param subjectType {@code entry}, {@code encounter}, {@code user}, {@code section} and the like
 * @param subjectId its id or, for a section, its name
 * @param subjectVersion the version that was read or made
 * @param reason a reason given by the actor from a list, or a short code; no clinical content
 * @param count number of hits, rows or resources
 * @param details further ids, as text without clinical content; for a search the ids that were shown
 */
public record AuditEvent(
        String action,
        Outcome outcome,
        @Nullable FacilityId facility,
        @Nullable UserId actor,
        @Nullable PatientId patient,
        @Nullable String subjectType,
        @Nullable String subjectId,
        @Nullable Integer subjectVersion,
        @Nullable String reason,
        @Nullable Integer count,
        @Nullable String details) {

    /** How it ended. */
    public enum Outcome {
        DONE,
        REFUSED,
        FAILED
    }

    /** Something that was done. */
    public static AuditEvent done(String action) {
        return new AuditEvent(action, Outcome.DONE, null, null, null, null, null, null, null, null, null);
    }

    /** Something that was refused. */
    public static AuditEvent refused(String action) {
        return new AuditEvent(action, Outcome.REFUSED, null, null, null, null, null, null, null, null, null);
    }

    /** Something that was tried and broke. */
    public static AuditEvent failed(String action) {
        return new AuditEvent(action, Outcome.FAILED, null, null, null, null, null, null, null, null, null);
    }

    public AuditEvent at(@Nullable FacilityId custodian) {
        return new AuditEvent(
                action,
                outcome,
                custodian,
                actor,
                patient,
                subjectType,
                subjectId,
                subjectVersion,
                reason,
                count,
                details);
    }

    public AuditEvent by(@Nullable UserId user) {
        return new AuditEvent(
                action,
                outcome,
                facility,
                user,
                patient,
                subjectType,
                subjectId,
                subjectVersion,
                reason,
                count,
                details);
    }

    public AuditEvent of(@Nullable PatientId whose) {
        return new AuditEvent(
                action,
                outcome,
                facility,
                actor,
                whose,
                subjectType,
                subjectId,
                subjectVersion,
                reason,
                count,
                details);
    }

    public AuditEvent on(String type, Object id) {
        return new AuditEvent(
                action, outcome, facility, actor, patient, type, id.toString(), subjectVersion, reason, count, details);
    }

    public AuditEvent version(int number) {
        return new AuditEvent(
                action, outcome, facility, actor, patient, subjectType, subjectId, number, reason, count, details);
    }

    public AuditEvent because(@Nullable String why) {
        return new AuditEvent(
                action, outcome, facility, actor, patient, subjectType, subjectId, subjectVersion, why, count, details);
    }

    public AuditEvent count(int number) {
        return new AuditEvent(
                action,
                outcome,
                facility,
                actor,
                patient,
                subjectType,
                subjectId,
                subjectVersion,
                reason,
                number,
                details);
    }

    public AuditEvent details(@Nullable String text) {
        return new AuditEvent(
                action, outcome, facility, actor, patient, subjectType, subjectId, subjectVersion, reason, count, text);
    }
}
