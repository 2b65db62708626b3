/** The record itself: encounters, entries, versions, signatures, and the pages that show them. */
@ApplicationModule(allowedDependencies = {"platform", "audit", "access", "terminology", "patient"})
@NullMarked
package org.chartkeeper.chart;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
