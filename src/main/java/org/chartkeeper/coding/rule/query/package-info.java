/** The rules of queries to clinicians (QY), by the practice brief for compliant queries of ACDIS and AHIMA, 2022. */
@NullMarked
package org.chartkeeper.coding.rule.query;

import org.jspecify.annotations.NullMarked;
