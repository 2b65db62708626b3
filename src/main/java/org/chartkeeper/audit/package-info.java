/** What was seen and done, provably. */
@ApplicationModule(allowedDependencies = {"platform"})
@NullMarked
package org.chartkeeper.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
