package org.chartkeeper.coding.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.chartkeeper.coding.CodingCases.Work;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.Permission;
import org.springframework.stereotype.Component;

/** Which cases are coded a second time, and by whom. */
@Component
class SecondLook {

    /** How the reason of a case begins that was drawn by its coder's share. */
    static final String SHARE = "of the coder’s share";

    private static final int HUNDRED = 100;

    private final ReviewRows rows;

    SecondLook(ReviewRows rows) {
        this.rows = rows;
    }

    /**
     * Why a finished case is coded a second time: because it went over a hard stop or answered for a rule that the
     * facility watches, or by the share of its coder; empty where it is not. A case that was reviewed once is not again.
     * The same case is always chosen or never, so that nobody tries until it is not.
     */
    Optional<String> wanted(
            CaseEntity entity, CaseRows.Policy policy, List<CaseRows.Answered> answers, boolean overHard) {
        UUID coder = entity.coder;
        if (coder == null || rows.reviewed(entity.id)) {
            return Optional.empty();
        }
        if (overHard) {
            return Optional.of("went over a hard stop");
        }
        Optional<String> watched = answers.stream()
                .map(CaseRows.Answered::rule)
                .filter(policy.reviewRules()::contains)
                .findFirst();
        if (watched.isPresent()) {
            return watched.map(rule -> "answered for " + rule + ", which is watched");
        }
        int share = rows.share(coder).orElse(policy.reviewPercent());
        return Math.floorMod(entity.id.hashCode(), HUNDRED) < share
                ? Optional.of(SHARE + " of " + share + " in a hundred")
                : Optional.empty();
    }

    void open(CaseEntity entity, String why, Instant now) {
        rows.open(entity, why, now);
    }

    /** Whoever codes it first reviews it. */
    void begin(Actor actor, UUID caseId, Instant now) {
        rows.waiting(caseId)
                .ifPresent(review -> rows.begin(review.id(), actor.user().value(), now));
    }

    /** Whoever coded a case does not review it. */
    boolean isReviewer(Actor actor, Work work) {
        if (!actor.may(Permission.CODING_REVIEW)
                || !work.state().equals("second review")
                || actor.user().equals(work.coder())) {
            return false;
        }
        return rows.waiting(work.id())
                .filter(review -> review.comparedAt() == null)
                .filter(review -> review.reviewer() == null || review.reviewer().equals(actor.user()))
                .isPresent();
    }
}
