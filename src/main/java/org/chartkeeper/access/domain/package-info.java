@NullMarked
package org.chartkeeper.access.domain;

import org.jspecify.annotations.NullMarked;
