package org.chartkeeper.coding;

import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Second reviews: a sample of finished cases is coded blind by somebody else, compared code by code, and counted. Accuracy
 * is the share of reviewed codes at which the coder was right; 95 in a hundred is the goal.
 */
public interface SecondReviews {

    /** Reviews that the actor may do, the oldest first. */
    List<Waiting> waiting(Actor actor, int limit);

    /**
     * Ends the blind coding and puts both side by side.
     *
     * @throws org.chartkeeper.platform.Rejected where the reviewer coded nothing
     */
    void compare(Actor actor, UUID coded, PatientId patient);

    /** Both side by side; empty where there is no comparison that the actor may see: its reviewer, coder, a supervisor. */
    Optional<Comparison> comparison(Actor actor, UUID coded);

    /**
     * Says of each difference who is right and why. Where all agree the case is final; else it goes back to its coder with
     * the differences.
     *
     * @throws org.chartkeeper.platform.Rejected where a difference has no verdict or no reason
     */
    void close(Actor actor, UUID coded, PatientId patient, List<Verdict> verdicts);

    /** Figures by coder and month, the newest month first; of the actor alone where he or she supervises nobody. */
    List<Month> accuracy(Actor actor, @Nullable FacilityId facility, YearMonth from);

    /** The shares of cases that are reviewed, by coder; for a supervisor. */
    List<Share> shares(Actor actor);

    /**
     * Sets the share of a coder's cases that are reviewed.
     *
     * @param percent null for the facility's share
     */
    void share(Actor actor, UserId coder, @Nullable Integer percent);

    /** A finished case to be coded a second time. {@code why} it was chosen: its share, or a rule. */
    record Waiting(
            UUID coded,
            PatientId patient,
            FacilityId facility,
            String why,
            Instant since,
            boolean begun,
            boolean compared) {}

    /** {@code mayJudge}: whether the actor is its reviewer and it is not closed. */
    record Comparison(
            UUID review,
            UUID coded,
            PatientId patient,
            String coderName,
            String reviewerName,
            @Nullable Instant closedAt,
            boolean mayJudge,
            List<Line> lines) {}

    /**
     * A code of either.
     *
     * @param right both, coder, reviewer, neither; null while nobody has said
     */
    record Line(
            int position,
            String section,
            @Nullable String coderCode,
            @Nullable String reviewerCode,
            boolean principal,
            @Nullable String right,
            @Nullable String reason) {}

    record Verdict(int position, String right, String reason) {}

    /**
     * A coder's month.
     *
     * @param codes codes reviewed; {@code right} of them at which the coder was right
     * @param kappa null where none was reviewed
     * @param finals cases made final in that month
     * @param overHard of these went over a hard stop
     */
    record Month(
            UserId coder,
            String coderName,
            YearMonth month,
            int cases,
            int codes,
            int right,
            @Nullable Double kappa,
            int finals,
            int overHard) {

        /** In hundredths; null where nothing was reviewed. */
        public @Nullable Double accuracy() {
            return codes == 0 ? null : Double.valueOf(100.0 * right / codes);
        }
    }

    record Share(UserId coder, String name, @Nullable Integer percent) {}
}
