package org.chartkeeper.chart.web;
