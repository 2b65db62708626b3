/** Updating the chart after a visit. */
@ApplicationModule(allowedDependencies = {"platform", "audit", "access", "terminology", "patient", "chart"})
@NullMarked
package org.chartkeeper.visit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
