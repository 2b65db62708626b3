@NullMarked
package org.chartkeeper.upkeep.domain;

import org.jspecify.annotations.NullMarked;
