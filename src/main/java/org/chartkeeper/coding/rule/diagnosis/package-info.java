/** The rules of diagnoses (DX), of present-on-admission indicators and of the Medicare Code Editor. */
@NullMarked
package org.chartkeeper.coding.rule.diagnosis;

import org.jspecify.annotations.NullMarked;
