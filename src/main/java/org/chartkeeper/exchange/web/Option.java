package org.chartkeeper.exchange.web;

/** A line of a list to choose from. */
record Option(String value, String label) {}
