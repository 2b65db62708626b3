@NullMarked
package org.chartkeeper.chart.note.domain;

import org.jspecify.annotations.NullMarked;
