/** FHIR R4 in: cutting files into resources, mapping them, and the run that writes them. */
@NullMarked
package org.chartkeeper.exchange.domain.fhir;

import org.jspecify.annotations.NullMarked;
