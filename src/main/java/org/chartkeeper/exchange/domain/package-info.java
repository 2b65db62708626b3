@NullMarked
package org.chartkeeper.exchange.domain;

import org.jspecify.annotations.NullMarked;
