@NullMarked
package org.chartkeeper.chart.web;

import org.jspecify.annotations.NullMarked;
