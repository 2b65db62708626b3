package org.chartkeeper.chart.web;

import java.util.UUID;
import org.chartkeeper.chart.BulkCorrections;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.Idempotency;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Requires;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Steps of a bulk correction, each in one transaction; a repeated submit gives the first answer again. */
@Service
class BulkDesk {

    private final BulkCorrections corrections;
    private final Idempotency idempotency;

    BulkDesk(BulkCorrections corrections, Idempotency idempotency) {
        this.corrections = corrections;
        this.idempotency = idempotency;
    }

    /** A step of a batch that is there. */
    interface Step {
        void take(BulkCorrections corrections);
    }

    /** @return where the batch is looked at */
    @Transactional
    @Requires(Permission.BULK_CORRECT)
    public String collect(Actor actor, String key, BulkCorrections.Order order) {
        return idempotency.once(key, () -> path(corrections.collect(actor, order)));
    }

    @Transactional
    @Requires(Permission.BULK_CORRECT)
    public void step(String key, Step step) {
        idempotency.once(key, () -> {
            step.take(corrections);
            return "";
        });
    }

    static String path(UUID batch) {
        return "/corrections/" + batch;
    }
}
