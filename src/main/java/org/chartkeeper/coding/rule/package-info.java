/** The rules of coding: one small class each, computed from a case and the loaded tables alone. */
@NullMarked
package org.chartkeeper.coding.rule;

import org.jspecify.annotations.NullMarked;
