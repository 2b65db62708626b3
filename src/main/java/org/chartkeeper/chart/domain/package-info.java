@NullMarked
package org.chartkeeper.chart.domain;

import org.jspecify.annotations.NullMarked;
