/** The rules of prescriptions: codes, directions, controlled substances and drug safety. */
@NullMarked
package org.chartkeeper.coding.rule.prescription;

import org.jspecify.annotations.NullMarked;
