/** What every module needs and none owns: ids, permissions, paging, idempotency, jobs, the content store, the database's start and the command line. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package org.chartkeeper.platform;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
