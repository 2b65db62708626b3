/** Documents: what comes in as files, how it is indexed to patients, and how it is shown. */
@NullMarked
package org.chartkeeper.chart.document;

import org.jspecify.annotations.NullMarked;
