/** Who the patient is: the master patient index. */
@ApplicationModule(allowedDependencies = {"platform", "audit", "access"})
@NullMarked
package org.chartkeeper.patient;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
