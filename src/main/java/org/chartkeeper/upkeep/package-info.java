/** Looking after the database: integrity, jobs, the state of the system. */
@ApplicationModule(allowedDependencies = {"platform", "audit", "access", "terminology", "patient", "chart"})
@NullMarked
package org.chartkeeper.upkeep;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
