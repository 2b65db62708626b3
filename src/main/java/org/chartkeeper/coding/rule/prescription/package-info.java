/** The rules of prescriptions: their codes, directions, prescribers, controlled substances and safety. */
@NullMarked
package org.chartkeeper.coding.rule.prescription;

import org.jspecify.annotations.NullMarked;
