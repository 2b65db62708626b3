package org.chartkeeper.coding.domain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.chartkeeper.coding.SecondReviews.Share;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.UserId;
import org.chartkeeper.platform.Uuid7;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The tables of second reviews. */
@Component
class ReviewRows {

    private final JdbcClient jdbc;

    ReviewRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A review that is not closed. */
    record Waiting(
            UUID id,
            UUID caseId,
            PatientId patient,
            FacilityId facility,
            String why,
            UserId coder,
            @Nullable UserId reviewer,
            Instant openedAt,
            @Nullable Instant comparedAt,
            @Nullable Instant closedAt) {}

    /** A line of the comparison. */
    record Line(
            int position,
            String section,
            String element,
            @Nullable String about,
            @Nullable String coderCode,
            @Nullable String reviewerCode,
            boolean principal,
            @Nullable String rightOne,
            @Nullable String reason) {}

    boolean reviewed(UUID caseId) {
        return jdbc.sql("SELECT EXISTS (SELECT 1 FROM coding_review WHERE case_id = :id)")
                .param("id", caseId)
                .query(Boolean.class)
                .single();
    }

    OptionalInt share(UUID coder) {
        return jdbc.sql("SELECT percent FROM coding_review_share WHERE user_id = :id")
                .param("id", coder)
                .query(Integer.class)
                .optional()
                .map(OptionalInt::of)
                .orElseGet(OptionalInt::empty);
    }

    void open(CaseEntity entity, String why, Instant now) {
        jdbc.sql("""
                INSERT INTO coding_review (id, case_id, patient_id, facility_id, why, coder, opened_at)
                VALUES (:id, :case, :patient, :facility, :why, :coder, :now)
                """)
                .param("id", Uuid7.next())
                .param("case", entity.id)
                .param("patient", entity.patientId)
                .param("facility", entity.facilityId)
                .param("why", why)
                .param("coder", entity.coder)
                .param("now", CaseRows.at(now))
                .update();
    }

    Optional<Waiting> waiting(UUID caseId) {
        return jdbc.sql("SELECT * FROM coding_review WHERE case_id = :id AND closed_at IS NULL")
                .param("id", caseId)
                .query((row, number) -> waiting(row))
                .optional();
    }

    /** The last review of a case, closed or not. */
    Optional<Waiting> latest(UUID caseId) {
        return jdbc.sql("SELECT * FROM coding_review WHERE case_id = :id ORDER BY opened_at DESC LIMIT 1")
                .param("id", caseId)
                .query((row, number) -> waiting(row))
                .optional();
    }

    /** A judged line of a closed review. */
    record Judged(
            UUID review,
            FacilityId facility,
            UserId coder,
            Instant closedAt,
            String element,
            boolean principal,
            @Nullable String coderCode,
            @Nullable String reviewerCode,
            String right,
            boolean reopened) {}

    List<Judged> judged(Collection<FacilityId> facilities, @Nullable UUID coder, Instant from) {
        return jdbc.sql("""
                        SELECT r.id, r.facility_id, r.coder, r.closed_at, l.element, l.principal, l.coder_code,
                               l.reviewer_code, l.right_one,
                               EXISTS (SELECT 1 FROM coding_step f
                                       JOIN coding_step o ON o.case_id = f.case_id AND o.number > f.number
                                       WHERE f.case_id = r.case_id AND f.state = 'final coded' AND f.at >= r.closed_at
                                         AND o.state = 'reopened') AS reopened
                        FROM coding_review r JOIN coding_review_line l ON l.review_id = r.id
                        WHERE r.facility_id = ANY (:facilities::uuid[]) AND r.closed_at >= :from
                          AND (:coder::uuid IS NULL OR r.coder = :coder::uuid)
                        """)
                .param(
                        "facilities",
                        facilities.stream().map(FacilityId::toString).toArray(String[]::new))
                .param("from", CaseRows.at(from))
                .param("coder", coder == null ? null : coder.toString())
                .query((row, number) -> new Judged(
                        row.getObject("id", UUID.class),
                        new FacilityId(row.getObject("facility_id", UUID.class)),
                        new UserId(row.getObject("coder", UUID.class)),
                        row.getObject("closed_at", OffsetDateTime.class).toInstant(),
                        row.getString("element"),
                        row.getBoolean("principal"),
                        row.getString("coder_code"),
                        row.getString("reviewer_code"),
                        row.getString("right_one"),
                        row.getBoolean("reopened")))
                .list();
    }

