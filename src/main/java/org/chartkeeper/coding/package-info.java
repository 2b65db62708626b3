/** Whether diagnoses, procedures and prescriptions are coded right: cases, rules and their findings. */
@ApplicationModule(
        allowedDependencies = {"platform", "audit", "access", "terminology", "patient", "chart", "chart :: note"})
@NullMarked
package org.chartkeeper.coding;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
