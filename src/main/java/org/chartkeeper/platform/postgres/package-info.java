/** The PostgreSQL server that Chartkeeper brings along and starts where no other database is configured. */
@NullMarked
package org.chartkeeper.platform.postgres;

import org.jspecify.annotations.NullMarked;
