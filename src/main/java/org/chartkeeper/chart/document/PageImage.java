package org.chartkeeper.chart.document;

/** A page as a picture of ours, drawn from the file. */
@SuppressWarnings("ArrayRecordComponent")
public record PageImage(byte[] content, String mediaType) {}
