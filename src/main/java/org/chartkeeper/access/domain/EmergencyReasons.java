package org.chartkeeper.access.domain;

import java.util.Arrays;
import org.chartkeeper.access.EmergencyReason;

/** Reasons by their key. */
final class EmergencyReasons {

    private EmergencyReasons() {}

    static boolean known(String key) {
        return Arrays.stream(EmergencyReason.values())
                .anyMatch(reason -> reason.key().equals(key));
    }
}
