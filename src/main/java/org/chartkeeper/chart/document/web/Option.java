package org.chartkeeper.chart.document.web;

/** A line of a select. */
record Option(String value, String label) {}
