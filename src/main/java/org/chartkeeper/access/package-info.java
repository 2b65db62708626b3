/** Who may do and see what: users, roles, facilities, practitioners, care relations, restrictions. */
@ApplicationModule(allowedDependencies = {"platform", "audit"})
@NullMarked
package org.chartkeeper.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
