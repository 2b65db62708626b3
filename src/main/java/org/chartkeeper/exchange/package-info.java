/** Records in and out: FHIR R4. */
@ApplicationModule(allowedDependencies = {"platform", "audit", "access", "terminology", "patient", "chart"})
@NullMarked
package org.chartkeeper.exchange;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
