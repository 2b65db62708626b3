/** Code systems and their search; units. */
@ApplicationModule(allowedDependencies = {"platform", "audit", "access"})
@NullMarked
package org.chartkeeper.terminology;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
