/** The rules of prescriptions, controlled substances and drug safety. */
@NullMarked
package org.chartkeeper.coding.rule.prescription;

import org.jspecify.annotations.NullMarked;
