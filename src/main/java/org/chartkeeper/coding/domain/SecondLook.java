package org.chartkeeper.coding.domain;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.chartkeeper.coding.CodingCases.Work;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.Permission;
import org.springframework.stereotype.Component;

/** Which cases are coded a second time, and by whom. */
@Component
class SecondLook {

    private static final int HUNDRED = 100;

    private final ReviewRows rows;

    SecondLook(ReviewRows rows) {
        this.rows = rows;
    }

    /**
     * Whether a finished case is coded a second time: by the share of its coder, or because it went over a hard stop or
     * answered for a rule that the facility watches. A case that was reviewed once is not again. The same case is always
     * chosen or never, so that nobody tries until it is not.
     */
    boolean wanted(CaseEntity entity, CaseRows.Policy policy, List<CaseRows.Answered> answers, boolean overHard) {
        UUID coder = entity.coder;
        if (coder == null || rows.reviewed(entity.id)) {
            return false;
        }
        if (overHard || answers.stream().anyMatch(each -> policy.reviewRules().contains(each.rule()))) {
            return true;
        }
        int share = rows.share(coder).orElse(policy.reviewPercent());
        return Math.floorMod(entity.id.hashCode(), HUNDRED) < share;
    }

    void open(CaseEntity entity, Instant now) {
        rows.open(entity, now);
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
