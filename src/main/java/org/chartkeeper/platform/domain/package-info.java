@NullMarked
package org.chartkeeper.platform.domain;

import org.jspecify.annotations.NullMarked;
