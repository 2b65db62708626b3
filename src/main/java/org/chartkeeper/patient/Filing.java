package org.chartkeeper.patient;

import java.util.List;
import org.chartkeeper.platform.FacilityId;
import org.jspecify.annotations.Nullable;

/**
 * On what a change to a registration rests.
 *
 * @param idempotencyKey the form's key, null where nothing can be submitted twice (import, demo)
 * @param facility where it is registered, null for the actor's
 * @param statedBy who said it: patient, relative, document, staff
 * @param reason why it is changed, null where nothing was said
 * @param source document or import it was taken from
 * @param accepted the warnings that were accepted, by their text
 * @param acceptedBecause why; null where nothing was accepted
 */
public record Filing(
        @Nullable String idempotencyKey,
        @Nullable FacilityId facility,
        String statedBy,
        @Nullable String reason,
        @Nullable String source,
        List<String> accepted,
        @Nullable String acceptedBecause) {

    /** Stated by somebody; nothing else said. */
    public static Filing statedBy(String who) {
        return new Filing(null, null, who, null, null, List.of(), null);
    }

    public Filing at(FacilityId where) {
        return new Filing(idempotencyKey, where, statedBy, reason, source, accepted, acceptedBecause);
    }

    public Filing because(@Nullable String why) {
        return new Filing(idempotencyKey, facility, statedBy, why, source, accepted, acceptedBecause);
    }

    public Filing from(@Nullable String document) {
        return new Filing(idempotencyKey, facility, statedBy, reason, document, accepted, acceptedBecause);
    }

    public Filing once(String key) {
        return new Filing(key, facility, statedBy, reason, source, accepted, acceptedBecause);
    }

    public Filing accepting(List<String> warnings, @Nullable String why) {
        return new Filing(idempotencyKey, facility, statedBy, reason, source, warnings, why);
    }
}
