@NullMarked
package org.chartkeeper.audit.domain;

import org.jspecify.annotations.NullMarked;