    /**
     * A case that a coder made final, which stays counted where it was made.
     *
     * @param over whether it went over a hard stop
     * @param again whether it was final before
     * @param reopened whether it was reopened since
     */
    record Final(FacilityId facility, UserId coder, Instant at, boolean over, boolean again, boolean reopened) {}

    /** Steps by which a case became final. */
    private static final String MADE_FINAL =
            "%1$s.state = 'final coded' AND (%1$s.what LIKE 'final coded%%' OR %1$s.what = 'second review: all stands')";

    List<Final> finals(Collection<FacilityId> facilities, @Nullable UUID coder, Instant from) {
        return jdbc.sql("""
                        SELECT c.facility_id, coalesce(s.coder, c.coder) AS coder, s.at, b.number IS NOT NULL AS again,
                               EXISTS (SELECT 1 FROM coding_step o WHERE o.case_id = c.id AND o.number <= s.number
                                       AND o.number > coalesce(b.number, 0)
                                       AND o.what ~ '^(final )?coded over [0-9]+ hard stop') AS over,
                               EXISTS (SELECT 1 FROM coding_step o WHERE o.case_id = c.id AND o.number > s.number
                                       AND o.state = 'reopened') AS reopened
                        FROM coding_step s JOIN coding_case c ON c.id = s.case_id
                        LEFT JOIN LATERAL (SELECT max(f.number) AS number FROM coding_step f
                                           WHERE f.case_id = c.id AND f.number < s.number AND %s) b ON true
                        WHERE c.facility_id = ANY (:facilities::uuid[]) AND %s AND s.at >= :from
                          AND coalesce(s.coder, c.coder) IS NOT NULL
                          AND (:coder::uuid IS NULL OR coalesce(s.coder, c.coder) = :coder::uuid)
                        """.formatted(MADE_FINAL.formatted("f"), MADE_FINAL.formatted("s")))
                .param(
                        "facilities",
                        facilities.stream().map(FacilityId::toString).toArray(String[]::new))
                .param("from", CaseRows.at(from))
                .param("coder", coder == null ? null : coder.toString())
                .query((row, number) -> new Final(
                        new FacilityId(row.getObject("facility_id", UUID.class)),
                        new UserId(row.getObject("coder", UUID.class)),
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        row.getBoolean("over"),
                        row.getBoolean("again"),
                        row.getBoolean("reopened")))
                .list();
    }

    /** Everybody who may code at these facilities, with his or her own share. */
    List<Share> shares(Collection<FacilityId> facilities) {
        return jdbc.sql("""
                        SELECT DISTINCT u.id, u.name, s.percent FROM app_user u
                        JOIN user_role ur ON ur.user_id = u.id AND ur.facility_id = ANY (:facilities::uuid[])
                        JOIN role_permission p ON p.role_key = ur.role_key AND p.permission = 'coding.work'
                        LEFT JOIN coding_review_share s ON s.user_id = u.id
                        WHERE u.status = 'active' ORDER BY u.name
                        """)
                .param(
                        "facilities",
                        facilities.stream().map(FacilityId::toString).toArray(String[]::new))
                .query((row, number) -> new Share(
                        new UserId(row.getObject("id", UUID.class)),
                        row.getString("name"),
                        row.getObject("percent", Integer.class)))
                .list();
    }

    void share(UUID coder, @Nullable Integer percent) {
        if (percent == null) {
            jdbc.sql("DELETE FROM coding_review_share WHERE user_id = :id")
                    .param("id", coder)
                    .update();
            return;
        }
        jdbc.sql("""
                INSERT INTO coding_review_share (user_id, percent) VALUES (:id, :percent)
                ON CONFLICT (user_id) DO UPDATE SET percent = excluded.percent
                """).param("id", coder).param("percent", percent).update();
    }

