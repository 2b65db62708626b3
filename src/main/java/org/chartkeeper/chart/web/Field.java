package org.chartkeeper.chart.web;

/** A labelled value of an entry. */
record Field(String label, String value) {}
