/** Checking cases and the command line verb. */
@NullMarked
package org.chartkeeper.coding.domain;

import org.jspecify.annotations.NullMarked;
