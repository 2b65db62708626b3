@NullMarked
package org.chartkeeper.patient.web;

import org.jspecify.annotations.NullMarked;
