package org.chartkeeper;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ModularityTests {

    @Test
    void modules_see_only_lower_floors_and_only_their_public_faces() {
        ApplicationModules.of(ChartkeeperApplication.class).verify();
    }
}
