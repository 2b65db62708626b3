@NullMarked
package org.chartkeeper.visit.domain;

import org.jspecify.annotations.NullMarked;
