package org.chartkeeper.exchange.domain.fhir;

import java.time.ZoneId;
import java.util.Comparator;
import java.util.Locale;
import org.chartkeeper.access.Directory;
import org.chartkeeper.access.Provisioning;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.FacilityId;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Where an import goes that names no facility: the one that the setting names, else the first by code. A house that has
 * none yet gets one by its first import.
 */
@Component
class DefaultFacility {

    private static final String FIRST_CODE = "MAIN";

    private final Directory directory;
    private final Provisioning provisioning;
    private final CurrentActor actor;
    private final String code;

    DefaultFacility(
            Directory directory,
            Provisioning provisioning,
            CurrentActor actor,
            @Value("${chartkeeper.import.facility:}") String code) {
        this.directory = directory;
        this.provisioning = provisioning;
        this.actor = actor;
        this.code = code.strip();
    }

    FacilityId id() {
        if (!code.isEmpty()) {
            return directory
                    .facilityByCode(code)
                    .map(Directory.Facility::id)
                    .orElseThrow(() -> new IllegalStateException(
                            "chartkeeper.import.facility names no facility: " + code.toUpperCase(Locale.ROOT)));
        }
        return directory.facilities().stream()
                .min(Comparator.comparing(Directory.Facility::code))
                .map(Directory.Facility::id)
                .orElseGet(() -> actor.asSystem(
                        FacilityId.next(),
                        () -> provisioning.createFacility(FIRST_CODE, "Main facility", ZoneId.systemDefault(), false)));
    }
}
