/** The shell: layout, navigation, home page, search palette, help, errors. */
@ApplicationModule(
        allowedDependencies = {
            "platform",
            "audit",
            "access",
            "terminology",
            "patient",
            "chart",
            "visit",
            "exchange",
            "upkeep"
        })
@NullMarked
package org.chartkeeper.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
