/** Facilities, people and patients of our own making, laid down by profile {@code demo} when no account exists. */
@ApplicationModule(
        allowedDependencies = {"platform", "audit", "access", "terminology", "patient", "chart", "visit", "coding"})
@NullMarked
package org.chartkeeper.demo;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
