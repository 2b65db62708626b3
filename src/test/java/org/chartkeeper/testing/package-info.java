/** What every test stands on: the application on a real PostgreSQL, a clock that can be set, counted statements. */
@NullMarked
package org.chartkeeper.testing;

import org.jspecify.annotations.NullMarked;