    /** Reviews that this person may do or has begun, the oldest first. */
    List<Waiting> list(Actor actor, int limit) {
        return jdbc.sql("""
                        SELECT r.* FROM coding_review r
                        WHERE r.closed_at IS NULL AND r.coder <> :me AND (r.reviewer IS NULL OR r.reviewer = :me)
                          AND r.facility_id = ANY (:facilities::uuid[]) AND may_see(r.patient_id)
                          AND EXISTS (SELECT FROM coding_case c
                                      WHERE c.id = r.case_id AND may_see_labels(c.sensitivity))
                          AND NOT EXISTS (SELECT 1 FROM coding_case_visit v
                                          WHERE v.case_id = r.case_id AND NOT may_see_visit(v.encounter_id))
                        ORDER BY r.opened_at, r.id LIMIT :limit
                        """)
                .param("me", actor.user().value())
                .param(
                        "facilities",
                        actor.facilities().stream().map(FacilityId::toString).toArray(String[]::new))
                .param("limit", limit)
                .query((row, number) -> waiting(row))
                .list();
    }

    private static Waiting waiting(ResultSet row) throws SQLException {
        UUID reviewer = row.getObject("reviewer", UUID.class);
        return new Waiting(
                row.getObject("id", UUID.class),
                row.getObject("case_id", UUID.class),
                new PatientId(row.getObject("patient_id", UUID.class)),
                new FacilityId(row.getObject("facility_id", UUID.class)),
                row.getString("why"),
                new UserId(row.getObject("coder", UUID.class)),
                reviewer == null ? null : new UserId(reviewer),
                row.getObject("opened_at", OffsetDateTime.class).toInstant(),
                CaseRows.instant(row, "compared_at"),
                CaseRows.instant(row, "closed_at"));
    }

    void begin(UUID review, UUID reviewer, Instant now) {
        jdbc.sql("""
                UPDATE coding_review SET reviewer = :reviewer, started_at = coalesce(started_at, :now)
                WHERE id = :id AND reviewer IS NULL
                """)
                .param("id", review)
                .param("reviewer", reviewer)
                .param("now", CaseRows.at(now))
                .update();
    }

    void compared(UUID review, List<Line> lines, Instant now) {
        for (Line line : lines) {
            jdbc.sql("""
                    INSERT INTO coding_review_line (review_id, position, section, element, about, coder_code,
                        reviewer_code, principal, right_one)
                    VALUES (:id, :position, :section, :element, :about, :coder, :reviewer, :principal, :right)
                    """)
                    .param("id", review)
                    .param("position", line.position())
                    .param("section", line.section())
                    .param("element", line.element())
                    .param("about", line.about())
                    .param("coder", line.coderCode())
                    .param("reviewer", line.reviewerCode())
                    .param("principal", line.principal())
                    .param("right", line.rightOne())
                    .update();
        }
        jdbc.sql("UPDATE coding_review SET compared_at = :now WHERE id = :id")
                .param("id", review)
                .param("now", CaseRows.at(now))
                .update();
    }

    List<Line> lines(UUID review) {
        return jdbc.sql("SELECT * FROM coding_review_line WHERE review_id = :id ORDER BY position")
                .param("id", review)
                .query((row, number) -> new Line(
                        row.getInt("position"),
                        row.getString("section"),
                        row.getString("element"),
                        row.getString("about"),
                        row.getString("coder_code"),
                        row.getString("reviewer_code"),
                        row.getBoolean("principal"),
                        row.getString("right_one"),
                        row.getString("reason")))
                .list();
    }

    void judge(UUID review, int position, String right, String reason) {
        jdbc.sql("""
                UPDATE coding_review_line SET right_one = :right, reason = :reason
                WHERE review_id = :id AND position = :position
                """)
                .param("id", review)
                .param("position", position)
                .param("right", right)
                .param("reason", reason)
                .update();
    }

    void close(UUID review, Instant now) {
        jdbc.sql("UPDATE coding_review SET closed_at = :now WHERE id = :id")
                .param("id", review)
                .param("now", CaseRows.at(now))
                .update();
    }
}
