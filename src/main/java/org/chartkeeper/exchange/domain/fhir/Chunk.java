package org.chartkeeper.exchange.domain.fhir;

import java.util.List;

/**
 * As much as is written in one transaction.
 *
 * @param end where the run stands once it is committed
 * @param bytes how far the pass has come, of all bytes of the run's files
 */
record Chunk(List<Incoming> items, Run.Position end, long bytes) {}
