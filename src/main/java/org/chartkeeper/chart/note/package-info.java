/** Notes: what they are made of, how they are written, how much of them is copied, how they are found. */
@NullMarked
package org.chartkeeper.chart.note;

import org.jspecify.annotations.NullMarked;
