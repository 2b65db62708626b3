/** The pages of coding: queue, workbench, queries, second review, indexes. */
@NullMarked
package org.chartkeeper.coding.web;

import org.jspecify.annotations.NullMarked;
