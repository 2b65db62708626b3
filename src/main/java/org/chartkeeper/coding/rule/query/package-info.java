/** The rules of queries to clinicians (QY). */
@NullMarked
package org.chartkeeper.coding.rule.query;

import org.jspecify.annotations.NullMarked;
