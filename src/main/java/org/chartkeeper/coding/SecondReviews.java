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
 * Second reviews: a sample of finished cases is coded blind by somebody else, compared code by code with what goes with the
 * codes, and counted. Accuracy is the share of what was reviewed at which the coder was right, told apart for codes, for
 * the principal diagnosis, for presence on admission and for the rest; 95 in a hundred is the goal.
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

    /**
     * Figures by month and coder, the newest month first, with all coders together where there are several; of the actor
     * alone where he or she supervises nobody. What is counted in a month stays counted there: a review in the month in
     * which it was closed, a final case in the month in which it became final, also when the case is reopened later.
     */
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
            List<Line> lines) {

        public List<Line> codes() {
            return lines.stream().filter(line -> line.element().equals("code")).toList();
        }

        /** Which diagnosis is first, and what goes with the codes. */
        public List<Line> elements() {
            return lines.stream().filter(line -> !line.element().equals("code")).toList();
        }
    }

    /**
     * A code of either, or what goes with it.
     *
     * @param element code, principal (which diagnosis is first), poa, modifiers, units, day, times (how often it is given)
     * @param about the code that it goes with; null for a code and for the first one
     * @param coderCode the code or the value that the coder gave; null for none
     * @param principal whether it is the choice of the principal or first-listed diagnosis
     * @param right both, coder, reviewer, neither; null while nobody has said
     */
    record Line(
            int position,
            String section,
            String element,
            @Nullable String about,
            @Nullable String coderCode,
            @Nullable String reviewerCode,
            boolean principal,
            @Nullable String right,
            @Nullable String reason) {

        /** What kind of thing it is, as the head of its row. */
        public String what() {
            return switch (element) {
                case "code" -> principal ? "first diagnosis" : section;
                case "principal" -> "which is first";
                case "poa" -> "POA of " + about;
                case "times" -> about + ", how often";
                default -> element + " of " + about;
            };
        }

        /** The same for somebody who does not see the row. */
        public String said() {
            return element.equals("code") ? String.valueOf(coderCode == null ? reviewerCode : coderCode) : what();
        }
    }

    record Verdict(int position, String right, String reason) {}

    /**
     * So many judged, at {@code right} of which the coder was right.
     */
    record Counted(int all, int right) {

        /** In hundredths; null where nothing was reviewed. */
        public @Nullable Double accuracy() {
            return all == 0 ? null : Double.valueOf(100.0 * right / all);
        }
    }

    /**
     * A coder's month.
     *
     * @param coder null for all coders together
     * @param cases whose second review was closed in that month
     * @param casesReopened of these were reopened after it
     * @param principal the choice of the principal or first-listed diagnosis, one for each case
     * @param poa presence on admission, of diagnoses that both gave
     * @param details modifiers, units, days and number of services that both gave
     * @param kappa of the codes; null where none was reviewed
     * @param finals cases that became final in that month for the first time
     * @param again cases that became final again after they were reopened
     * @param overHard of both went over a hard stop
     * @param reopened of the finals were reopened since
     */
    record Month(
            @Nullable UserId coder,
            String coderName,
            YearMonth month,
            int cases,
            int casesReopened,
            Counted codes,
            Counted principal,
            Counted poa,
            Counted details,
            @Nullable Double kappa,
            int finals,
            int again,
            int overHard,
            int reopened) {}

    record Share(UserId coder, String name, @Nullable Integer percent) {}
}
