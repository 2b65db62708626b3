@NullMarked
package org.chartkeeper.chart.document.web;

import org.jspecify.annotations.NullMarked;
