package org.chartkeeper.access;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PractitionerId;
import org.jspecify.annotations.Nullable;

/** What facilities rule about the record, as the record asks for it. Small and kept per node for a few seconds. */
public interface RecordRules {

    /** How long after an event its documentation may be stated and is no late entry; a day for an unknown facility. */
    Duration lateAfter(FacilityId facility);

    /** Labels of sensitivity that a code puts on an entry; empty for most. */
    Set<String> labels(String system, String code);

    /** Who co-signs what this practitioner signs at this facility; empty where nobody needs to. One statement. */
    Optional<PractitionerId> cosigner(PractitionerId practitioner, FacilityId facility);

    /** Practitioners of a facility by name, with who co-signs for them. */
    List<Cosigned> cosignatures(FacilityId facility);

    /**
     * States who co-signs for whom at a facility; versioned and recorded. Who is not named stays as it is.
     *
     * @param cosigners null for who signs alone
     * @throws org.chartkeeper.platform.Rejected where somebody does not work there, co-signs for himself or herself, or
     *     would have to be co-signed as well
     */
    void cosign(FacilityId facility, Map<PractitionerId, @Nullable PractitionerId> cosigners);

    /** A practitioner and who co-signs. */
    record Cosigned(
            PractitionerId practitioner,
            String name,
            @Nullable PractitionerId cosigner) {}
}
