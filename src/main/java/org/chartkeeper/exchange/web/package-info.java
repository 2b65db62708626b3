@NullMarked
package org.chartkeeper.exchange.web;

import org.jspecify.annotations.NullMarked;
