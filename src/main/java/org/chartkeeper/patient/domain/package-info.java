@NullMarked
package org.chartkeeper.patient.domain;

import org.jspecify.annotations.NullMarked;
