/** Records of other places about patients of ours, and their reconciliation with the chart. */
@NullMarked
package org.chartkeeper.exchange.domain.outside;

import org.jspecify.annotations.NullMarked;
