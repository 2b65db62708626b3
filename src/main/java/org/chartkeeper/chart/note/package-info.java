/** Notes: what they are made of, how they are written, how much of them is copied, how they are found. */
@NamedInterface("note")
@NullMarked
package org.chartkeeper.chart.note;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
