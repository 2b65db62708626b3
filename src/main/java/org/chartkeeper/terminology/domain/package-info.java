@NullMarked
package org.chartkeeper.terminology.domain;

import org.jspecify.annotations.NullMarked;
