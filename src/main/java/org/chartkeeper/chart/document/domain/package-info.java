@NullMarked
package org.chartkeeper.chart.document.domain;

import org.jspecify.annotations.NullMarked;
